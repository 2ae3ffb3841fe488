#include "guest/native_function.h"

#include <array>
#include <memory>

namespace pysb::guest {
namespace {

struct Function {
  PyObject_HEAD NativeFunctions::Body body;
  PyObject* method_type;  // null: does not bind
};

Function* as_function(PyObject* self) { return reinterpret_cast<Function*>(self); }

PyObject* call(PyObject* self, PyObject* args, PyObject* kwargs) {
  return as_function(self)->body(args, kwargs);
}

PyObject* bind(PyObject* self, PyObject* instance, PyObject* /*owner*/) {
  PyObject* method_type = as_function(self)->method_type;
  if (method_type == nullptr || instance == nullptr || instance == Py_None) {
    Py_INCREF(self);
    return self;
  }
  return py::call(method_type, self, instance).release();
}

void destroy(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  std::destroy_at(&as_function(self)->body);
  Py_XDECREF(as_function(self)->method_type);
  reinterpret_cast<freefunc>(PyType_GetSlot(type, Py_tp_free))(self);
  Py_DECREF(type);  // an instance of a heap type owns a reference to it
}

py::Ref make_type() {
  std::array<PyType_Slot, 4> slots = {{{Py_tp_call, reinterpret_cast<void*>(call)},
                                       {Py_tp_descr_get, reinterpret_cast<void*>(bind)},
                                       {Py_tp_dealloc, reinterpret_cast<void*>(destroy)},
                                       {0, nullptr}}};
  PyType_Spec spec = {.name = "py_sandbox.function",
                      .basicsize = sizeof(Function),
                      .itemsize = 0,
                      .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
                      .slots = slots.data()};
  return py::Ref::steal(PyType_FromSpec(&spec));
}

// types.MethodType without importing types: the class of a bound method.
py::Ref method_type() {
  const py::Ref importlib = py::Ref::steal(PyImport_ImportModule("_frozen_importlib"));
  const py::Ref bound = py::attr(py::attr(importlib, "BuiltinImporter"), "find_spec");
  return bound ? py::Ref::borrow(reinterpret_cast<PyObject*>(Py_TYPE(bound.get()))) : py::Ref();
}

}  // namespace

Result<NativeFunctions> NativeFunctions::create() {
  NativeFunctions functions;
  functions.type_ = make_type();
  functions.method_type_ = method_type();
  if (!functions.type_ || !functions.method_type_) {
    return py::take_error("making the type of the guest's functions");
  }
  return functions;
}

py::Ref NativeFunctions::make(Body body, PyObject* method_type) const {
  py::Ref object =
      py::Ref::steal(PyType_GenericAlloc(reinterpret_cast<PyTypeObject*>(type_.get()), 0));
  if (object) {
    std::construct_at(&as_function(object.get())->body, std::move(body));
    Py_XINCREF(method_type);
    as_function(object.get())->method_type = method_type;
  }
  return object;
}

}  // namespace pysb::guest
