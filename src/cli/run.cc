#include "cli/run.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "alerts/alerts.h"
#include "alerts/console.h"
#include "base/text.h"
#include "cli/result_json.h"
#include "cli/setup.h"
#include "engine/run.h"

namespace pysb::cli {
namespace {

using protocol::RunResult;
using protocol::Verdict;

bool exists(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0;
}

Result<engine::Program> program_of(const RunOptions& options) {
  if (options.code) {
    return engine::program_from_text(*options.code, options.arguments);
  }
  const std::string& target = *options.target;
  if (target == "-") {
    return engine::program_from_stream(STDIN_FILENO, options.arguments);
  }
  if (exists(target)) {
    return engine::program_from_file(target, options.arguments);
  }
  if (target.ends_with(".py")) {
    return Error(ErrorKind::kInvalidInput, target + ": no such file")
        .remedy("program text goes as it is, or after -c");
  }
  return engine::program_from_text(target, options.arguments);
}

// Why the run ended, where the program could not say it itself.
std::string ending(const RunResult& result, const policy::Limits& limits) {
  switch (result.verdict) {
    case Verdict::kTimeout:
      return concat({"killed: the wall-clock limit of ", std::to_string(limits.wall.count()),
                     " ms is over (--limit wall=…)"});
    case Verdict::kCpuLimit:
      return concat({"killed: the CPU limit of ", std::to_string(limits.cpu.count()),
                     " ms is used up (--limit cpu=…)"});
    case Verdict::kOutputLimit:
      return concat({"killed: it printed more than ", std::to_string(limits.output),
                     " bytes (--limit output=…)"});
    case Verdict::kViolationLimit:
      return concat({"killed: it did more than ", std::to_string(limits.violations),
                     " denied things (--limit violations=…)"});
    case Verdict::kBlocked:
    case Verdict::kKilled:
    case Verdict::kInternalError:
      return result.error;
    default:
      return {};
  }
}

void tell_ending(const RunResult& result, const policy::Limits& limits) {
  if (const std::string text = ending(result, limits); !text.empty()) {
    say("py_sandbox: " + escape_line(text));
  }
}

void tell_left_behind(const RunResult& result) {
  if (result.left_behind.empty()) {
    return;
  }
  std::string names;
  for (const auto& name : result.left_behind) {
    names.append(names.empty() ? "" : ", ").append(escape_line(name, 200));
  }
  const std::uint64_t more = result.left_behind_total - result.left_behind.size();
  if (more > 0) {
    names += concat({" and ", std::to_string(more), " more"});
  }
  say("py_sandbox: left in the working directory and gone with it: " + names);
}

void tell_failures(const alerts::Alerts& alerts) {
  for (const auto& failure : alerts.failures()) {
    say("py_sandbox: an alert could not be written: " + escape_line(failure));
  }
}

int print_json(const RunResult& result, const policy::Policy& policy) {
  const std::string line = result_json(result, policy::digest(policy));
  std::printf("%s\n", line.c_str());
  return std::fflush(stdout) == 0 ? exit_status(result) : kOurFailure;
}

}  // namespace

int run(const Context& context, const RunOptions& options) {
  auto prepared = make_setup(context, options);
  if (const int* status = std::get_if<int>(&prepared)) {
    return *status;
  }
  const Setup& setup = std::get<Setup>(prepared);
  const auto program = program_of(options);
  if (!program) {
    return report(program.error());
  }
  const auto run_id = engine::new_run_id();
  if (!run_id) {
    return report(run_id.error());
  }
  auto alerts = alerts::Alerts::open(setup.policy.sinks, *run_id);
  if (!alerts) {
    return report(alerts.error());
  }

  std::string captured_output;
  std::string captured_error;
  const bool lines = !options.quiet && !options.json;
  const bool colour = wants_colour();
  engine::RunOptions how;
  how.standard_output =
      options.json ? engine::OutputTarget{.capture = &captured_output} : output_to(STDOUT_FILENO);
  how.standard_error =
      options.json ? engine::OutputTarget{.capture = &captured_error} : output_to(STDERR_FILENO);
  // A program that came on standard input has used it up.
  how.standard_input = options.target == "-" ? -1 : STDIN_FILENO;
  how.on_finding = [&](const protocol::Finding& finding) {
    alerts->tell(finding);
    if (lines) {
      say(alerts::console_line(finding, colour));
    }
  };
  auto result = engine::run_program(setup.policy, context.installation, setup.interpreter, *program,
                                    *run_id, how);
  if (!result) {
    return report(result.error());
  }
  tell_failures(*alerts);
  if (options.json) {
    result->standard_output = std::move(captured_output);
    result->standard_error = std::move(captured_error);
    return print_json(*result, setup.policy);
  }
  tell_ending(*result, setup.policy.limits);
  tell_left_behind(*result);
  return exit_status(*result);
}

}  // namespace pysb::cli
