// Binding the classes of `_ast`, and checking their fields against nodes.def.
#include "analysis/ast/python_types.h"

#include <string_view>

#include "base/text.h"

namespace pysb::analysis::ast {
namespace {

Error python_error(std::string_view what) {
  PyErr_Clear();
  return Error(ErrorKind::kInternal, concat({"the interpreter's _ast module: ", what}));
}

// Null without a Python error when the module lacks the name.
py::Ref attribute_or_null(PyObject* module, const char* name) {
  py::Ref found = py::Ref::steal(PyObject_GetAttrString(module, name));
  if (!found) {
    PyErr_Clear();
  }
  return found;
}

// The slot of a field by name, or nothing.
std::optional<Slot> slot_of(Kind kind, std::string_view name) {
  const auto fields = spec_of(kind).fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (name == fields[i].name) {
      return static_cast<Slot>(i);
    }
  }
  return std::nullopt;
}

// Maps a class's `_fields` to slots. False when a Python error is set.
bool map_fields(Kind kind, PythonClass& found) {
  const Py_ssize_t count = PyTuple_Size(found.field_names.get());
  found.by_slot.resize(spec_of(kind).fields.size());
  for (Py_ssize_t i = 0; i < count; ++i) {
    PyObject* name = PyTuple_GetItem(found.field_names.get(), i);
    const char* text = name != nullptr ? PyUnicode_AsUTF8AndSize(name, nullptr) : nullptr;
    if (text == nullptr) {
      return false;
    }
    if (const auto slot = slot_of(kind, text)) {
      found.slots.push_back(*slot);
      found.by_slot[*slot] = py::Ref::borrow(name);
    } else {
      found.unknown_field = text;
    }
  }
  // Reading a node stops at its last field that counts.
  const auto fields = spec_of(kind).fields;
  while (!found.slots.empty() && fields[found.slots.back()].type == FieldType::kDropped) {
    found.slots.pop_back();
  }
  return count >= 0;
}

py::Ref interned(const char* text) { return py::Ref::steal(PyUnicode_InternFromString(text)); }

}  // namespace

Result<PythonTypes> PythonTypes::load() {
  const py::Ref module = py::Ref::steal(PyImport_ImportModule("_ast"));
  if (!module) {
    return python_error("it cannot be imported");
  }
  PythonTypes types;
  for (std::size_t i = 0; i < types.classes_.size(); ++i) {
    PYSB_CHECK(types.load_class(module.get(), static_cast<Kind>(i)));
  }
  for (std::size_t i = 0; i < types.operators_.size(); ++i) {
    PYSB_CHECK(types.load_operator(module.get(), static_cast<Operator>(i)));
  }
  constexpr const char* kContexts[] = {"Load", "Store", "Del"};
  for (std::size_t i = 0; i < types.contexts_.size(); ++i) {
    const py::Ref type = attribute_or_null(module.get(), kContexts[i]);
    types.contexts_[i] = py::Ref::steal(type ? PyObject_CallNoArgs(type.get()) : nullptr);
    if (!types.contexts_[i]) {
      return python_error(kContexts[i]);
    }
  }
  constexpr const char* kPositions[] = {"lineno", "col_offset", "end_lineno", "end_col_offset"};
  for (std::size_t i = 0; i < types.position_names_.size(); ++i) {
    types.position_names_[i] = interned(kPositions[i]);
  }
  types.context_name_ = interned("ctx");
  return types;
}

Result<> PythonTypes::load_class(PyObject* module, Kind kind) {
  PythonClass& found = classes_[static_cast<std::size_t>(kind)];
  found.type = attribute_or_null(module, spec_of(kind).name);
  if (!found.type) {
    return {};
  }
  found.field_names = py::Ref::steal(PyObject_GetAttrString(found.type.get(), "_fields"));
  if (!found.field_names || !map_fields(kind, found)) {
    return python_error(spec_of(kind).name);
  }
  kinds_.put(found.type.get(), static_cast<std::uint32_t>(kind));
  return {};
}

Result<> PythonTypes::load_operator(PyObject* module, Operator op) {
  const py::Ref type = attribute_or_null(module, name_of(op));
  py::Ref& instance = operators_[static_cast<std::size_t>(op)];
  instance = py::Ref::steal(type ? PyObject_CallNoArgs(type.get()) : nullptr);
  if (!instance) {
    return python_error(name_of(op));
  }
  operator_types_.put(type.get(), static_cast<std::uint32_t>(op));
  return {};
}

std::optional<Kind> PythonTypes::kind_of(const PyObject* object) const {
  const std::int64_t number = kinds_.find(Py_TYPE(object));
  return number < 0 ? std::nullopt : std::optional(static_cast<Kind>(number));
}

std::optional<Operator> PythonTypes::operator_of(const PyObject* object) const {
  const std::int64_t number = operator_types_.find(Py_TYPE(object));
  return number < 0 ? std::nullopt : std::optional(static_cast<Operator>(number));
}

}  // namespace pysb::analysis::ast
