#include "cli/options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <string_view>

#include "base/text.h"
#include "cli/command.h"
#include "cli/version.h"

namespace pysb::cli {
namespace {

constexpr std::array<std::string_view, 5> kWithValue = {"-p", "--policy", "--limit", "--python",
                                                        "-c"};

// Everything after the program belongs to the program, so our options end where it begins: at the
// first argument that is no option, after -c CODE, or at "--".
struct Split {
  std::vector<std::string> ours;
  std::vector<std::string> theirs;
};

Split split(const std::vector<std::string>& arguments) {
  std::size_t at = 0;
  while (at < arguments.size()) {
    const std::string& argument = arguments[at];
    if (argument == "--") {
      return {{arguments.begin(), arguments.begin() + static_cast<std::ptrdiff_t>(at)},
              {arguments.begin() + static_cast<std::ptrdiff_t>(at) + 1, arguments.end()}};
    }
    if (argument == "-" || !argument.starts_with("-")) {
      break;
    }
    const bool with_value =
        std::find(kWithValue.begin(), kWithValue.end(), argument) != kWithValue.end();
    at += with_value ? 2 : 1;
    if (argument == "-c") {
      break;
    }
  }
  at = std::min(at, arguments.size());
  const auto middle = arguments.begin() + static_cast<std::ptrdiff_t>(at);
  return {{arguments.begin(), middle}, {middle, arguments.end()}};
}

std::string footer() {
  std::string text =
      "\nCODE | FILE | -   a Python program as text, as a file, or on standard input. What exists "
      "as\n"
      "                  a file is a file; a name that ends in .py is never taken for code.\n"
      "ARGS              go to the program as sys.argv[1:]\n\nCommands:\n";
  for (const Command* command : all_commands()) {
    text += concat({"  ", command->name, "  ", command->summary, "\n"});
  }
  text +=
      "\nExit status: the program's own; 124 when its time is over, 137 when it was killed, 126 "
      "when\n"
      "the policy blocks it, 125 when py_sandbox cannot do its work.\n\n"
      "Examples:\n"
      "  py_sandbox \"print('Hello World')\"\n"
      "  py_sandbox --limit wall=2s --limit memory=128MiB script.py input.txt\n"
      "  py_sandbox --policy my.yaml --json script.py\n"
      "  echo 'print(6 * 7)' | py_sandbox -\n"
      "  py_sandbox -i";
  return text;
}

class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_usage(const CLI::App* /*app*/, std::string /*name*/) const override {
    return "Usage: py_sandbox [OPTIONS] CODE | FILE | - [ARGS...]\n       py_sandbox [OPTIONS] "
           "-i\n";
  }
};

void declare(CLI::App& app, RunOptions& options) {
  app.formatter(std::make_shared<HelpFormatter>());
  app.footer(footer());
  app.set_version_flag("--version", std::string(kVersion));
  app.add_option("-p,--policy", options.policy,
                 "Policy: a YAML file, or a preset (default, strict, data-science, judge)");
  app.add_option("-c", options.code, "Program text, even if a file of that name exists")
      ->type_name("CODE");
  app.add_flag("-i", options.interactive, "Interactive: one jailed session, prompt `sandbox$ `");
  app.add_option("--limit", options.limits,
                 "Override a limit: wall=2s, cpu=1s, memory=128MiB, output=1MiB ... (repeatable)")
      ->type_name("NAME=VALUE")
      ->allow_extra_args(false);
  app.add_option("--python", options.python,
                 "Interpreter to run the program with (CPython 3.10 to 3.13)")
      ->type_name("PATH");
  app.add_flag("--json", options.json, "Print one JSON object with the result instead");
  app.add_flag("--quiet", options.quiet, "No line on standard error for each finding");
}

int usage_error(std::string_view message) {
  std::fprintf(stderr, "py_sandbox: error: %.*s\npy_sandbox: hint: see py_sandbox --help\n",
               static_cast<int>(message.size()), message.data());
  return 125;
}

}  // namespace

std::variant<RunOptions, int> parse_options(const std::vector<std::string>& arguments) {
  RunOptions options;
  auto [ours, theirs] = split(arguments);
  CLI::App app(
      "Runs Python code that nobody trusts: what the policy calls harmful is removed and "
      "reported, the rest runs in a jail.",
      "py_sandbox");
  declare(app, options);
  std::reverse(ours.begin(), ours.end());  // CLI11 takes a vector from its end
  try {
    app.parse(std::move(ours));
  } catch (const CLI::CallForHelp& help) {
    return app.exit(help);
  } catch (const CLI::CallForVersion&) {
    std::printf("py_sandbox %.*s\n", static_cast<int>(kVersion.size()), kVersion.data());
    return 0;
  } catch (const CLI::ParseError& error) {
    return usage_error(error.what());
  }
  if (!options.code && !theirs.empty()) {
    options.target = theirs.front();
    theirs.erase(theirs.begin());
  }
  options.arguments = std::move(theirs);
  if (options.interactive && (options.code || options.target)) {
    return usage_error("-i takes no program");
  }
  if (options.interactive && options.json) {
    return usage_error("-i and --json do not go together");
  }
  if (!options.interactive && !options.code && !options.target) {
    return usage_error("no program: give CODE, FILE or -");
  }
  return options;
}

}  // namespace pysb::cli
