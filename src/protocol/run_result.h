// What a run came to: the truth about it, from the kernel, and what the guest claims, marked so.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/finding.h"
#include "protocol/request.h"

namespace pysb::protocol {

enum class Verdict : std::uint8_t {
  kOk,
  kError,  // an uncaught exception
  kExit,   // sys.exit
  kBlocked,
  kTimeout,
  kCpuLimit,
  kMemoryLimit,
  kOutputLimit,
  kProcessLimit,
  kViolationLimit,
  kKilled,  // by a signal
  kInternalError,
};

std::string_view name_of(Verdict verdict);

struct Usage {
  std::uint64_t wall_ms = 0;
  std::uint64_t cpu_ms = 0;
  std::uint64_t max_rss_bytes = 0;
};

enum class Strength : std::uint8_t { kEnforced, kReduced, kAbsent };
std::string_view name_of(Strength strength);

// One mechanism of the jail as it was for this run. Never dropped silently: a result carries all.
struct Mechanism {
  std::string name;  // "user_namespace", "seccomp", "landlock", "memory" …
  Strength strength = Strength::kEnforced;
  std::string detail;  // "ABI 7", "rlimit", why it is reduced or absent
};

struct Isolation {
  std::vector<Mechanism> mechanisms;
  bool static_layer = true;
  bool interpreter_layer = true;
};

struct RunResult {
  std::string run_id;
  Verdict verdict = Verdict::kInternalError;
  std::optional<int> exit_code;  // of the program; none when it was killed
  std::optional<int> signal;
  std::string standard_output;  // filled only when the caller asked to capture
  std::string standard_error;
  bool truncated = false;
  std::string error;  // the uncaught exception, or why we failed
  std::vector<Finding> findings;
  std::vector<std::string> left_behind;  // files in the working directory that nothing collects
  std::uint64_t left_behind_total = 0;
  Usage usage;
  Isolation isolation;
};

// The exit status of the command line for a result (DESIGN: 124 time, 137 killed, 126 blocked).
int exit_status(const RunResult& result);

}  // namespace pysb::protocol
