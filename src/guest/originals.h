// What the guest needs of the interpreter after user code has started, bound before it: nothing of
// this is looked up again by a name that Python code could rebind.
#pragma once

#include "guest/python.h"

namespace pysb::guest {

struct Originals {
  py::Ref builtins_module;
  py::Ref compile;
  py::Ref eval;
  py::Ref exec;
  py::Ref input;
  py::Ref code_type;
  py::Ref excepthook;
  py::Ref modules;             // sys.modules
  py::Ref freeze;              // gc.freeze
  py::Ref run_exit_functions;  // atexit._run_exitfuncs
  py::Ref thread_count;        // _thread._count
  py::Ref warning_filters;     // the list that counts while `warnings` is not imported
  py::Ref standard_input;      // sys.stdin as it was

  static Result<Originals> bind();

  // A built-in module that leaves no trace in sys.modules when it was not there before. Null: a
  // Python error is set.
  py::Ref import_quietly(const char* name) const;
};

}  // namespace pysb::guest
