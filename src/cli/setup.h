// What a run and a session need alike before they start: the policy with its overrides, and the
// interpreter.
#pragma once

#include <variant>

#include "cli/context.h"
#include "cli/options.h"
#include "engine/interpreter.h"
#include "policy/policy.h"

namespace pysb::cli {

struct Setup {
  policy::Policy policy;
  engine::Interpreter interpreter;
};

// The setup, or the exit status after what is wrong was printed.
std::variant<Setup, int> make_setup(const Context& context, const RunOptions& options);

}  // namespace pysb::cli
