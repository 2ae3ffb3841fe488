// Hands each finding to the sinks that the policy names.
#pragma once

#include <string>
#include <vector>

#include "alerts/sinks/file.h"
#include "base/error.h"
#include "policy/policy.h"
#include "protocol/finding.h"

namespace pysb::alerts {

class Alerts {
 public:
  // Opens every sink before anything runs: one that cannot take alerts is an error, not a silence.
  static Result<Alerts> open(const std::vector<policy::FileSink>& sinks, std::string run_id);

  // Delivers to all sinks. Those that failed are in failures().
  void tell(const protocol::Finding& finding);

  const std::vector<std::string>& failures() const { return failures_; }

 private:
  explicit Alerts(std::string run_id) : run_id_(std::move(run_id)) {}
  std::string run_id_;
  std::vector<FileSink> sinks_;
  std::vector<std::string> failures_;
};

}  // namespace pysb::alerts
