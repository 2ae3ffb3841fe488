// The tables of nodes.def as data: the name of each kind and the type of each field.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "analysis/ast/node.h"

namespace pysb::analysis::ast {

enum class FieldType : std::uint8_t {
  kOne,
  kList,
  kWord,
  kWords,
  kOperator,
  kOperators,
  kValue,
  kNumber,
  kDropped,
};

struct FieldSpec {
  const char* name = nullptr;
  FieldType type = FieldType::kDropped;
  Context context = Context::kLoad;
  bool since = false;  // older versions lack it
};

struct KindSpec {
  const char* name = nullptr;
  std::span<const FieldSpec> fields;
  std::size_t used = 0;  // so many fields lie before the dropped ones at the end
};

const KindSpec& spec_of(Kind kind);
const char* name_of(Operator op);

}  // namespace pysb::analysis::ast
