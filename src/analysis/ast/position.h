// Where a node stands in the source, read from the Python tree only when somebody asks.
#pragma once

#include <cstdint>

#include "analysis/ast/node.h"

namespace pysb::analysis::ast {

// As CPython counts: lines from 1, columns from 0 in UTF-8 bytes. All 0 for nodes without a
// position.
struct Position {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;
};

Position position_of(const Node& node);

}  // namespace pysb::analysis::ast
