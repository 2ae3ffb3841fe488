// The table of limits with the spelling of their values: durations, sizes, counts.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "policy/policy.h"

namespace pysb::policy {

enum class Unit : std::uint8_t { kDuration, kSize, kCount };

// One limit. Its value is a number of milliseconds, bytes, or things.
struct LimitKey {
  std::string_view name;
  Unit unit;
  std::uint64_t least;
  std::uint64_t most;
  std::string_view default_text;
  std::string_view doc;
  std::uint64_t (*get)(const Limits& limits);
  void (*set)(Limits& limits, std::uint64_t value);
};

std::span<const LimitKey> limit_keys();
const LimitKey* find_limit(std::string_view name);
std::vector<std::string_view> limit_names();

// Each limit at the most that can work at all.
Limits highest_limits();

// "500ms", "10s", "2m", "1h"; "64MiB", "1KiB", "1TiB", "4096"; "16". The error has a remedy.
Result<std::uint64_t> parse_limit(const LimitKey& key, std::string_view text);
// The shortest exact spelling: "1500ms", "64MiB".
std::string format_limit(const LimitKey& key, std::uint64_t value);

}  // namespace pysb::policy
