// A copy of a syntax tree that a program made: of plain nodes, lists and constants, so that what is
// analysed and what is compiled cannot differ.
#pragma once

#include "guest/originals.h"

namespace pysb::guest {

class TreeCopier {
 public:
  // Binds the classes of `_ast`; does nothing when that is done. False: a Python error is set.
  bool load(const Originals& originals);

  // The rest may be called once it is loaded.
  bool is_node(PyObject* object) const;
  // Null: a Python error is set (RecursionError, TypeError for what is no tree).
  py::Ref copy(PyObject* node) const;

 private:
  struct NodeClass {
    py::Ref type;
    py::Ref field_names;  // fields, then position attributes
  };

  bool add_class(const py::Ref& type);
  const NodeClass* class_of(PyObject* node) const;
  py::Ref copy_node(PyObject* node) const;
  py::Ref copy_list(PyObject* list) const;

  py::Ref ast_class_;
  std::vector<NodeClass> classes_;
};

}  // namespace pysb::guest
