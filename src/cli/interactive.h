// `py_sandbox -i`: an interpreter for people, one jailed process for the whole session.
#pragma once

#include "cli/context.h"
#include "cli/options.h"

namespace pysb::cli {

int interactive(const Context& context, const RunOptions& options);

}  // namespace pysb::cli
