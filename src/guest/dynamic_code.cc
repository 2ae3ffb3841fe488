#include "guest/dynamic_code.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "guest/decoded_text.h"

namespace pysb::guest {
namespace {

py::Ref raise(PyObject* type, const std::string& message) {
  PyErr_SetString(type, message.c_str());
  return {};
}

// The bytes of anything with a buffer, read once. Null without an error: it has none.
py::Ref bytes_of(PyObject* source) {
  const py::Ref view = py::Ref::steal(PyMemoryView_FromObject(source));
  if (!view) {
    PyErr_Clear();
    return {};
  }
  return py::Ref::steal(PyBytes_FromObject(view.get()));
}

py::Ref decoded(const py::Ref& bytes) {
  char* data = nullptr;
  Py_ssize_t size = 0;
  if (PyBytes_AsStringAndSize(bytes.get(), &data, &size) != 0) {
    return {};
  }
  return text_of(decode_source({data, static_cast<std::size_t>(size)}, "<string>"));
}

// eval() skips blanks in front of an expression.
py::Ref without_leading_blanks(const py::Ref& text) {
  const Py_ssize_t length = PyUnicode_GetLength(text.get());
  Py_ssize_t start = 0;
  while (start < length) {
    const Py_UCS4 c = PyUnicode_ReadChar(text.get(), start);
    if (c != ' ' && c != '\t') {
      break;
    }
    ++start;
  }
  return start == 0 ? text : py::Ref::steal(PyUnicode_Substring(text.get(), start, length));
}

// The class of tree that compile() takes for a mode; null: no mode that makes code.
const char* root_of(std::string_view mode) {
  return mode == "exec"     ? "Module"
         : mode == "eval"   ? "Expression"
         : mode == "single" ? "Interactive"
                            : nullptr;
}

bool has_class(const py::Ref& node, const char* name) {
  auto* type = reinterpret_cast<PyObject*>(Py_TYPE(node.get()));
  return py::utf8(py::attr(type, "__name__").get()) == name;
}

bool is_missing(PyObject* globals) { return globals == nullptr || globals == Py_None; }

}  // namespace

struct DynamicCode::CompileArguments {
  PyObject* source = nullptr;
  PyObject* file_name = nullptr;
  const char* mode = nullptr;
  int flags = 0;
  int dont_inherit = 0;
  int optimize = -1;
  int feature_version = -1;  // used by Python only when it stops after parsing

  bool parse(PyObject* args, PyObject* kwargs) {
    static constexpr std::array<const char*, 8> kNames = {
        "source",   "filename",         "mode", "flags", "dont_inherit",
        "optimize", "_feature_version", nullptr};
    return PyArg_ParseTupleAndKeywords(
               args, kwargs, "OOs|ipi$i:compile", const_cast<char**>(kNames.data()), &source,
               &file_name, &mode, &flags, &dont_inherit, &optimize, &feature_version) != 0;
  }
  // Then no code comes out of it: a tree, or the error that Python has for such a mode.
  bool makes_no_code() const { return (flags & kOnlyAst) != 0 || root_of(mode) == nullptr; }
};

PyObject* DynamicCode::eval(PyObject* args, PyObject* kwargs) {
  return run("eval", parts_.originals.eval, args, kwargs);
}

PyObject* DynamicCode::exec(PyObject* args, PyObject* kwargs) {
  return run("exec", parts_.originals.exec, args, kwargs);
}

PyObject* DynamicCode::compile(PyObject* args, PyObject* kwargs) {
  CompileArguments given;
  if (!given.parse(args, kwargs)) {
    return nullptr;
  }
  if (given.makes_no_code()) {
    return PyObject_Call(parts_.originals.compile.get(), args, kwargs);
  }
  py::Ref code = compile_source(given);
  return code.release();
}

PyObject* DynamicCode::run(const char* function, const py::Ref& original, PyObject* args,
                           PyObject* kwargs) {
  if (PyTuple_Size(args) == 0) {  // the built-in function says what is wrong with that
    return PyObject_Call(original.get(), args, kwargs);
  }
  const py::Ref code = code_for(function, PyTuple_GetItem(args, 0));
  const py::Ref complete = code ? with_builtins(code.get(), args, kwargs) : py::Ref();
  return complete ? PyObject_Call(original.get(), complete.get(), kwargs) : nullptr;
}

py::Ref DynamicCode::code_for(const char* function, PyObject* source) {
  if (reinterpret_cast<PyObject*>(Py_TYPE(source)) == parts_.originals.code_type.get()) {
    return check_code(function, source);
  }
  const py::Ref text = source_text(function, source);
  return text ? compile_text(function, text) : py::Ref();
}

py::Ref DynamicCode::check_code(const char* function, PyObject* code) {
  if (parts_.registry.knows(code)) {
    return py::Ref::borrow(code);
  }
  return raise(parts_.exceptions.removed_error.get(),
               concat({function,
                       "() runs no code objects that were not compiled here from source "
                       "text; give it the text"}));
}

// An exact str. What has another type is read just once, so that it cannot give another text later.
py::Ref DynamicCode::source_text(const char* function, PyObject* source) const {
  if (PyUnicode_Check(source)) {
    return py::Ref::steal(PyUnicode_FromObject(source));
  }
  const py::Ref bytes = bytes_of(source);
  if (bytes) {
    return decoded(bytes);
  }
  if (PyErr_Occurred() != nullptr) {
    return {};
  }
  const bool compiles = std::string_view(function) == "compile";
  return raise(PyExc_TypeError, concat({function, "() arg 1 must be a string, bytes or ",
                                        compiles ? "AST object" : "code object"}));
}

py::Ref DynamicCode::compile_text(const char* function, const py::Ref& text) {
  const bool expression = std::string_view(function) == "eval";
  const py::Ref stripped = expression ? without_leading_blanks(text) : text;
  const py::Ref file_name = py::text("<string>");
  if (!stripped || !file_name) {
    return {};
  }
  return compile_reporting({.source = stripped.get(),
                            .file_name = file_name.get(),
                            .mode = expression ? "eval" : "exec",
                            .inherit_flags = true,
                            .unit = unit_for(function)});
}

py::Ref DynamicCode::compile_source(const CompileArguments& given) {
  if (!parts_.copier.load(parts_.originals)) {
    return {};
  }
  const bool is_tree = parts_.copier.is_node(given.source);
  const py::Ref source =
      is_tree ? parts_.copier.copy(given.source) : source_text("compile", given.source);
  const py::Ref file_name = py::Ref::steal(PyOS_FSPath(given.file_name));
  if (!source || !file_name) {
    return {};
  }
  if (is_tree && !has_class(source, root_of(given.mode))) {
    return py::call(parts_.originals.compile, source, file_name, py::text(given.mode));  // an error
  }
  return compile_reporting({.source = source.get(),
                            .file_name = file_name.get(),
                            .mode = given.mode,
                            .flags = given.flags,
                            .inherit_flags = given.dont_inherit == 0,
                            .optimize = given.optimize,
                            .unit = unit_for("compile")});
}

py::Ref DynamicCode::compile_reporting(Job job) {
  const std::string name = job.unit.display_name;
  Compilation result = parts_.compiler.compile(std::move(job));
  {
    const py::SavedError pending;
    parts_.session.report(std::move(result.findings), protocol::Origin::kGuest);
  }
  switch (result.state) {
    case Compilation::State::kOk:
    case Compilation::State::kFailed:
      break;
    case Compilation::State::kBlocked:
      return raise(parts_.exceptions.removed_error.get(),
                   concat({name, " is not run: the policy blocks what it does"}));
    case Compilation::State::kRefused:
      return raise(parts_.exceptions.removed_error.get(),
                   concat({name, " is not run, for it could not be analysed: ", result.refusal}));
  }
  const bool known = result.code && parts_.registry.remember(result.code.get());
  return known ? result.code : py::Ref();
}

// The arguments with the code in front, and with builtins for it that are the user's.
py::Ref DynamicCode::with_builtins(PyObject* code, PyObject* args, PyObject* kwargs) const {
  std::vector<py::Ref> items = {py::Ref::borrow(code)};
  for (Py_ssize_t i = 1; i < PyTuple_Size(args); ++i) {
    items.push_back(py::Ref::borrow(PyTuple_GetItem(args, i)));
  }
  PyObject* named = kwargs != nullptr ? PyDict_GetItemString(kwargs, "globals") : nullptr;
  PyObject* globals = items.size() > 1 ? items[1].get() : named;
  if (!is_missing(globals)) {
    return provide_builtins(globals) ? py::tuple_of(items) : py::Ref();
  }
  // Called by code of the library (threading, say), it would run in that module's globals, with the
  // real builtins. In Python nobody can use that namespace for anything.
  if (PyEval_GetBuiltins() == real_builtins() && named == nullptr) {
    const py::Ref fresh = py::Ref::steal(PyDict_New());
    if (!fresh || !provide_builtins(fresh.get())) {
      return {};
    }
    items.resize(std::max<std::size_t>(items.size(), 2));
    items[1] = fresh;
  }
  return py::tuple_of(items);
}

PyObject* DynamicCode::real_builtins() const {
  return PyModule_GetDict(parts_.originals.builtins_module.get());
}

bool DynamicCode::provide_builtins(PyObject* globals) const {
  if (!PyDict_Check(globals)) {
    return true;  // the built-in function refuses it
  }
  const py::Ref name = py::text("__builtins__");
  if (!name || PyDict_GetItemWithError(globals, name.get()) != nullptr) {
    return static_cast<bool>(name);
  }
  return PyErr_Occurred() == nullptr && PyDict_SetItem(globals, name.get(), builtins_.get()) == 0;
}

analysis::Unit DynamicCode::unit_for(const char* function) const {
  const std::string name =
      concat({"<", function, ":", std::to_string(calling_line(parts_.trusted)), ">"});
  return {.source = {},
          .display_name = name,
          .dynamic_origin = concat({"inside ", function, ", ", name}),
          .keeps_bindings = false};
}

}  // namespace pysb::guest
