// The `builtins` module that the program sees: a copy of the real one with the guarded functions in
// it. The standard library keeps the real one, so that namedtuple, dataclasses and enum, which use
// exec, work as ever.
#pragma once

#include "guest/dynamic_code.h"
#include "guest/session_input.h"

namespace pysb::guest {

struct UserBuiltins {
  py::Ref module;
  py::Ref dict;

  // `dynamic` guards eval, exec and compile, `input` answers input() in a session; null: as in
  // Python. Both outlive the module. Puts it into sys.modules.
  static Result<UserBuiltins> create(const Originals& originals, DynamicCode* dynamic,
                                     SessionInput* input);
};

// What the module `site`, which is never loaded, adds to the real builtins: exit, quit, help.
Result<> add_site_builtins(const Originals& originals);

}  // namespace pysb::guest
