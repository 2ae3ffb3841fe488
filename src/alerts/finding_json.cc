#include "alerts/finding_json.h"

#include <nlohmann/json.hpp>

namespace pysb::alerts {

nlohmann::ordered_json to_json(const protocol::Finding& finding) {
  return {{"rule", finding.rule},
          {"severity", name_of(finding.severity)},
          {"message", finding.message},
          {"subject", finding.subject},
          {"action", name_of(finding.action)},
          {"layer", name_of(finding.layer)},
          {"origin", name_of(finding.origin)},
          {"count", finding.count},
          {"file", finding.file},
          {"line", finding.line},
          {"column", finding.column},
          {"end_line", finding.end_line},
          {"end_column", finding.end_column},
          {"source", finding.source},
          {"hint", finding.hint}};
}

std::string one_line(const nlohmann::ordered_json& value) {
  return value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace pysb::alerts
