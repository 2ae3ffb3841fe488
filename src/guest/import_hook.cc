#include "guest/import_hook.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "guest/decoded_text.h"

namespace pysb::guest {
namespace {

// Modules of the standard library whose work is to run text that their caller gives them: they get
// the guarded functions, so that the text is analysed.
bool runs_text_of_others(std::string_view name) {
  static constexpr std::array<std::string_view, 15> kNames = {
      "bdb",           "cProfile", "code",           "codeop", "doctest",
      "importlib.abc", "inspect",  "logging.config", "pdb",    "profile",
      "rlcompleter",   "runpy",    "timeit",         "trace",  "typing"};
  return std::ranges::find(kNames, name) != kNames.end();
}

std::string text_attribute(PyObject* object, const char* name) {
  return py::utf8(py::attr(object, name).get());
}

PyObject* first(PyObject* args) {
  PyObject* self = PyTuple_GetItem(args, 0);
  PyErr_Clear();
  return self;
}

PyObject* pass_on(const py::Ref& original, PyObject* args, PyObject* kwargs) {
  return PyObject_Call(original.get(), args, kwargs);
}

PyObject* refuse_import(PyObject* args, const std::string& path, const char* why) {
  PyObject* name = PyTuple_Size(args) > 1 ? PyTuple_GetItem(args, 1) : Py_None;
  const py::Ref message = py::text(
      concat({"cannot import '", py::utf8(name), "' from ", escape_line(path), ": ", why}));
  const py::Ref place = py::text(path);
  return PyErr_SetImportError(message.get(), name, place.get());
}

py::Ref source_text(PyObject* data, const std::string& path) {
  if (PyUnicode_Check(data)) {
    return py::Ref::steal(PyUnicode_FromObject(data));
  }
  char* bytes = nullptr;
  Py_ssize_t size = 0;
  if (PyBytes_AsStringAndSize(data, &bytes, &size) != 0) {
    return {};
  }
  return text_of(decode_source({bytes, static_cast<std::size_t>(size)}, path));
}

}  // namespace

std::string DisplayNames::of(std::string_view path) const {
  const std::string prefix = working_dir + "/";
  return path.starts_with(prefix) ? concat({display_dir, path.substr(prefix.size())})
                                  : std::string(path);
}

Result<> ImportHook::install(const NativeFunctions& functions) {
  functions_ = &functions;
  const py::Ref external = py::Ref::steal(PyImport_ImportModule("_frozen_importlib_external"));
  const py::Ref importlib = py::Ref::steal(PyImport_ImportModule("_frozen_importlib"));
  const py::Ref zip = py::Ref::steal(PyImport_ImportModule("zipimport"));
  call_with_frames_removed_ = py::attr(importlib, "_call_with_frames_removed");
  compile_ = functions.function([this](PyObject* args, PyObject*) { return analysed(args); });
  const py::Ref source = py::attr(external, "SourceLoader");
  const py::Ref zipimporter = py::attr(zip, "zipimporter");
  const bool done =
      call_with_frames_removed_ && compile_ &&
      replace(source, "get_code", &ImportHook::source_code) &&
      replace(source, "source_to_code", &ImportHook::source_to_code) &&
      replace(py::attr(external, "SourcelessFileLoader"), "get_code",
              &ImportHook::sourceless_code) &&
      replace(zipimporter, "get_code", &ImportHook::zip_code) &&
      replace(zipimporter, "load_module", &ImportHook::zip_code) &&
      replace(py::attr(external, "_LoaderBasics"), "exec_module", &ImportHook::run_module) &&
      replace_static(py::attr(importlib, "FrozenImporter"), "exec_module", &ImportHook::run_frozen);
  return done ? Result<>() : py::take_error("guarding the import system");
}

NativeFunctions::Body ImportHook::body(py::Ref original, Method method) {
  return [this, original = std::move(original), method](PyObject* args, PyObject* kwargs) {
    return (this->*method)(original, args, kwargs);
  };
}

bool ImportHook::replace(const py::Ref& type, const char* name, Method method) {
  py::Ref original = py::attr(type, name);
  if (!original) {
    return false;
  }
  const py::Ref function = functions_->method(body(std::move(original), method));
  return function && PyObject_SetAttrString(type.get(), name, function.get()) == 0;
}

bool ImportHook::replace_static(const py::Ref& type, const char* name, Method method) {
  py::Ref original = py::attr(type, name);
  if (!original) {
    return false;
  }
  const py::Ref function = functions_->function(body(std::move(original), method));
  return function && PyObject_SetAttrString(type.get(), name, function.get()) == 0;
}

// SourceLoader.get_code(self, fullname): no cached byte-code for files of the program.
PyObject* ImportHook::source_code(const py::Ref& original, PyObject* args, PyObject* kwargs) {
  PyObject* loader = nullptr;
  PyObject* name = nullptr;
  if (kwargs != nullptr || PyArg_UnpackTuple(args, "get_code", 2, 2, &loader, &name) == 0) {
    PyErr_Clear();
    return pass_on(original, args, kwargs);  // which knows no other way to be called
  }
  const py::Ref path = py::call(py::attr(loader, "get_filename"), py::Ref::borrow(name));
  if (!path) {
    return nullptr;
  }
  if (parts_.trusted.holds(py::utf8(path.get()))) {
    py::Ref code = py::Ref::steal(pass_on(original, args, kwargs));
    // runpy runs it with the guarded exec.
    return code && parts_.registry.remember_only(code.get()) ? code.release() : nullptr;
  }
  const py::Ref data = py::call(py::attr(loader, "get_data"), path);
  return py::call(py::attr(loader, "source_to_code"), data, path).release();
}

// SourceLoader.source_to_code(self, data, path, *, _optimization=-1)
PyObject* ImportHook::source_to_code(const py::Ref& original, PyObject* args, PyObject* kwargs) {
  PyObject* path = PyTuple_Size(args) > 2 ? PyTuple_GetItem(args, 2)
                   : kwargs != nullptr    ? PyDict_GetItemString(kwargs, "path")
                                          : nullptr;
  PyObject* data = PyTuple_Size(args) > 1 ? PyTuple_GetItem(args, 1)
                   : kwargs != nullptr    ? PyDict_GetItemString(kwargs, "data")
                                          : nullptr;
  if (data == nullptr || parts_.trusted.holds(py::utf8(path))) {
    return pass_on(original, args, kwargs);
  }
  return py::call(call_with_frames_removed_.get(), compile_.get(), data, path).release();
}

// compile_(data, path)
PyObject* ImportHook::analysed(PyObject* args) {
  PyObject* data = nullptr;
  PyObject* path = nullptr;
  if (PyArg_UnpackTuple(args, "source_to_code", 2, 2, &data, &path) == 0) {
    return nullptr;
  }
  const std::string name = py::utf8(path);
  const py::Ref text = source_text(data, name);
  const py::Ref file_name = py::text(name);
  if (!text || !file_name) {
    return nullptr;
  }
  analysis::Unit unit;
  unit.display_name = parts_.names.of(name);
  return parts_.dynamic
      .compile_reporting(
          {.source = text.get(), .file_name = file_name.get(), .unit = std::move(unit)})
      .release();
}

PyObject* ImportHook::sourceless_code(const py::Ref& original, PyObject* args, PyObject* kwargs) {
  const std::string path = text_attribute(first(args), "path");
  if (parts_.trusted.holds(path)) {
    return pass_on(original, args, kwargs);
  }
  return refuse_import(args, path,
                       "compiled code without its source cannot be analysed; bring the .py file");
}

PyObject* ImportHook::zip_code(const py::Ref& original, PyObject* args, PyObject* kwargs) {
  const std::string archive = text_attribute(first(args), "archive");
  if (parts_.trusted.holds(archive)) {
    return pass_on(original, args, kwargs);
  }
  return refuse_import(args, archive, "modules in archives are not run; unpack the archive");
}

// _LoaderBasics.exec_module(self, module)
PyObject* ImportHook::run_module(const py::Ref& original, PyObject* args, PyObject* kwargs) {
  PyObject* loader = nullptr;
  PyObject* module = nullptr;
  if (kwargs == nullptr && PyArg_UnpackTuple(args, "exec_module", 2, 2, &loader, &module) != 0) {
    const bool user = !parts_.trusted.holds(text_attribute(loader, "path")) &&
                      !parts_.trusted.holds(text_attribute(loader, "archive"));
    const bool guarded = user || runs_text_of_others(text_attribute(module, "__name__"));
    if (guarded && !give_builtins(module)) {
      return nullptr;
    }
  }
  PyErr_Clear();
  return pass_on(original, args, kwargs);
}

// FrozenImporter.exec_module(module): runpy is frozen since 3.11.
PyObject* ImportHook::run_frozen(const py::Ref& original, PyObject* args, PyObject* kwargs) {
  PyObject* module = first(args);
  if (module != nullptr && runs_text_of_others(text_attribute(module, "__name__")) &&
      !give_builtins(module)) {
    return nullptr;
  }
  return pass_on(original, args, kwargs);
}

// The import system runs code in the module's dict and sets builtins only where there are none.
bool ImportHook::give_builtins(PyObject* module) const {
  const py::Ref dict = py::attr(module, "__dict__");
  return dict && PyDict_Check(dict.get()) &&
         PyDict_SetItemString(dict.get(), "__builtins__", parts_.builtins.dict.get()) == 0;
}

}  // namespace pysb::guest
