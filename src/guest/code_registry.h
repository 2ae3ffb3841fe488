// The code objects that came through the guest's compiler. Others (from marshal, from a .pyc file,
// made with CodeType) never were text that was analysed.
#pragma once

#include <unordered_map>

#include "guest/python.h"

namespace pysb::guest {

// Keeps no code alive.
class CodeRegistry {
 public:
  // The code and all code nested in it, as it becomes `function.__code__`. False: a Python error is
  // set.
  bool remember(PyObject* code);
  bool remember_only(PyObject* code);
  bool knows(PyObject* code) const;

 private:
  void forget_the_dead();

  std::unordered_map<PyObject*, py::Ref> weak_;  // by address, to a weak reference
  std::size_t next_cleaning_ = 64;
};

}  // namespace pysb::guest
