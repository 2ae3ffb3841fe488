// Modules that belong to the program go through the analyser, too: the import system's own loaders
// are taught to compile untrusted files with the guest's compiler.
#pragma once

#include <string>

#include "guest/dynamic_code.h"
#include "guest/native_function.h"
#include "guest/user_builtins.h"

namespace pysb::guest {

// How files in the jail are called in findings.
struct DisplayNames {
  std::string working_dir;  // "/workspace"
  std::string display_dir;  // what stands in its place: "" or "dir/"
  std::string of(std::string_view path) const;
};

class ImportHook {
 public:
  struct Parts {
    const Originals& originals;
    const TrustedPaths& trusted;
    const UserBuiltins& builtins;
    DynamicCode& dynamic;
    CodeRegistry& registry;
    DisplayNames names;
  };
  explicit ImportHook(Parts parts) : parts_(std::move(parts)) {}
  ImportHook(const ImportHook&) = delete;
  ImportHook& operator=(const ImportHook&) = delete;

  // Call once, before user code; the hook has to outlive the interpreter.
  Result<> install(const NativeFunctions& functions);

 private:
  using Method = PyObject* (ImportHook::*)(const py::Ref& original, PyObject* args,
                                           PyObject* kwargs);

  bool replace(const py::Ref& type, const char* name, Method method);
  bool replace_static(const py::Ref& type, const char* name, Method method);
  NativeFunctions::Body body(py::Ref original, Method method);

  PyObject* source_code(const py::Ref& original, PyObject* args, PyObject* kwargs);
  PyObject* source_to_code(const py::Ref& original, PyObject* args, PyObject* kwargs);
  PyObject* sourceless_code(const py::Ref& original, PyObject* args, PyObject* kwargs);
  PyObject* zip_code(const py::Ref& original, PyObject* args, PyObject* kwargs);
  PyObject* run_module(const py::Ref& original, PyObject* args, PyObject* kwargs);
  PyObject* run_frozen(const py::Ref& original, PyObject* args, PyObject* kwargs);

  PyObject* analysed(PyObject* args);
  bool give_builtins(PyObject* module) const;

  Parts parts_;
  const NativeFunctions* functions_ = nullptr;
  py::Ref compile_;
  // importlib's way to call what is not to be seen in tracebacks.
  py::Ref call_with_frames_removed_;
};

}  // namespace pysb::guest
