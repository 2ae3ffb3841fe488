// The user's eval, exec and compile: what they are given goes through the compiler of the guest;
// all else is done by the built-in functions themselves, so that it is exactly as in Python.
#pragma once

#include <optional>

#include "guest/caller.h"
#include "guest/channel.h"
#include "guest/code_registry.h"
#include "guest/compiler.h"
#include "guest/tree_copy.h"

namespace pysb::guest {

class DynamicCode {
 public:
  struct Parts {
    const Originals& originals;
    const Exceptions& exceptions;
    const TrustedPaths& trusted;
    const Channel& session;
    Compiler& compiler;
    CodeRegistry& registry;
    TreeCopier& copier;
  };
  explicit DynamicCode(const Parts& parts) : parts_(parts) {}

  // The builtins that code run here sees when its globals bring none.
  void set_builtins(py::Ref dict) { builtins_ = std::move(dict); }

  PyObject* eval(PyObject* args, PyObject* kwargs);
  PyObject* exec(PyObject* args, PyObject* kwargs);
  PyObject* compile(PyObject* args, PyObject* kwargs);

  // The code of a text, once findings were reported; null with a RemovedError when it must not run.
  py::Ref compile_reporting(Job job);

 private:
  struct CompileArguments;

  PyObject* run(const char* function, const py::Ref& original, PyObject* args, PyObject* kwargs);
  py::Ref code_for(const char* function, PyObject* source);
  py::Ref check_code(const char* function, PyObject* code);
  py::Ref source_text(const char* function, PyObject* source) const;
  py::Ref compile_text(const char* function, const py::Ref& text);
  py::Ref compile_source(const CompileArguments& given);
  py::Ref with_builtins(PyObject* code, PyObject* args, PyObject* kwargs) const;
  PyObject* real_builtins() const;
  bool provide_builtins(PyObject* globals) const;
  analysis::Unit unit_for(const char* function) const;

  Parts parts_;
  py::Ref builtins_;
};

}  // namespace pysb::guest
