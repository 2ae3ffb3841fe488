// Which statements can run code of the program: calls, operators, attribute access.
#pragma once

#include "analysis/ast/node.h"

namespace pysb::analysis::names {

// False only for statements during which no function of the program can be called: definitions
// without decorators, imports, assignments of names and literals.
bool has_effect(const ast::Node& statement);

}  // namespace pysb::analysis::names
