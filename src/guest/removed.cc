#include "guest/removed.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace pysb::guest {
namespace {

constexpr std::string_view kText = "<removed>";

PyObject* itself(PyObject* self) {
  Py_INCREF(self);
  return self;
}
PyObject* itself_2(PyObject* self, PyObject* /*a*/) { return itself(self); }
PyObject* itself_3(PyObject* self, PyObject* /*a*/, PyObject* /*b*/) { return itself(self); }
PyObject* compared(PyObject* self, PyObject* /*other*/, int /*operator*/) { return itself(self); }
PyObject* as_text(PyObject* /*self*/) { return py::text(kText).release(); }
PyObject* formatted(PyObject* self, PyObject* /*spec*/) { return as_text(self); }
PyObject* zero(PyObject* /*self*/) { return PyLong_FromLong(0); }
PyObject* zero_float(PyObject* /*self*/) { return PyFloat_FromDouble(0.0); }
PyObject* zero_complex(PyObject* /*self*/, PyObject* /*none*/) {
  return PyComplex_FromDoubles(0.0, 0.0);
}
int is_false(PyObject* /*self*/) { return 0; }
int contains(PyObject* /*self*/, PyObject* /*item*/) { return 0; }
Py_ssize_t empty(PyObject* /*self*/) { return 0; }
int ignore(PyObject* /*self*/, PyObject* /*key*/, PyObject* /*value*/) { return 0; }
PyObject* no(PyObject* /*self*/, PyObject* /*class*/) { return PyBool_FromLong(0); }
PyObject* no_bases(PyObject* /*self*/, PyObject* /*bases*/) { return PyTuple_New(0); }
Py_hash_t hash(PyObject* self) {
  return static_cast<Py_hash_t>(reinterpret_cast<std::uintptr_t>(self) >> 4U);
}

// Ends at once, with itself as the value that `await` and `yield from` give.
PyObject* end_of_iteration(PyObject* self) {
  PyErr_SetObject(PyExc_StopIteration, self);
  return nullptr;
}

PyObject* end_of_async_iteration(PyObject* /*self*/) {
  PyErr_SetNone(PyExc_StopAsyncIteration);
  return nullptr;
}

PyObject* unpicklable(PyObject* /*self*/, PyObject* /*protocol*/) {
  PyErr_SetString(PyExc_TypeError, "cannot pickle a removed value");
  return nullptr;
}

// The operand that is inert, of two of which at least one is.
PyObject* inert_operand(PyObject* left, PyObject* right) {
  return itself(is_inert(left) ? left : right);
}
PyObject* inert_pair(PyObject* left, PyObject* right) {
  PyObject* inert = is_inert(left) ? left : right;
  return PyTuple_Pack(2, inert, inert);
}
PyObject* inert_power(PyObject* base, PyObject* exponent, PyObject* modulus) {
  return is_inert(modulus) ? itself(modulus) : inert_operand(base, exponent);
}
PyObject* other_operand(PyObject* left, PyObject* right) {
  return itself(is_inert(left) ? right : left);
}
PyObject* other_power(PyObject* base, PyObject* exponent, PyObject* /*modulus*/) {
  return other_operand(base, exponent);
}

bool is_dunder(std::string_view name) {
  return name.size() > 4 && name.starts_with("__") && name.ends_with("__");
}

// Attributes by which libraries and CPython ask whether a value takes part in a protocol; a value
// that is no answer to the question would be an error there.
bool is_protocol(std::string_view name) {
  static constexpr std::array<std::string_view, 15> kProtocols = {
      "__array__",           "__array_function__",
      "__array_interface__", "__array_priority__",
      "__array_struct__",    "__cuda_array_interface__",
      "__dataframe__",       "__dlpack__",
      "__getstate__",        "__signature__",
      "__text_signature__",  "__typing_prepare_subst__",
      "__typing_subst__",    "__typing_unpacked_tuple_args__",
      "__wrapped__"};
  return std::ranges::find(kProtocols, name) != kProtocols.end();
}

// functools.wraps copies these to functions, which take nothing but text there.
bool is_textual(std::string_view name) {
  return name == "__name__" || name == "__qualname__" || name == "__module__" || name == "__doc__";
}

PyObject* special_attribute(PyObject* self, PyObject* name, std::string_view text) {
  if (is_textual(text)) {
    return as_text(self);
  }
  if (text == "__bases__" || text == "__type_params__") {
    return PyTuple_New(0);  // issubclass(removed, X) is false then instead of an error
  }
  if (text == "__annotations__") {
    return PyDict_New();
  }
  PyObject* found = PyObject_GenericGetAttr(self, name);
  if (found != nullptr || is_protocol(text) || !PyErr_ExceptionMatches(PyExc_AttributeError)) {
    return found;
  }
  PyErr_Clear();
  return itself(self);
}

PyObject* attribute(PyObject* self, PyObject* name) {
  Py_ssize_t size = 0;
  const char* data = PyUnicode_Check(name) ? PyUnicode_AsUTF8AndSize(name, &size) : nullptr;
  if (data == nullptr) {
    PyErr_Clear();
    return itself(self);
  }
  const std::string_view text(data, static_cast<std::size_t>(size));
  return is_dunder(text) ? special_attribute(self, name, text) : itself(self);
}

void destroy(PyObject* self) {
  PyTypeObject* type = Py_TYPE(self);
  reinterpret_cast<freefunc>(PyType_GetSlot(type, Py_tp_free))(self);
  Py_DECREF(type);
}

template <class Function>
PyType_Slot slot(int id, Function* function) {
  return {id, reinterpret_cast<void*>(function)};
}

void add_operators(std::vector<PyType_Slot>& slots, binaryfunc binary, ternaryfunc power) {
  for (const int id : {Py_nb_add, Py_nb_subtract, Py_nb_multiply, Py_nb_remainder, Py_nb_lshift,
                       Py_nb_rshift, Py_nb_and, Py_nb_xor, Py_nb_or, Py_nb_floor_divide,
                       Py_nb_true_divide, Py_nb_matrix_multiply}) {
    slots.push_back(slot(id, binary));
  }
  slots.push_back(slot(Py_nb_power, power));
  for (const int id : {Py_nb_negative, Py_nb_positive, Py_nb_absolute, Py_nb_invert}) {
    slots.push_back(slot(id, itself));
  }
}

// What `with`, `async with`, copy, pickle, format and the class statement look up on the type.
PyMethodDef* methods() {
  static std::array<PyMethodDef, 21> table = {{
      {"__format__", formatted, METH_O, nullptr},
      {"__fspath__", [](PyObject* self, PyObject*) { return as_text(self); }, METH_NOARGS, nullptr},
      {"__enter__", itself_2, METH_NOARGS, nullptr},
      {"__exit__", itself_2, METH_VARARGS, nullptr},
      {"__aenter__", itself_2, METH_NOARGS, nullptr},
      {"__aexit__", itself_2, METH_VARARGS, nullptr},
      {"__copy__", itself_2, METH_NOARGS, nullptr},
      {"__deepcopy__", itself_2, METH_O, nullptr},
      {"__reduce__", unpicklable, METH_NOARGS, nullptr},
      {"__reduce_ex__", unpicklable, METH_O, nullptr},
      {"__mro_entries__", no_bases, METH_O, nullptr},
      {"__instancecheck__", no, METH_O, nullptr},
      {"__subclasscheck__", no, METH_O, nullptr},
      {"__complex__", zero_complex, METH_NOARGS, nullptr},
      {"__round__", itself_2, METH_VARARGS, nullptr},
      {"__trunc__", itself_2, METH_NOARGS, nullptr},
      {"__floor__", itself_2, METH_NOARGS, nullptr},
      {"__ceil__", itself_2, METH_NOARGS, nullptr},
      {"__reversed__", itself_2, METH_NOARGS, nullptr},
      {nullptr, nullptr, 0, nullptr},
  }};
  return table.data();
}

std::vector<PyType_Slot> slots_of_values() {
  return {slot(Py_tp_repr, as_text),
          slot(Py_tp_str, as_text),
          slot(Py_tp_hash, hash),
          slot(Py_tp_call, itself_3),
          slot(Py_tp_getattro, attribute),
          slot(Py_tp_setattro, ignore),
          slot(Py_tp_richcompare, compared),
          slot(Py_tp_iter, itself),
          slot(Py_tp_iternext, end_of_iteration),
          slot(Py_tp_dealloc, destroy),
          slot(Py_am_await, itself),
          slot(Py_am_aiter, itself),
          slot(Py_nb_bool, is_false),
          slot(Py_nb_int, zero),
          slot(Py_nb_index, zero),
          slot(Py_nb_float, zero_float),
          slot(Py_nb_divmod, inert_pair),
          slot(Py_sq_length, empty),
          slot(Py_sq_contains, contains),
          slot(Py_mp_length, empty),
          slot(Py_mp_subscript, itself_2),
          slot(Py_mp_ass_subscript, ignore),
          {Py_tp_methods, methods()}};
}

py::Ref instance_of(const char* name, std::vector<PyType_Slot> slots) {
  slots.push_back({0, nullptr});
  PyType_Spec spec = {.name = name,
                      .basicsize = sizeof(PyObject),
                      .itemsize = 0,
                      .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
                      .slots = slots.data()};
  const py::Ref type = py::Ref::steal(PyType_FromSpec(&spec));
  return py::Ref::steal(type ? PyType_GenericAlloc(reinterpret_cast<PyTypeObject*>(type.get()), 0)
                             : nullptr);
}

// The awaitable that ends `async for`.
py::Ref make_async_end() {
  return instance_of("py_sandbox.end",
                     {slot(Py_tp_iter, itself), slot(Py_am_await, itself),
                      slot(Py_tp_iternext, end_of_async_iteration), slot(Py_tp_dealloc, destroy)});
}

constexpr const char* kAsyncEnd = "__async_end__";

PyObject* next_of_async_iteration(PyObject* self) {
  return PyObject_GetAttrString(reinterpret_cast<PyObject*>(Py_TYPE(self)), kAsyncEnd);
}

py::Ref make_value(const char* name, binaryfunc binary, ternaryfunc power,
                   const py::Ref& async_end) {
  std::vector<PyType_Slot> slots = slots_of_values();
  slots.push_back(slot(Py_am_anext, next_of_async_iteration));
  add_operators(slots, binary, power);
  py::Ref value = instance_of(name, std::move(slots));
  if (!value || !async_end) {
    return {};
  }
  auto* type = reinterpret_cast<PyObject*>(Py_TYPE(value.get()));
  bool done = PyObject_SetAttrString(type, kAsyncEnd, async_end.get()) == 0;
  // numpy then leaves `array + removed` to the removed operand.
  done = done && PyObject_SetAttrString(type, "__array_ufunc__", Py_None) == 0;
  // Names that make it a collections.abc.Coroutine, so that asyncio.create_task takes it; an
  // instance never comes here for them, its attributes are all itself.
  for (const char* method : {"send", "throw", "close"}) {
    done = done && PyObject_SetAttrString(type, method, value.get()) == 0;
  }
  return done ? value : py::Ref();
}

}  // namespace

Result<Inert> make_inert() {
  const py::Ref async_end = make_async_end();
  Inert inert;
  inert.removed = make_value("py_sandbox.Removed", inert_operand, inert_power, async_end);
  inert.neutral = make_value("py_sandbox.Neutral", other_operand, other_power, async_end);
  if (!inert.removed || !inert.neutral) {
    return py::take_error("making the inert value");
  }
  return inert;
}

bool is_inert(PyObject* object) {
  return PyType_GetSlot(Py_TYPE(object), Py_tp_repr) == reinterpret_cast<void*>(as_text);
}

}  // namespace pysb::guest
