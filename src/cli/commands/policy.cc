// `py_sandbox policy lint FILE…`: says what is wrong with policies, without running anything.
#include <cstdio>

#include "base/text.h"
#include "cli/command.h"

namespace pysb::cli {
namespace {

int usage() {
  std::fputs(
      "Usage: py_sandbox policy lint POLICY...\n\n"
      "Checks each policy (a YAML file or a preset) with all that it extends. Prints every\n"
      "problem as file:line:col; the exit status is 125 when there is one.\n",
      stderr);
  return kOurFailure;
}

int lint(const Context& context, const std::vector<std::string>& names) {
  int status = 0;
  for (const auto& name : names) {
    const policy::LoadResult loaded = load_policy(context, name);
    if (loaded.ok()) {
      std::printf("%s: ok\n", escape_line(name).c_str());
    } else {
      status = report(loaded.diagnostics);
    }
  }
  return status;
}

int run_policy(const Context& context, std::vector<std::string> arguments) {
  if (arguments.size() < 2 || arguments.front() != "lint") {
    return usage();
  }
  arguments.erase(arguments.begin());
  return lint(context, arguments);
}

}  // namespace
}  // namespace pysb::cli

PYSB_COMMAND_DEFINITION(policy) = {
    .name = "policy", .summary = "lint: check a policy file", .run = pysb::cli::run_policy};
