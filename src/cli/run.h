// `py_sandbox CODE | FILE | -`: one run, from the command line to the exit status.
#pragma once

#include "cli/context.h"
#include "cli/options.h"

namespace pysb::cli {

int run(const Context& context, const RunOptions& options);

}  // namespace pysb::cli
