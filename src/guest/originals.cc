#include "guest/originals.h"

namespace pysb::guest {

Result<Originals> Originals::bind() {
  Originals it;
  it.modules = py::Ref::borrow(PyImport_GetModuleDict());
  it.builtins_module = py::Ref::steal(PyImport_ImportModule("builtins"));
  it.compile = py::attr(it.builtins_module, "compile");
  it.eval = py::attr(it.builtins_module, "eval");
  it.exec = py::attr(it.builtins_module, "exec");
  it.input = py::attr(it.builtins_module, "input");
  const py::Ref code = py::Ref::steal(Py_CompileString("", "", Py_file_input));
  it.code_type = py::attr(code, "__class__");
  it.excepthook = py::Ref::borrow(PySys_GetObject("__excepthook__"));
  it.standard_input = py::Ref::borrow(PySys_GetObject("stdin"));
  it.freeze = py::attr(it.import_quietly("gc"), "freeze");
  it.run_exit_functions = py::attr(it.import_quietly("atexit"), "_run_exitfuncs");
  it.thread_count = py::attr(py::Ref::steal(PyImport_ImportModule("_thread")), "_count");
  it.warning_filters = py::attr(py::Ref::steal(PyImport_ImportModule("_warnings")), "filters");
  for (const py::Ref* needed : {&it.modules, &it.builtins_module, &it.compile, &it.eval, &it.exec,
                                &it.input, &it.code_type, &it.excepthook, &it.freeze,
                                &it.run_exit_functions, &it.thread_count, &it.warning_filters}) {
    if (!*needed) {
      return py::take_error("looking up what the guest needs of the interpreter");
    }
  }
  return it;
}

py::Ref Originals::import_quietly(const char* name) const {
  const bool was_there = PyDict_GetItemString(modules.get(), name) != nullptr;
  py::Ref module = py::Ref::steal(PyImport_ImportModule(name));
  if (module && !was_there && PyDict_DelItemString(modules.get(), name) != 0) {
    return {};
  }
  return module;
}

}  // namespace pysb::guest
