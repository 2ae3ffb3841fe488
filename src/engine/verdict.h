// The verdict on a run, from what the kernel and the supervisor saw; the guest's claim only tells
// apart endings that the kernel cannot.
#pragma once

#include <chrono>
#include <optional>

#include "engine/guest_process.h"
#include "protocol/run_result.h"

namespace pysb::engine {

struct Facts {
  Stop stopped = Stop::kNone;
  std::optional<protocol::Commit> commit;  // none: the guest died before its word
  std::optional<protocol::End> claim;
  std::optional<jail::Ended> ended;  // none: the jail's init was killed with the rest
  std::chrono::milliseconds cpu_limit{0};
};

// Fills verdict, exit_code, signal and error of the result.
void judge(const Facts& facts, protocol::RunResult& result);

}  // namespace pysb::engine
