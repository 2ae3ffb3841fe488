// The options of a run, from the command line.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace pysb::cli {

struct RunOptions {
  std::string policy = "default";
  std::string python;               // "": the policy's or the installation's
  std::vector<std::string> limits;  // "wall=2s"
  bool json = false;
  bool quiet = false;
  bool interactive = false;
  std::optional<std::string> code;    // -c CODE
  std::optional<std::string> target;  // CODE, FILE or "-"
  std::vector<std::string> arguments;
};

// The options, or the exit status after --help, --version or a usage error (already printed).
std::variant<RunOptions, int> parse_options(const std::vector<std::string>& arguments);

}  // namespace pysb::cli
