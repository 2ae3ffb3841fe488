// Reading lineno, col_offset and their ends.
#include "analysis/ast/position.h"

#include "analysis/ast/py_ref.h"

namespace pysb::analysis::ast {
namespace {

std::uint32_t number(PyObject* node, const char* name) {
  const py::Ref value = py::Ref::steal(PyObject_GetAttrString(node, name));
  const long number = value ? PyLong_AsLong(value.get()) : 0;
  PyErr_Clear();
  return number > 0 ? static_cast<std::uint32_t>(number) : 0;
}

}  // namespace

Position position_of(const Node& node) {
  if (node.place == nullptr) {
    return {};
  }
  return {number(node.place, "lineno"), number(node.place, "col_offset"),
          number(node.place, "end_lineno"), number(node.place, "end_col_offset")};
}

}  // namespace pysb::analysis::ast
