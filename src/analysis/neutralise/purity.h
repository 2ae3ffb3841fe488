// Which parts of an expression must still be evaluated when the expression itself goes.
#pragma once

#include <vector>

#include "analysis/ast/node.h"

namespace pysb::analysis::neutralise {

// True when evaluating it does nothing but give a value.
bool is_pure(const ast::Node& expression);

// The operands of a use that goes away, as far as their evaluation matters, in order.
std::vector<ast::Node*> operands_to_keep(const ast::Node& use);

}  // namespace pysb::analysis::neutralise
