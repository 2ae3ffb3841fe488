// The walk. Fields are read straight from each node's dictionary: no lookup runs any Python code,
// and the dictionary's own order makes the usual case one step a field.
#include "analysis/ast/convert.h"

#include <string>

#include "base/text.h"

namespace pysb::analysis::ast {
namespace {

constexpr std::string_view kPlaceholderMark{"\0pysb", 5};

class Converter {
 public:
  Converter(const PythonTypes& types, Symbols& symbols, Tree& tree)
      : types_(types), symbols_(symbols), tree_(tree) {}

  Result<> run(PyObject* root) {
    const Node* node = convert(root, nullptr, 0, Context::kLoad);
    PyErr_Clear();
    if (node == nullptr) {
      return Error(kind_, std::move(problem_));
    }
    tree_.seal();
    return {};
  }

 private:
  Node* convert(PyObject* object, Node* parent, Slot slot, Context context);
  bool fill(Node& node, const PythonClass& python);
  bool fill_field(Node& node, Slot slot, const FieldSpec& spec, PyObject* value);
  bool fill_one(Node& node, Slot slot, Context context, PyObject* value);
  bool fill_list(Node& node, Slot slot, Context context, PyObject* value);
  bool fill_words(Field& field, PyObject* value);
  bool fill_operator(Field& field, PyObject* value);
  bool fill_operators(Field& field, PyObject* value);
  bool fill_number(Field& field, PyObject* value);
  bool read_word(PyObject* value, Symbol& word);
  bool fill_constant(Field& field, PyObject* value);

  bool fail(ErrorKind kind, std::string problem) {
    kind_ = kind;
    problem_ = std::move(problem);
    return false;
  }

  const PythonTypes& types_;
  Symbols& symbols_;
  Tree& tree_;
  FlatMap words_;
  std::uint32_t depth_ = 0;
  ErrorKind kind_ = ErrorKind::kInternal;
  std::string problem_ = "the syntax tree is malformed";
};

Node* Converter::convert(PyObject* object, Node* parent, Slot slot, Context context) {
  const std::optional<Kind> kind = types_.kind_of(object);
  if (!kind) {
    fail(ErrorKind::kUnsupported, "the program uses syntax newer than this analysis knows");
    return nullptr;
  }
  if (depth_ >= kMaxDepth || tree_.count() >= kMaxNodes) {
    fail(ErrorKind::kExhausted, "the program is nested too deeply or is too large to be analysed");
    return nullptr;
  }
  Node& node = tree_.append(*kind, object);
  node.parent = parent;
  node.slot = slot;
  node.context = context;
  ++depth_;
  const bool filled = fill(node, types_.of(*kind));
  --depth_;
  return filled ? &node : nullptr;
}

bool Converter::fill(Node& node, const PythonClass& python) {
  if (!python.unknown_field.empty()) {
    return fail(ErrorKind::kUnsupported,
                concat({"this Python's syntax trees have a part that this analysis does not know: ",
                        spec_of(node.kind).name, ".", python.unknown_field}));
  }
  const py::Ref dict = py::Ref::steal(PyObject_GenericGetDict(node.origin, nullptr));
  if (!dict) {
    return false;
  }
  Py_ssize_t at = 0;
  bool in_order = true;
  for (const Slot slot : python.slots) {
    PyObject* const name = python.by_slot[slot].get();
    PyObject* key = nullptr;
    PyObject* value = nullptr;
    in_order = in_order && PyDict_Next(dict.get(), &at, &key, &value) != 0 && key == name;
    if (!in_order) {
      value = PyDict_GetItemWithError(dict.get(), name);
    }
    const FieldSpec& spec = spec_of(node.kind).fields[slot];
    // An absent field is None: the classes' own default for what is optional.
    if (!fill_field(node, slot, spec, value != nullptr ? value : Py_None)) {
      return false;
    }
  }
  return true;
}

bool Converter::fill_field(Node& node, Slot slot, const FieldSpec& spec, PyObject* value) {
  Field& field = node.fields[slot];
  const bool passes_on =
      node.kind == Kind::kTuple || node.kind == Kind::kList || node.kind == Kind::kStarred;
  const Context context = passes_on ? node.context : spec.context;
  switch (spec.type) {
    case FieldType::kOne:
      return fill_one(node, slot, context, value);
    case FieldType::kList:
      return fill_list(node, slot, context, value);
    case FieldType::kWord:
      return read_word(value, field.word);
    case FieldType::kWords:
      return fill_words(field, value);
    case FieldType::kOperator:
      return fill_operator(field, value);
    case FieldType::kOperators:
      return fill_operators(field, value);
    case FieldType::kValue:
      return fill_constant(field, value);
    case FieldType::kNumber:
      return fill_number(field, value);
    case FieldType::kDropped:
      return true;
  }
  return false;
}

bool Converter::fill_one(Node& node, Slot slot, Context context, PyObject* value) {
  if (value == Py_None) {
    return true;
  }
  Node* child = convert(value, &node, slot, context);
  node.fields[slot].node = child;
  return child != nullptr;
}

bool Converter::fill_list(Node& node, Slot slot, Context context, PyObject* value) {
  const Py_ssize_t size = PyList_Size(value);
  if (size <= 0) {
    return size == 0;
  }
  Node** nodes = tree_.allocate<Node*>(static_cast<std::size_t>(size));
  for (Py_ssize_t i = 0; i < size; ++i) {
    PyObject* item = PyList_GetItem(value, i);
    nodes[i] = item == Py_None ? nullptr : convert(item, &node, slot, context);
    if (nodes[i] != nullptr) {
      nodes[i]->item = static_cast<std::uint32_t>(i);
    } else if (item != Py_None) {
      return false;
    }
  }
  node.fields[slot].nodes = nodes;
  node.fields[slot].size = static_cast<std::uint32_t>(size);
  return true;
}

bool Converter::read_word(PyObject* value, Symbol& word) {
  if (value == Py_None) {
    return true;
  }
  // The parser interns identifiers, so nearly always the address says it all.
  if (const std::int64_t known = words_.find(value); known >= 0) {
    word = static_cast<Symbol>(known);
    return true;
  }
  Py_ssize_t size = 0;
  const char* text = PyUnicode_AsUTF8AndSize(value, &size);
  if (text == nullptr) {
    return false;
  }
  word = symbols_.intern({text, static_cast<std::size_t>(size)});
  words_.put(value, word);
  return true;
}

bool Converter::fill_words(Field& field, PyObject* value) {
  const Py_ssize_t size = PyList_Size(value);
  if (size < 0) {
    return false;
  }
  field.words = tree_.allocate<Symbol>(static_cast<std::size_t>(size));
  field.size = static_cast<std::uint32_t>(size);
  for (Py_ssize_t i = 0; i < size; ++i) {
    field.words[i] = 0;
    if (!read_word(PyList_GetItem(value, i), field.words[i])) {
      return false;
    }
  }
  return true;
}

bool Converter::fill_operator(Field& field, PyObject* value) {
  const std::optional<Operator> op = types_.operator_of(value);
  field.op = op.value_or(Operator::kCount);
  return op.has_value() || fail(ErrorKind::kUnsupported, "the program uses an unknown operator");
}

bool Converter::fill_operators(Field& field, PyObject* value) {
  const Py_ssize_t size = PyList_Size(value);
  if (size < 0) {
    return false;
  }
  Operator* ops = tree_.allocate<Operator>(static_cast<std::size_t>(size));
  for (Py_ssize_t i = 0; i < size; ++i) {
    Field one{{nullptr}, 0};
    if (!fill_operator(one, PyList_GetItem(value, i))) {
      return false;
    }
    ops[i] = one.op;
  }
  field.ops = ops;
  field.size = static_cast<std::uint32_t>(size);
  return true;
}

bool Converter::fill_number(Field& field, PyObject* value) {
  const long number = value == Py_None ? 0 : PyLong_AsLong(value);
  field.number = static_cast<std::int32_t>(number);
  return number != -1 || PyErr_Occurred() == nullptr;
}

void read_text(PyObject* value, Constant& constant) {
  Py_ssize_t size = 0;
  const char* text = PyUnicode_AsUTF8AndSize(value, &size);
  if (text == nullptr) {
    PyErr_Clear();  // lone surrogates: no UTF-8, and no name of anything
    return;
  }
  constant.type = ConstantType::kText;
  constant.text = {text, static_cast<std::size_t>(size)};
}

void read_integer(PyObject* value, Constant& constant) {
  int overflow = 0;
  constant.integer = PyLong_AsLongLongAndOverflow(value, &overflow);
  constant.type = overflow == 0 ? ConstantType::kInteger : ConstantType::kOther;
}

void read_bytes(PyObject* value, Constant& constant) {
  char* bytes = nullptr;
  Py_ssize_t size = 0;
  if (PyBytes_AsStringAndSize(value, &bytes, &size) == 0) {
    constant.type = ConstantType::kBytes;
    constant.text = {bytes, static_cast<std::size_t>(size)};
  }
}

// Only neutralised trees hold frozen sets: no source text writes one.
void read_frozenset(PyObject* value, Constant& constant) {
  const py::Ref iterator = py::Ref::steal(PyObject_GetIter(value));
  const py::Ref item = py::Ref::steal(iterator ? PyIter_Next(iterator.get()) : nullptr);
  if (!item || !PyUnicode_Check(item.get())) {
    return;
  }
  read_text(item.get(), constant);  // `value` keeps the item alive
  constant.type = constant.text.starts_with(kPlaceholderMark) ? ConstantType::kPlaceholder
                                                              : ConstantType::kOther;
}

bool Converter::fill_constant(Field& field, PyObject* value) {
  Constant& constant = tree_.make_constant();
  field.constant = &constant;
  if (PyUnicode_CheckExact(value)) {
    read_text(value, constant);
  } else if (value == Py_None) {
    constant.type = ConstantType::kNone;
  } else if (value == Py_True || value == Py_False) {
    constant.type = value == Py_True ? ConstantType::kTrue : ConstantType::kFalse;
  } else if (PyLong_CheckExact(value)) {
    read_integer(value, constant);
  } else if (PyBytes_CheckExact(value)) {
    read_bytes(value, constant);
  } else if (PyFrozenSet_Check(value)) {
    read_frozenset(value, constant);
  }
  return PyErr_Occurred() == nullptr;
}

}  // namespace

Result<> convert(PyObject* root, const PythonTypes& types, Symbols& symbols, Tree& tree) {
  return Converter(types, symbols, tree).run(root);
}

}  // namespace pysb::analysis::ast
