// One program, one jail, one result.
#pragma once

#include <functional>
#include <string>

#include "base/error.h"
#include "engine/installation.h"
#include "engine/interpreter.h"
#include "engine/program.h"
#include "engine/stream.h"
#include "policy/policy.h"
#include "protocol/run_result.h"

namespace pysb::engine {

struct RunOptions {
  OutputTarget standard_output;
  OutputTarget standard_error;
  int standard_input = -1;
  std::function<void(const protocol::Finding&)> on_finding;
};

// 128 random bits in hexadecimal.
Result<std::string> new_run_id();

// Runs the program under the policy. An Error means that we could not do our job (host,
// installation); whatever the program did, even a crash, is a RunResult. SIGINT goes to the program
// once; a second one, SIGTERM and SIGHUP end it.
Result<protocol::RunResult> run_program(const policy::Policy& policy,
                                        const Installation& installation,
                                        const Interpreter& interpreter, const Program& program,
                                        const std::string& run_id, const RunOptions& options);

}  // namespace pysb::engine
