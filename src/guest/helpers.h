// The helper objects that neutralised code calls: one native function for each HelperKind.
#pragma once

#include <map>

#include "analysis/helper.h"
#include "guest/native_function.h"
#include "guest/removed.h"

namespace pysb::guest {

// The exceptions that removal raises. A program catches them by their bases.
struct Exceptions {
  py::Ref removed_error;       // RemovedError(PermissionError): action raise
  py::Ref py_sandbox_removed;  // PySandboxRemoved(RuntimeError): raise of a removed exception

  static Result<Exceptions> create();
};

class Helpers {
 public:
  Helpers(const NativeFunctions& functions, Inert inert, Exceptions exceptions);

  // What kDynamicEval, kDynamicExec, kDynamicCompile give; call it for each before make().
  void set_dynamic(analysis::HelperKind kind, py::Ref function) {
    dynamic_[kind] = std::move(function);
  }

  // Null: a Python error is set.
  py::Ref make(const analysis::Helper& helper) const;

 private:
  NativeFunctions::Body body_of(const analysis::Helper& helper) const;

  const NativeFunctions& functions_;
  Inert inert_;
  Exceptions exceptions_;
  std::map<analysis::HelperKind, py::Ref> dynamic_;
};

}  // namespace pysb::guest
