// A run: one program, from its bytes to its end.
#pragma once

#include "guest/guest.h"

namespace pysb::guest {

// Ready to run, or the reason why it is not.
struct Program {
  protocol::Commit commit;
  std::vector<protocol::Finding> findings;
  py::Ref code;
};

// Decodes, analyses, compiles. A SyntaxError has been shown when the outcome is kSyntaxError.
Program load_program(Guest& guest);

// Runs it to the end of the process. Call with no Python frame running.
[[noreturn]] void run_program(Guest& guest, py::Ref code);

}  // namespace pysb::guest
