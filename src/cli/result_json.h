// A run's result as one JSON object: the schema of `--json`.
#pragma once

#include <string>
#include <string_view>

#include "protocol/run_result.h"

namespace pysb::cli {

// One line, without its end. Output that is not UTF-8 stands in stdout_base64 / stderr_base64.
std::string result_json(const protocol::RunResult& result, std::string_view policy_hash);

}  // namespace pysb::cli
