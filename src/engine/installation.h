// Where the parts of an installed py_sandbox lie, found from the binary itself without starting
// Python: a venv, a --user or pipx installation, Debian's dist-packages, or a build directory.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace pysb::engine {

struct Installation {
  std::string guest_module;  // …/py_sandbox/_guest.abi3.so
  std::string preset_dir;    // …/py_sandbox/policies
  std::string
      interpreter;  // the Python that py_sandbox was installed with; "" in a build directory
};

// The installation that `binary` (an absolute path, links resolved) belongs to. The error lists the
// places that were looked at.
Result<Installation> find_installation(std::string_view binary);

// The interpreter in the first line of a script ("#!/usr/bin/python3", also pip's "#!/bin/sh" form
// for long paths); "" when there is none.
std::string interpreter_of_script(std::string_view text);

}  // namespace pysb::engine
