// nodes.def and operators.def, expanded into tables.
#include "analysis/ast/grammar.h"

namespace pysb::analysis::ast {
namespace {

// The empty element at the end lets a kind have no fields.
#define ONE(f) FieldSpec{#f, FieldType::kOne, Context::kLoad, false},
#define LIST(f) FieldSpec{#f, FieldType::kList, Context::kLoad, false},
#define WORD(f) FieldSpec{#f, FieldType::kWord, Context::kLoad, false},
#define WORDS(f) FieldSpec{#f, FieldType::kWords, Context::kLoad, false},
#define OP(f) FieldSpec{#f, FieldType::kOperator, Context::kLoad, false},
#define OPS(f) FieldSpec{#f, FieldType::kOperators, Context::kLoad, false},
#define VALUE(f) FieldSpec{#f, FieldType::kValue, Context::kLoad, false},
#define NUMBER(f) FieldSpec{#f, FieldType::kNumber, Context::kLoad, false},
#define STORE(f) FieldSpec{#f, FieldType::kOne, Context::kStore, false},
#define STORES(f) FieldSpec{#f, FieldType::kList, Context::kStore, false},
#define DELETES(f) FieldSpec{#f, FieldType::kList, Context::kDelete, false},
#define DROP(f) FieldSpec{#f, FieldType::kDropped, Context::kLoad, false},
#define SINCE(f) FieldSpec{#f, FieldType::kList, Context::kLoad, true},
#define SINCE_ONE(f) FieldSpec{#f, FieldType::kOne, Context::kLoad, true},
#define NODE(Name, python, ...) constexpr FieldSpec k##Name##Fields[] = {__VA_ARGS__ FieldSpec{}};
#include "analysis/ast/nodes.def"
#undef NODE
#include "analysis/ast/undefine_fields.h"

template <std::size_t N>
constexpr KindSpec spec(const char* name, const FieldSpec (&fields)[N]) {
  std::size_t used = N - 1;
  while (used > 0 && fields[used - 1].type == FieldType::kDropped) {
    --used;
  }
  return {name, {fields, N - 1}, used};
}

constexpr KindSpec kKinds[] = {
#define NODE(Name, python, ...) spec(python, k##Name##Fields),
#include "analysis/ast/nodes.def"
#undef NODE
};

constexpr const char* kOperators[] = {
#define OPERATOR(Name) #Name,
#include "analysis/ast/operators.def"
#undef OPERATOR
};

}  // namespace

const KindSpec& spec_of(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

const char* name_of(Operator op) { return kOperators[static_cast<std::size_t>(op)]; }

}  // namespace pysb::analysis::ast
