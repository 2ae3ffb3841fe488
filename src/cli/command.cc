#include "cli/command.h"

namespace pysb::cli {

namespace commands {
#define PYSB_COMMAND(name) extern const Command name;
#include "cli/commands.inc"
#undef PYSB_COMMAND
}  // namespace commands

std::span<const Command* const> all_commands() {
  static constexpr const Command* kCommands[] = {
#define PYSB_COMMAND(name) &commands::name,
#include "cli/commands.inc"
#undef PYSB_COMMAND
  };
  return kCommands;
}

}  // namespace pysb::cli
