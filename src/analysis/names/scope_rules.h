// Python's rules of scopes: which nodes open one, what is evaluated where, what binds a name.
#pragma once

#include "analysis/ast/node.h"

namespace pysb::analysis::names {

bool is_function(const ast::Node& node);
bool is_comprehension(const ast::Node& node);

// Whether what fills `slot` of a scope-opening node is evaluated in the scope it opens.
bool inside(const ast::Node& opener, ast::Slot slot);

// The node in whose surroundings `node` is evaluated: its parent but for the parts of a function's
// signature and a comprehension's first iterable, which belong outside.
const ast::Node& surroundings(const ast::Node& node);

// Binds or deletes a name.
bool is_binder(const ast::Node& node);

// The statement that binds `binder` on every path through it, or null.
const ast::Node* certain_statement(const ast::Node& binder);

// A definition: what stands in it runs when something calls it.
bool runs_later(const ast::Node& statement);

}  // namespace pysb::analysis::names
