// One walk over a Python syntax tree that makes the C++ view of it.
#pragma once

#include "analysis/ast/python_types.h"
#include "analysis/ast/symbols.h"
#include "analysis/ast/tree.h"
#include "base/error.h"

namespace pysb::analysis::ast {

// Deepest nesting that is analysed. CPython 3.11 itself compiles no tree deeper than 3000
// (recursion limit 1000 times its compiler's COMPILER_STACK_FRAME_SCALE 3).
inline constexpr std::uint32_t kMaxDepth = 3000;
inline constexpr std::uint32_t kMaxNodes = 8'000'000;

// Fills an empty tree from an ast.Module, ast.Interactive or ast.Expression, which must outlive it.
// Fails (kUnsupported) on node classes or fields that nodes.def lacks, (kExhausted) on trees too
// deep or too large. Never leaves a Python error set.
Result<> convert(PyObject* root, const PythonTypes& types, Symbols& symbols, Tree& tree);

}  // namespace pysb::analysis::ast
