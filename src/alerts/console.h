// A finding as one line for a person at a terminal.
#pragma once

#include <string>

#include "protocol/finding.h"

namespace pysb::alerts {

// "py_sandbox: prog.py:3:1: call.denied: os.system removed | os.system("id")", without its line
// end. All text of the program is escaped. Colours only when asked for: the caller knows the
// terminal.
std::string console_line(const protocol::Finding& finding, bool colour);

}  // namespace pysb::alerts
