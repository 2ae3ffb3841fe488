// What a jail has to show of a Python interpreter: asked of the interpreter itself once, then
// cached.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "jail/jail.h"

namespace pysb::engine {

struct Interpreter {
  std::string executable;              // sys.executable
  std::string real_executable;         // links resolved
  std::string version;                 // "3.11.2"
  std::vector<std::string> sys_path;   // with site-packages and what .pth files add
  std::vector<std::string> stdlib;     // directories of the standard library
  std::vector<std::string> libraries;  // shared objects it maps, links resolved
  std::string venv_config;             // pyvenv.cfg, "" outside a venv
};

// Describes the interpreter at `command` (a path, or a name looked up in PATH). Runs it once with
// its packages visible and outside the jail, so it must be trusted; the answer is kept in the
// user's cache directory until one of its directories changes.
Result<Interpreter> describe_interpreter(std::string_view command);

// The binds and links with which the interpreter, its standard library and its packages appear in
// the jail under their own names. `packages`: globs of import names; {"*"} is all of them.
void expose_interpreter(const Interpreter& interpreter, const std::vector<std::string>& packages,
                        jail::Need& need);

}  // namespace pysb::engine
