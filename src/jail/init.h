// The jail's pid 1: our own code, forked from the supervisor, never exec'd. Builds the jail, starts
// the interpreter, waits for it, ends what it left, reports.
#pragma once

#include "jail/steps/step.h"

namespace pysb::jail {

// Runs in the child of clone_process and does not return. `go` is readable once the id maps stand.
[[noreturn]] void run_init(Build build, int go);

}  // namespace pysb::jail
