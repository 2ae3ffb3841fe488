#include "guest/literal.h"

namespace pysb::guest {
namespace {

using policy::Literal;

struct Convert {
  py::Ref operator()(std::monostate) const { return py::none(); }
  py::Ref operator()(bool value) const { return py::Ref::steal(PyBool_FromLong(value ? 1 : 0)); }
  py::Ref operator()(std::int64_t value) const {
    return py::Ref::steal(PyLong_FromLongLong(value));
  }
  py::Ref operator()(double value) const { return py::Ref::steal(PyFloat_FromDouble(value)); }
  py::Ref operator()(const std::string& value) const { return py::text(value); }

  py::Ref operator()(const Literal::List& items) const {
    py::Ref list = py::Ref::steal(PyList_New(0));
    for (const Literal& item : items) {
      const py::Ref value = to_python(item);
      if (!list || !value || PyList_Append(list.get(), value.get()) != 0) {
        return {};
      }
    }
    return list;
  }

  py::Ref operator()(const Literal::Map& entries) const {
    py::Ref dict = py::Ref::steal(PyDict_New());
    for (const auto& [key, item] : entries) {
      const py::Ref name = py::text(key);
      const py::Ref value = to_python(item);
      if (!dict || !name || !value || PyDict_SetItem(dict.get(), name.get(), value.get()) != 0) {
        return {};
      }
    }
    return dict;
  }
};

}  // namespace

py::Ref to_python(const Literal& literal) { return std::visit(Convert{}, literal.value); }

}  // namespace pysb::guest
