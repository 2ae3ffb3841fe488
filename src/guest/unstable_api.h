// What the guest uses of CPython beyond the limited API, looked up when it is needed, with another
// way for interpreters that lack it.
#pragma once

#include <dlfcn.h>

#include "guest/python.h"

namespace pysb::guest {

// Reports the pending error to sys.unraisablehook. Python 3.13 says in its own words where it
// happened (PyErr_FormatUnraisable, public since 3.13, not in the limited API), older ones name the
// object.
inline void write_unraisable(const char* message, PyObject* object) {
  using Format = void (*)(const char*, ...);
  void* symbol = ::dlsym(RTLD_DEFAULT, "PyErr_FormatUnraisable");
  if (symbol != nullptr) {
    reinterpret_cast<Format>(symbol)("%s", message);
  } else {
    PyErr_WriteUnraisable(object);
  }
}

}  // namespace pysb::guest
