// A subcommand: one file in commands/, one object named like the file. The table of them is
// generated.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/context.h"

namespace pysb::cli {

struct Command {
  std::string_view name;     // as typed: "policy"
  std::string_view summary;  // one line for --help
  // Arguments after the name. Returns the exit status.
  int (*run)(const Context& context, std::vector<std::string> arguments);
};

std::span<const Command* const> all_commands();

}  // namespace pysb::cli

// PYSB_COMMAND_DEFINITION(policy) = {.name = "policy", …};
#define PYSB_COMMAND_DEFINITION(id) \
  namespace pysb::cli::commands {   \
  extern const Command id;          \
  }                                 \
  const ::pysb::cli::Command pysb::cli::commands::id
