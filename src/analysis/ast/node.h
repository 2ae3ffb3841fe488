// Node: the C++ view of one node of Python's syntax tree. Which fields a kind has is in nodes.def;
// `at::Call::func` is the slot of a field. No C API here: `origin` is only carried along.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "analysis/ast/symbols.h"

struct _object;  // PyObject, NOLINT(bugprone-reserved-identifier): CPython's own name

namespace pysb::analysis::ast {

enum class Kind : std::uint8_t {
#define NODE(Name, python, ...) k##Name,
#include "analysis/ast/nodes.def"
#undef NODE
  kCount,
};

enum class Operator : std::uint8_t {
#define OPERATOR(Name) k##Name,
#include "analysis/ast/operators.def"
#undef OPERATOR
  kCount,
};

enum class Context : std::uint8_t { kLoad, kStore, kDelete };

using Slot = std::uint8_t;

// The slots of each kind, spelt as in Python's grammar.
namespace at {
#define ONE(field) field,
#define LIST(field) field,
#define WORD(field) field,
#define WORDS(field) field,
#define OP(field) field,
#define OPS(field) field,
#define VALUE(field) field,
#define NUMBER(field) field,
#define STORE(field) field,
#define STORES(field) field,
#define DELETES(field) field,
#define DROP(field) field,
#define SINCE(field) field,
#define SINCE_ONE(field) field,
#define NODE(Name, python, ...)             \
  struct Name {                             \
    enum : Slot { __VA_ARGS__ kSlotCount }; \
  };
#include "analysis/ast/nodes.def"
#undef NODE
#include "analysis/ast/undefine_fields.h"
}  // namespace at

enum class ConstantType : std::uint8_t {
  kNone,
  kTrue,
  kFalse,
  kInteger,  // fits 64 bits
  kText,     // UTF-8
  kBytes,
  kPlaceholder,  // frozenset({text}): a helper's place, see analysis.h
  kOther,        // float, complex, Ellipsis, large integers, text with surrogates
};

struct Constant {
  ConstantType type = ConstantType::kOther;
  std::string_view text;  // kText, kBytes, kPlaceholder
  std::int64_t integer = 0;
};

struct Node;

// One field's content; its slot's type in nodes.def says which member holds.
struct Field {
  union {
    Node* node;
    Node** nodes;
    Symbol word;
    Symbol* words;
    Operator op;
    Operator* ops;
    const Constant* constant;
    std::int32_t number;
  };
  std::uint32_t size;
};

struct Node {
  Kind kind;
  Context context;      // of expressions: is it read, bound or deleted here
  Slot slot;            // the parent's field that holds it
  bool dirty;           // it or something below it differs from `origin`
  std::uint32_t index;  // in the tree's order: a parent before its children
  std::uint32_t item;   // its place in the parent's list
  Node* parent;         // null for the root
  _object* origin;      // the Python object it was made from, borrowed; null for new nodes
  _object* place;       // the Python object whose position it has
  Field* fields;

  Node* one(Slot field) const { return fields[field].node; }
  std::span<Node* const> list(Slot field) const {
    return {fields[field].nodes, fields[field].size};
  }
  Symbol word(Slot field) const { return fields[field].word; }
  std::span<const Symbol> words(Slot field) const {
    return {fields[field].words, fields[field].size};
  }
  Operator op(Slot field) const { return fields[field].op; }
  std::span<const Operator> ops(Slot field) const {
    return {fields[field].ops, fields[field].size};
  }
  const Constant& constant(Slot field) const { return *fields[field].constant; }
  std::int32_t number(Slot field) const { return fields[field].number; }

  bool is(Kind wanted) const { return kind == wanted; }
  bool loads() const { return context == Context::kLoad; }
  // True when this node fills that field of a parent of that kind.
  bool fills(Kind of_parent, Slot field) const {
    return parent != nullptr && parent->kind == of_parent && slot == field;
  }
};

}  // namespace pysb::analysis::ast
