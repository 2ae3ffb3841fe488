// The JSON form of a finding, as results and alerts carry it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "protocol/finding.h"

namespace pysb::alerts {

nlohmann::ordered_json to_json(const protocol::Finding& finding);

// One line of JSON. Text that is not UTF-8 has U+FFFD in its place; the line holds no line break.
std::string one_line(const nlohmann::ordered_json& value);

}  // namespace pysb::alerts
