#include "guest/main_module.h"

namespace pysb::guest {
namespace {

constexpr std::string_view kNoFile = "<string>";  // the name of a program given as text

bool set_sys(const char* name, const py::Ref& value) {
  return value && PySys_SetObject(name, value.get()) == 0;
}

bool flush_each_line() {
  PyObject* out = PySys_GetObject("stdout");
  if (out == nullptr || out == Py_None) {
    return true;  // it was closed when the interpreter started
  }
  const py::Ref reconfigure = py::attr(out, "reconfigure");
  const py::Ref none = py::Ref::steal(PyTuple_New(0));
  const py::Ref options = py::Ref::steal(Py_BuildValue("{sO}", "line_buffering", Py_True));
  return reconfigure && none && options &&
         py::Ref::steal(PyObject_Call(reconfigure.get(), none.get(), options.get()));
}

py::Ref loader_of(const protocol::Request& request) {
  if (!request.file_name.starts_with('/')) {
    return py::attr(py::Ref::steal(PyImport_ImportModule("_frozen_importlib")), "BuiltinImporter");
  }
  const py::Ref external = py::Ref::steal(PyImport_ImportModule("_frozen_importlib_external"));
  return py::call(py::attr(external, "SourceFileLoader"), py::text("__main__"),
                  py::text(request.file_name));
}

bool set(const py::Ref& dict, const char* name, const py::Ref& value) {
  return value && PyDict_SetItemString(dict.get(), name, value.get()) == 0;
}

bool fill_main(const py::Ref& dict, const protocol::Request& request, PyObject* builtins_module) {
  const bool filled = set(dict, "__loader__", loader_of(request)) &&
                      set(dict, "__annotations__", py::Ref::steal(PyDict_New())) &&
                      set(dict, "__builtins__", py::Ref::borrow(builtins_module));
  if (!filled || !has_file(request)) {
    return filled;
  }
  return set(dict, "__file__", py::text(request.file_name)) && set(dict, "__cached__", py::none());
}

}  // namespace

bool has_file(const protocol::Request& request) {
  return request.mode == protocol::Mode::kRun && request.file_name != kNoFile;
}

Result<> prepare_sys(const protocol::Request& request) {
  std::vector<std::string> original = {request.executable};
  original.insert(original.end(), request.argv.begin(), request.argv.end());
  const bool done = set_sys("argv", py::list_of(request.argv)) &&
                    set_sys("orig_argv", py::list_of(original)) &&
                    set_sys("path", py::list_of(request.sys_path)) &&
                    set_sys("executable", py::text(request.executable)) &&
                    set_sys("dont_write_bytecode", py::Ref::borrow(Py_True)) && flush_each_line();
  return done ? Result<>() : py::take_error("preparing sys");
}

py::Ref make_main(const protocol::Request& request, PyObject* builtins_module) {
  const py::Ref module = py::Ref::steal(PyModule_New("__main__"));
  py::Ref dict = module ? py::Ref::borrow(PyModule_GetDict(module.get())) : py::Ref();
  const bool done = dict && fill_main(dict, request, builtins_module) &&
                    PyDict_SetItemString(PyImport_GetModuleDict(), "__main__", module.get()) == 0;
  return done ? dict : py::Ref();
}

void forget_file(const py::Ref& main) {
  for (const char* name : {"__file__", "__cached__"}) {
    PyDict_DelItemString(main.get(), name);
    PyErr_Clear();
  }
}

void offer_lines(const protocol::Request& request, PyObject* text) {
  PyObject* linecache = PyDict_GetItemString(PyImport_GetModuleDict(), "linecache");
  const py::Ref cache = py::attr(linecache, "cache");
  if (cache && PyDict_Check(cache.get())) {
    PyDict_Clear(cache.get());  // the text that started us is in there as "<string>"
    const py::Ref lines = py::Ref::steal(PyUnicode_Splitlines(text, 1));
    const py::Ref entry =
        py::Ref::steal(lines ? Py_BuildValue("(nOOs)", PyUnicode_GetLength(text), Py_None,
                                             lines.get(), request.file_name.c_str())
                             : nullptr);
    if (entry && request.file_name == kNoFile) {
      PyDict_SetItemString(cache.get(), request.file_name.c_str(), entry.get());
    }
  }
  PyErr_Clear();
}

}  // namespace pysb::guest
