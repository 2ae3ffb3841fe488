#include "cli/context.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "base/text.h"

namespace pysb::cli {
namespace {

bool is_path(const std::string& text) {
  return text.find('/') != std::string::npos || text.ends_with(".yaml") || text.ends_with(".yml") ||
         ::access(text.c_str(), F_OK) == 0;
}

}  // namespace

void say(std::string_view line) {
  std::fprintf(stderr, "%.*s\n", static_cast<int>(line.size()), line.data());
}

bool wants_colour() { return ::isatty(STDERR_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr; }

engine::OutputTarget output_to(int fd) {
  return {.fd = fd, .terminal = ::isatty(fd) != 0, .capture = nullptr};
}

int report(const Error& error) {
  say("py_sandbox: error: " + escape_line(error.to_string()));
  if (!error.remedy().empty()) {
    say("py_sandbox: hint: " + escape_line(error.remedy()));
  }
  return kOurFailure;
}

int report(const std::vector<policy::Diagnostic>& diagnostics) {
  for (const auto& diagnostic : diagnostics) {
    say("py_sandbox: policy error: " + escape_line(policy::to_string(diagnostic)));
  }
  return kOurFailure;
}

policy::LoadResult load_policy(const Context& context, const std::string& name_or_path) {
  return is_path(name_or_path) ? policy::load_file(name_or_path, context.installation.preset_dir)
                               : policy::load_preset(name_or_path, context.installation.preset_dir);
}

}  // namespace pysb::cli
