// Short forms of the C API as the guest uses it. A null Ref means: a Python error is set.
#pragma once

#include <string>
#include <string_view>

#include "analysis/ast/py_ref.h"
#include "base/error.h"

namespace pysb::py {

inline Ref text(std::string_view utf8) {
  return Ref::steal(PyUnicode_FromStringAndSize(utf8.data(), static_cast<Py_ssize_t>(utf8.size())));
}
inline Ref integer(long value) { return Ref::steal(PyLong_FromLong(value)); }
inline Ref none() { return Ref::borrow(Py_None); }
inline Ref attr(PyObject* object, const char* name) {
  return Ref::steal(object != nullptr ? PyObject_GetAttrString(object, name) : nullptr);
}
inline Ref attr(const Ref& object, const char* name) { return attr(object.get(), name); }

template <class... Arguments>
Ref call(PyObject* callable, Arguments*... arguments) {
  return Ref::steal(PyObject_CallFunctionObjArgs(callable, arguments..., nullptr));
}
template <class... Arguments>
Ref call(const Ref& callable, const Arguments&... arguments) {
  return Ref::steal((callable && ... && arguments)
                        ? PyObject_CallFunctionObjArgs(callable.get(), arguments.get()..., nullptr)
                        : nullptr);
}

Ref tuple_of(const std::vector<Ref>& items);
Ref list_of(const std::vector<std::string>& texts);

// The text of a str, lone surrogates escaped; "" for anything else. Clears errors.
std::string utf8(PyObject* object);

// Takes the Python error that is set: "RecursionError: maximum recursion depth exceeded".
std::string take_error_text();
// The same as an Error, with what was being done.
Error take_error(std::string doing);

// Keeps a pending Python error out of the way for its lifetime.
class SavedError {
 public:
  SavedError() { PyErr_Fetch(&type_, &value_, &traceback_); }
  ~SavedError() { PyErr_Restore(type_, value_, traceback_); }
  SavedError(const SavedError&) = delete;
  SavedError& operator=(const SavedError&) = delete;

 private:
  PyObject* type_ = nullptr;
  PyObject* value_ = nullptr;
  PyObject* traceback_ = nullptr;
};

}  // namespace pysb::py
