#include "guest/python.h"

#include "base/text.h"

namespace pysb::py {

Ref tuple_of(const std::vector<Ref>& items) {
  Ref tuple = Ref::steal(PyTuple_New(static_cast<Py_ssize_t>(items.size())));
  for (std::size_t i = 0; tuple && i < items.size(); ++i) {
    if (!items[i] ||
        PyTuple_SetItem(tuple.get(), static_cast<Py_ssize_t>(i), Ref(items[i]).release()) != 0) {
      return {};
    }
  }
  return tuple;
}

Ref list_of(const std::vector<std::string>& texts) {
  Ref list = Ref::steal(PyList_New(0));
  for (const auto& item : texts) {
    // As the interpreter decodes its own arguments: bytes that are no UTF-8 become surrogates.
    const Ref value = Ref::steal(
        PyUnicode_DecodeUTF8(item.data(), static_cast<Py_ssize_t>(item.size()), "surrogateescape"));
    if (!list || !value || PyList_Append(list.get(), value.get()) != 0) {
      return {};
    }
  }
  return list;
}

std::string utf8(PyObject* object) {
  if (object == nullptr || !PyUnicode_Check(object)) {
    PyErr_Clear();
    return {};
  }
  const Ref bytes = Ref::steal(PyUnicode_AsEncodedString(object, "utf-8", "backslashreplace"));
  char* data = nullptr;
  Py_ssize_t size = 0;
  if (!bytes || PyBytes_AsStringAndSize(bytes.get(), &data, &size) != 0) {
    PyErr_Clear();
    return {};
  }
  return {data, static_cast<std::size_t>(size)};
}

std::string take_error_text() {
  PyObject* type = nullptr;
  PyObject* value = nullptr;
  PyObject* traceback = nullptr;
  PyErr_Fetch(&type, &value, &traceback);
  PyErr_NormalizeException(&type, &value, &traceback);
  const Ref owned_type = Ref::steal(type);
  const Ref owned_value = Ref::steal(value);
  const Ref owned_traceback = Ref::steal(traceback);
  const std::string name = utf8(attr(owned_type, "__name__").get());
  const Ref message = Ref::steal(value != nullptr ? PyObject_Str(value) : nullptr);
  const std::string said = utf8(message.get());
  return said.empty() ? name : concat({name, ": ", said});
}

Error take_error(std::string doing) {
  return Error(ErrorKind::kInternal, take_error_text()).with(std::move(doing));
}

}  // namespace pysb::py
