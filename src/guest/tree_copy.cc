#include "guest/tree_copy.h"

namespace pysb::guest {
namespace {

py::Ref subclasses_of(PyObject* type) { return py::call(py::attr(type, "__subclasses__")); }

// _fields and _attributes, as the interpreter had them before user code.
py::Ref names_of(PyObject* type) {
  const py::Ref fields = py::attr(type, "_fields");
  const py::Ref attributes = py::attr(type, "_attributes");
  return py::Ref::steal(fields && attributes ? PySequence_Concat(fields.get(), attributes.get())
                                             : nullptr);
}

bool set(PyObject* object, PyObject* name, const py::Ref& value) {
  return value && PyObject_GenericSetAttr(object, name, value.get()) == 0;
}

}  // namespace

bool TreeCopier::load(const Originals& originals) {
  if (!ast_class_) {
    const py::Ref root = py::attr(originals.import_quietly("_ast"), "AST");
    classes_.clear();
    if (!root || !add_class(root)) {
      return false;
    }
    ast_class_ = root;
  }
  return true;
}

// Leaves of the hierarchy are the classes that trees are made of; what is above is abstract.
bool TreeCopier::add_class(const py::Ref& type) {
  const py::Ref below = subclasses_of(type.get());
  const Py_ssize_t count = below ? PyList_Size(below.get()) : -1;
  for (Py_ssize_t i = 0; i < count; ++i) {
    if (!add_class(py::Ref::borrow(PyList_GetItem(below.get(), i)))) {
      return false;
    }
  }
  if (count == 0) {
    classes_.push_back({type, names_of(type.get())});
    return static_cast<bool>(classes_.back().field_names);
  }
  return count > 0;
}

bool TreeCopier::is_node(PyObject* object) const {
  return PyType_IsSubtype(Py_TYPE(object), reinterpret_cast<PyTypeObject*>(ast_class_.get())) != 0;
}

const TreeCopier::NodeClass* TreeCopier::class_of(PyObject* node) const {
  for (const NodeClass& candidate : classes_) {
    auto* type = reinterpret_cast<PyTypeObject*>(candidate.type.get());
    if (Py_TYPE(node) == type || PyType_IsSubtype(Py_TYPE(node), type) != 0) {
      return &candidate;
    }
  }
  return nullptr;
}

py::Ref TreeCopier::copy(PyObject* value) const {
  const bool list = PyList_Check(value) != 0;
  if (!list && !is_node(value)) {
    // compile() itself takes constants and names of exact types only, and those cannot change.
    return py::Ref::borrow(value);
  }
  if (Py_EnterRecursiveCall(" while copying a syntax tree") != 0) {
    return {};
  }
  py::Ref copied = list ? copy_list(value) : copy_node(value);
  Py_LeaveRecursiveCall();
  return copied;
}

py::Ref TreeCopier::copy_node(PyObject* node) const {
  const NodeClass* known = class_of(node);
  if (known == nullptr) {
    PyErr_SetString(PyExc_TypeError, "expected a node of a syntax tree that can be compiled");
    return {};
  }
  auto* type = reinterpret_cast<PyTypeObject*>(known->type.get());
  const auto make = reinterpret_cast<newfunc>(PyType_GetSlot(type, Py_tp_new));
  const py::Ref none = py::Ref::steal(PyTuple_New(0));
  py::Ref copied = py::Ref::steal(none ? make(type, none.get(), nullptr) : nullptr);
  const Py_ssize_t count = PyTuple_Size(known->field_names.get());
  for (Py_ssize_t i = 0; copied && i < count; ++i) {
    PyObject* name = PyTuple_GetItem(known->field_names.get(), i);
    const py::Ref value = py::Ref::steal(PyObject_GetAttr(node, name));
    if (!value && PyErr_ExceptionMatches(PyExc_AttributeError)) {
      PyErr_Clear();  // compile() has its own words for a required field that is missing
    } else if (!value || !set(copied.get(), name, copy(value.get()))) {
      return {};
    }
  }
  return copied;
}

py::Ref TreeCopier::copy_list(PyObject* list) const {
  py::Ref copied = py::Ref::steal(PyList_New(0));
  // The size is asked each time: reading an attribute of the program's may change the list.
  for (Py_ssize_t i = 0; copied && i < PyList_Size(list); ++i) {
    const py::Ref item = py::Ref::borrow(PyList_GetItem(list, i));
    const py::Ref value = copy(item.get());
    if (!value || PyList_Append(copied.get(), value.get()) != 0) {
      return {};
    }
  }
  return copied;
}

}  // namespace pysb::guest
