// Moments as text, the same in logs and events.
#pragma once

#include <chrono>
#include <string>

namespace pysb {

// "2026-11-25T13:05:07.042Z"
std::string timestamp(std::chrono::system_clock::time_point time);

}  // namespace pysb
