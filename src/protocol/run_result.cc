#include "protocol/run_result.h"

#include <array>

namespace pysb::protocol {

std::string_view name_of(Verdict verdict) {
  static constexpr std::array<std::string_view, 12> kNames = {
      "ok",        "error",         "exit",         "blocked",       "timeout",
      "cpu_limit", "memory_limit",  "output_limit", "process_limit", "violation_limit",
      "killed",    "internal_error"};
  return kNames.at(static_cast<std::size_t>(verdict));
}

std::string_view name_of(Strength strength) {
  static constexpr std::array<std::string_view, 3> kNames = {"enforced", "reduced", "absent"};
  return kNames.at(static_cast<std::size_t>(strength));
}

int exit_status(const RunResult& result) {
  switch (result.verdict) {
    case Verdict::kOk:
    case Verdict::kError:
    case Verdict::kExit:
      return result.exit_code.value_or(1);
    case Verdict::kBlocked:
      return 126;
    case Verdict::kTimeout:
    case Verdict::kCpuLimit:
      return 124;
    case Verdict::kMemoryLimit:
    case Verdict::kOutputLimit:
    case Verdict::kProcessLimit:
    case Verdict::kViolationLimit:
    case Verdict::kKilled:
      return 137;
    case Verdict::kInternalError:
      return 125;
  }
  return 125;
}

}  // namespace pysb::protocol
