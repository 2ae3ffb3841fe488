// From a policy, an interpreter and a program to what the jail needs and what the guest is asked.
#pragma once

#include "base/error.h"
#include "engine/installation.h"
#include "engine/interpreter.h"
#include "engine/program.h"
#include "jail/jail.h"
#include "policy/policy.h"
#include "protocol/request.h"

namespace pysb::engine {

// Everything that one guest is started with.
struct Launch {
  jail::Need need;
  protocol::Request request;
};

// For a run of `program`, or for an interactive session (an empty program).
Result<Launch> make_launch(const policy::Policy& policy, const Installation& installation,
                           const Interpreter& interpreter, const Program& program,
                           protocol::Mode mode);

}  // namespace pysb::engine
