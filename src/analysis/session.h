// What an input of a session leaves behind for the inputs after it.
#pragma once

#include "analysis/names/evaluator.h"

namespace pysb::analysis {

// Adds the module's own bindings to the session. Functions and classes of the program are then only
// known to be something of the program's own: their trees do not outlive their input.
void keep_bindings(names::Evaluator& evaluator);

// True when some earlier input left an inert value behind.
bool session_holds_inert(const names::Tables& tables);

}  // namespace pysb::analysis
