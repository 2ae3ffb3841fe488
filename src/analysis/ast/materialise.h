// Carries the edits of a Tree over to the Python tree it came from: only what changed is touched.
#pragma once

#include "analysis/ast/python_types.h"
#include "analysis/ast/symbols.h"
#include "analysis/ast/tree.h"
#include "base/error.h"

namespace pysb::analysis::ast {

// Updates the original objects in place and builds new ones for new nodes, with the positions of
// the nodes they stand for. A Python error (out of memory) is cleared and becomes an Error; the
// Python tree is then half changed and must not be used.
Result<> materialise(Tree& tree, const PythonTypes& types, const Symbols& symbols);

}  // namespace pysb::analysis::ast
