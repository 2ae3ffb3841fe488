// PythonTypes: the classes of the running interpreter's `_ast` module, bound once, so that code
// which later rebinds their names or patches them changes nothing here.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "analysis/ast/flat_map.h"
#include "analysis/ast/grammar.h"
#include "analysis/ast/py_ref.h"
#include "base/error.h"

namespace pysb::analysis::ast {

// One node class as this interpreter has it.
struct PythonClass {
  py::Ref type;         // null: this version lacks the class
  py::Ref field_names;  // its `_fields`, interned strings
  std::vector<Slot>
      slots;  // for each of them, without dropped ones at the end, the slot in nodes.def
  std::vector<py::Ref> by_slot;  // the other way round; null where this version lacks the field
  std::string unknown_field;     // a field nodes.def does not know: such nodes are refused
};

class PythonTypes {
 public:
  // A Python error (no `_ast`, out of memory) is cleared and becomes an Error.
  static Result<PythonTypes> load();

  const PythonClass& of(Kind kind) const { return classes_[static_cast<std::size_t>(kind)]; }
  PyObject* of(Context context) const { return contexts_[static_cast<std::size_t>(context)].get(); }
  std::optional<Kind> kind_of(const PyObject* object) const;
  std::optional<Operator> operator_of(const PyObject* object) const;
  PyObject* instance(Operator op) const { return operators_[static_cast<std::size_t>(op)].get(); }
  // lineno, col_offset, end_lineno, end_col_offset
  const std::array<py::Ref, 4>& position_names() const { return position_names_; }
  PyObject* context_name() const { return context_name_.get(); }

 private:
  Result<> load_class(PyObject* module, Kind kind);
  Result<> load_operator(PyObject* module, Operator op);

  std::array<PythonClass, static_cast<std::size_t>(Kind::kCount)> classes_;
  std::array<py::Ref, static_cast<std::size_t>(Operator::kCount)> operators_;
  std::array<py::Ref, 3> contexts_;
  std::array<py::Ref, 4> position_names_;
  py::Ref context_name_;
  FlatMap kinds_;
  FlatMap operator_types_;
};

}  // namespace pysb::analysis::ast
