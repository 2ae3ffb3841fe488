#include "guest/originals.h"

namespace pysb::guest {
namespace {

// A built-in module that leaves no trace in sys.modules when it was not there before.
py::Ref import_quietly(PyObject* modules, const char* name) {
  const bool was_there = PyDict_GetItemString(modules, name) != nullptr;
  py::Ref module = py::Ref::steal(PyImport_ImportModule(name));
  if (module && !was_there && PyDict_DelItemString(modules, name) != 0) {
    return {};
  }
  return module;
}

}  // namespace

Result<Originals> Originals::bind() {
  Originals it;
  it.modules = py::Ref::borrow(PyImport_GetModuleDict());
  it.builtins_module = py::Ref::steal(PyImport_ImportModule("builtins"));
  it.compile = py::attr(it.builtins_module, "compile");
  it.eval = py::attr(it.builtins_module, "eval");
  it.exec = py::attr(it.builtins_module, "exec");
  it.input = py::attr(it.builtins_module, "input");
  const py::Ref code = py::call(it.compile, py::text(""), py::text(""), py::text("exec"));
  it.code_type = py::attr(code, "__class__");
  it.ast_class = py::attr(import_quietly(it.modules.get(), "_ast"), "AST");
  it.excepthook = py::Ref::borrow(PySys_GetObject("__excepthook__"));
  it.standard_input = py::Ref::borrow(PySys_GetObject("stdin"));
  it.freeze = py::attr(import_quietly(it.modules.get(), "gc"), "freeze");
  it.run_exit_functions = py::attr(import_quietly(it.modules.get(), "atexit"), "_run_exitfuncs");
  it.thread_count = py::attr(py::Ref::steal(PyImport_ImportModule("_thread")), "_count");
  it.warning_filters = py::attr(py::Ref::steal(PyImport_ImportModule("_warnings")), "filters");
  for (const py::Ref* needed : {&it.modules, &it.builtins_module, &it.compile, &it.eval, &it.exec,
                                &it.input, &it.code_type, &it.ast_class, &it.excepthook, &it.freeze,
                                &it.run_exit_functions, &it.thread_count, &it.warning_filters}) {
    if (!*needed) {
      return py::take_error("looking up what the guest needs of the interpreter");
    }
  }
  return it;
}

}  // namespace pysb::guest
