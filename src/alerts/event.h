// A finding as an event for machines: the finding, the run it belongs to, and when it was heard.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "protocol/finding.h"

namespace pysb::alerts {

// One JSON object without line break: {"time": …, "run_id": …, "finding": {…}}.
std::string event_line(const protocol::Finding& finding, std::string_view run_id,
                       std::chrono::system_clock::time_point time);

}  // namespace pysb::alerts
