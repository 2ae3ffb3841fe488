// Findings for people and machines, made from detections.
#pragma once

#include <vector>

#include "analysis/analysis.h"
#include "analysis/checks/denial.h"
#include "analysis/names/program.h"

namespace pysb::analysis {

// In source order.
std::vector<protocol::Finding> report(const std::vector<checks::Detection>& detections,
                                      const names::Tables& tables, const Unit& unit);

}  // namespace pysb::analysis
