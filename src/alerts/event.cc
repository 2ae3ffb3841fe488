#include "alerts/event.h"

#include <nlohmann/json.hpp>

#include "alerts/finding_json.h"
#include "base/timestamp.h"

namespace pysb::alerts {

std::string event_line(const protocol::Finding& finding, std::string_view run_id,
                       std::chrono::system_clock::time_point time) {
  return one_line({{"time", timestamp(time)}, {"run_id", run_id}, {"finding", to_json(finding)}});
}

}  // namespace pysb::alerts
