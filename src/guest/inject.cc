#include "guest/inject.h"

namespace pysb::guest {
namespace {

// The constant with what belongs in its place; null: a Python error is set.
py::Ref substitute(const py::Ref& constant, PyTypeObject* code_type, PyObject* helpers) {
  if (Py_TYPE(constant.get()) == code_type) {
    return inject(constant, helpers);
  }
  if (!PyFrozenSet_CheckExact(constant.get())) {
    return constant;
  }
  PyObject* helper = PyDict_GetItemWithError(helpers, constant.get());
  if (helper == nullptr && PyErr_Occurred() != nullptr) {
    return {};
  }
  return helper != nullptr ? py::Ref::borrow(helper) : constant;
}

py::Ref with_constants(const py::Ref& code, const std::vector<py::Ref>& constants) {
  const py::Ref replace = py::attr(code, "replace");
  const py::Ref tuple = py::tuple_of(constants);
  const py::Ref none = py::Ref::steal(PyTuple_New(0));
  const py::Ref changes = py::Ref::steal(PyDict_New());
  if (!replace || !tuple || !none || !changes ||
      PyDict_SetItemString(changes.get(), "co_consts", tuple.get()) != 0) {
    return {};
  }
  return py::Ref::steal(PyObject_Call(replace.get(), none.get(), changes.get()));
}

}  // namespace

py::Ref inject(const py::Ref& code, PyObject* helpers) {
  const py::Ref constants = py::attr(code, "co_consts");
  if (!constants) {
    return {};
  }
  std::vector<py::Ref> changed;
  bool any = false;
  const Py_ssize_t size = PyTuple_Size(constants.get());
  for (Py_ssize_t i = 0; i < size; ++i) {
    const py::Ref constant = py::Ref::borrow(PyTuple_GetItem(constants.get(), i));
    py::Ref substituted = substitute(constant, Py_TYPE(code.get()), helpers);
    if (!substituted) {
      return {};
    }
    any = any || substituted.get() != constant.get();
    changed.push_back(std::move(substituted));
  }
  return any ? with_constants(code, changed) : code;
}

}  // namespace pysb::guest
