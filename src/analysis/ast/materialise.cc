// New Python nodes are made by the class's tp_new and filled by the generic setter: nothing that a
// program may have patched into the classes of `_ast` runs.
#include "analysis/ast/materialise.h"

#include <string_view>
#include <utility>
#include <vector>

namespace pysb::analysis::ast {
namespace {

py::Ref text_object(std::string_view text) {
  return py::Ref::steal(
      PyUnicode_FromStringAndSize(text.data(), static_cast<Py_ssize_t>(text.size())));
}

py::Ref placeholder_object(std::string_view text) {
  const py::Ref list = py::Ref::steal(PyList_New(1));
  py::Ref item = text_object(text);
  if (!list || !item || PyList_SetItem(list.get(), 0, item.release()) != 0) {
    return {};
  }
  return py::Ref::steal(PyFrozenSet_New(list.get()));
}

py::Ref constant_object(const Constant& constant) {
  switch (constant.type) {
    case ConstantType::kTrue:
      return py::Ref::borrow(Py_True);
    case ConstantType::kFalse:
      return py::Ref::borrow(Py_False);
    case ConstantType::kInteger:
      return py::Ref::steal(PyLong_FromLongLong(constant.integer));
    case ConstantType::kText:
      return text_object(constant.text);
    case ConstantType::kPlaceholder:
      return placeholder_object(constant.text);
    default:  // the other types are never written into new nodes
      return py::Ref::borrow(Py_None);
  }
}

class Writer {
 public:
  Writer(const PythonTypes& types, const Symbols& symbols) : types_(types), symbols_(symbols) {}

  // Brings the whole tree up to date. False: a Python error is set.
  bool run(Node& root) {
    if (!write(root)) {
      return false;
    }
    for (const Change& change : pending_) {
      if (!assign(change.object.get(), change.name, change.value)) {
        return false;
      }
    }
    return true;
  }

 private:
  struct Change {
    py::Ref object;
    PyObject* name;
    py::Ref value;
  };

  // The Python object of a node, brought up to date. Null: a Python error is set.
  py::Ref write(Node& node) {
    if (!node.dirty) {
      return py::Ref::borrow(node.origin);
    }
    const bool fresh = node.origin == nullptr;
    const PythonClass& python = types_.of(node.kind);
    py::Ref object = fresh ? create(python) : py::Ref::borrow(node.origin);
    if (!object || !write_fields(node, python, object.get()) ||
        (fresh && !finish(node, object.get()))) {
      return {};
    }
    return object;
  }

  static py::Ref create(const PythonClass& python) {
    auto* type = reinterpret_cast<PyTypeObject*>(python.type.get());
    const auto make = reinterpret_cast<newfunc>(PyType_GetSlot(type, Py_tp_new));
    const py::Ref none = py::Ref::steal(PyTuple_New(0));
    return py::Ref::steal(none ? make(type, none.get(), nullptr) : nullptr);
  }

  static bool assign(PyObject* object, PyObject* name, const py::Ref& value) {
    return value && PyObject_GenericSetAttr(object, name, value.get()) == 0;
  }

  bool write_fields(Node& node, const PythonClass& python, PyObject* object) {
    for (const Slot slot : python.slots) {
      const FieldType type = spec_of(node.kind).fields[slot].type;
      const bool holds_nodes = type == FieldType::kOne || type == FieldType::kList;
      // Edits put nodes into places; whatever else an original holds stays as it is.
      const bool wanted = node.origin == nullptr ? type != FieldType::kDropped : holds_nodes;
      if (wanted && !put(node, object, python.by_slot[slot].get(), value_of(node, slot, type))) {
        return false;
      }
    }
    return true;
  }

  // An original keeps its old children until all is built: some have moved elsewhere in the tree
  // and live only through it.
  bool put(const Node& node, PyObject* object, PyObject* name, py::Ref value) {
    if (node.origin == nullptr || !value) {
      return assign(object, name, value);
    }
    pending_.push_back({py::Ref::borrow(object), name, std::move(value)});
    return true;
  }

  // What only a new node lacks: its context and its position.
  bool finish(const Node& node, PyObject* object) {
    switch (node.kind) {
      case Kind::kName:
      case Kind::kAttribute:
      case Kind::kSubscript:
      case Kind::kStarred:
      case Kind::kList:
      case Kind::kTuple:
        if (!assign(object, types_.context_name(), py::Ref::borrow(types_.of(node.context)))) {
          return false;
        }
        break;
      default:
        break;
    }
    for (const py::Ref& name : types_.position_names()) {
      const py::Ref value = py::Ref::steal(PyObject_GetAttr(node.place, name.get()));
      if (!assign(object, name.get(), value)) {
        return false;
      }
    }
    return true;
  }

  py::Ref value_of(Node& node, Slot slot, FieldType type) {
    const Field& field = node.fields[slot];
    switch (type) {
      case FieldType::kOne:
        return field.node != nullptr ? write(*field.node) : py::Ref::borrow(Py_None);
      case FieldType::kList:
        return list_of(node.list(slot));
      case FieldType::kWord:
        return field.word != 0 ? text_object(symbols_.text(field.word)) : py::Ref::borrow(Py_None);
      case FieldType::kWords:
        return words_of(node.words(slot));
      case FieldType::kOperator:
        return py::Ref::borrow(types_.instance(field.op));
      case FieldType::kValue:
        return constant_object(*field.constant);
      case FieldType::kNumber:
        return py::Ref::steal(PyLong_FromLong(field.number));
      case FieldType::kOperators:
      case FieldType::kDropped:
        break;
    }
    return {};
  }

  py::Ref list_of(std::span<Node* const> nodes) {
    py::Ref list = py::Ref::steal(PyList_New(0));
    return list && append(list.get(), nodes) ? list : py::Ref();
  }

  bool append(PyObject* list, std::span<Node* const> nodes) {
    for (Node* node : nodes) {
      if (node != nullptr && node->is(Kind::kSeveral)) {
        if (!append(list, node->list(at::Several::nodes))) {
          return false;
        }
        continue;
      }
      const py::Ref item = node != nullptr ? write(*node) : py::Ref::borrow(Py_None);
      if (!item || PyList_Append(list, item.get()) != 0) {
        return false;
      }
    }
    return true;
  }

  py::Ref words_of(std::span<const Symbol> words) {
    py::Ref list = py::Ref::steal(PyList_New(static_cast<Py_ssize_t>(words.size())));
    for (std::size_t i = 0; list && i < words.size(); ++i) {
      py::Ref item = text_object(symbols_.text(words[i]));
      if (!item || PyList_SetItem(list.get(), static_cast<Py_ssize_t>(i), item.release()) != 0) {
        return {};
      }
    }
    return list;
  }

  const PythonTypes& types_;
  const Symbols& symbols_;
  std::vector<Change> pending_;
};

}  // namespace

Result<> materialise(Tree& tree, const PythonTypes& types, const Symbols& symbols) {
  if (!Writer(types, symbols).run(tree.root())) {
    PyErr_Clear();
    return Error(ErrorKind::kExhausted, "the neutralised tree could not be built");
  }
  return {};
}

}  // namespace pysb::analysis::ast
