#include "cli/setup.h"

namespace pysb::cli {
namespace {

// --python, then the policy, then what py_sandbox was installed with; a build directory has none.
std::string interpreter_command(const Context& context, const RunOptions& options,
                                const policy::Policy& policy) {
  if (!options.python.empty()) {
    return options.python;
  }
  if (!policy.python.interpreter.empty()) {
    return policy.python.interpreter;
  }
  const std::string& installed = context.installation.interpreter;
  return installed.empty() ? "python3" : installed;
}

}  // namespace

std::variant<Setup, int> make_setup(const Context& context, const RunOptions& options) {
  policy::LoadResult loaded = load_policy(context, options.policy);
  if (!loaded.ok()) {
    return report(loaded.diagnostics);
  }
  Setup setup{.policy = std::move(loaded.policy), .interpreter = {}};
  for (const auto& limit : options.limits) {
    if (const auto overridden = policy::override_limit(setup.policy, limit); !overridden) {
      return report(overridden.error());
    }
  }
  auto interpreter =
      engine::describe_interpreter(interpreter_command(context, options, setup.policy));
  if (!interpreter) {
    return report(interpreter.error());
  }
  setup.interpreter = *std::move(interpreter);
  return setup;
}

}  // namespace pysb::cli
