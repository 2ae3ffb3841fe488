// Takes out of the tree what was detected, and lowers what the inert value cannot do by itself.
//
// The harmful operation does not happen, everything else is evaluated as before, in the same order
// and at the same position; no binding goes away.
#pragma once

#include <vector>

#include "analysis/checks/checks.h"
#include "analysis/names/evaluator.h"
#include "analysis/neutralise/builder.h"

namespace pysb::analysis::neutralise {

// Places where the inert value may arrive and needs help: `not`, `in`, `is`, unpacking, `+=`,
// `raise`, `except`, `assert`, decorators, class keywords, class patterns. Runs before `remove`, on
// a tree without edits.
void lower(names::Evaluator& evaluator, const std::vector<checks::Detection>& detections,
           Builder& builder);

// Carries out the actions of the detections, and the redirects.
void remove(const checks::Checks& checks, names::Evaluator& evaluator, Builder& builder);

// imports.cc: the import statements among them.
void remove_imports(const checks::Checks& checks, names::Evaluator& evaluator, Builder& builder);

// patterns.cc: makes a case pattern that holds `part` never match: its alternative, or its case.
void drop_pattern(const Node& part, Builder& builder);
// True for an expression or pattern inside a case pattern (not its guard).
bool is_in_pattern(const Node& node);

// What to call in the place of a denied use.
Helper helper_for(const checks::Denial& denial, const names::Tables& tables);
HelperKind dynamic_helper(names::NameId target, const names::Tables& tables);

}  // namespace pysb::analysis::neutralise
