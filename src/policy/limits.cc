#include "policy/limits.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <type_traits>

#include "base/text.h"
#include "policy/load.h"
#include "policy/problems.h"

namespace pysb::policy {
namespace {

std::uint64_t number_of(std::chrono::milliseconds value) {
  return static_cast<std::uint64_t>(value.count());
}
std::uint64_t number_of(std::uint64_t value) { return value; }

// The value as a member of Limits holds it; `most` of limits.def fits every member's type.
template <class Member>
Member member_value(std::uint64_t value) {
  if constexpr (std::is_integral_v<Member>) {
    return static_cast<Member>(value);
  } else {
    return Member(static_cast<std::int64_t>(value));
  }
}

constexpr auto kLimitKeys = std::to_array<LimitKey>({
#define PYSB_LIMIT(name, unit, least, most, default_text, doc)                   \
  {#name,                                                                        \
   Unit::unit,                                                                   \
   least,                                                                        \
   most,                                                                         \
   default_text,                                                                 \
   doc,                                                                          \
   [](const Limits& limits) -> std::uint64_t { return number_of(limits.name); }, \
   [](Limits& limits, std::uint64_t value) {                                     \
     limits.name = member_value<decltype(limits.name)>(value);                   \
   }},
#include "policy/limits.def"
#undef PYSB_LIMIT
});

struct Suffix {
  Unit unit;
  std::string_view text;
  std::uint64_t factor;
};

// Largest first within a unit, so that formatting finds the shortest spelling.
constexpr auto kSuffixes = std::to_array<Suffix>({
    {Unit::kDuration, "h", 3'600'000},
    {Unit::kDuration, "m", 60'000},
    {Unit::kDuration, "s", 1'000},
    {Unit::kDuration, "ms", 1},
    {Unit::kSize, "TiB", 1ULL << 40U},
    {Unit::kSize, "GiB", 1ULL << 30U},
    {Unit::kSize, "MiB", 1ULL << 20U},
    {Unit::kSize, "KiB", 1ULL << 10U},
    {Unit::kSize, "", 1},
    {Unit::kCount, "", 1},
});

Error spelling_error(const LimitKey& key, std::string_view text) {
  const std::string quoted = concat({"\"", escape_line(text, 60), "\""});
  switch (key.unit) {
    case Unit::kDuration:
      return Error(ErrorKind::kInvalidInput, quoted + " is not a duration")
          .remedy("write a whole number and ms, s, m or h: 10s");
    case Unit::kSize:
      return Error(ErrorKind::kInvalidInput, quoted + " is not a size")
          .remedy("write a whole number and KiB, MiB, GiB or TiB, or just bytes: 64MiB");
    case Unit::kCount:
      break;
  }
  return Error(ErrorKind::kInvalidInput, quoted + " is not a whole number")
      .remedy("write digits: 16");
}

Result<> check_bounds(const LimitKey& key, std::string_view text, std::uint64_t value) {
  if (value >= key.least && value <= key.most) {
    return {};
  }
  return Error(ErrorKind::kInvalidInput, concat({"\"", escape_line(text, 60), "\" is too ",
                                                 value < key.least ? "small" : "large"}))
      .remedy(concat({"use ", format_limit(key, key.least), " to ", format_limit(key, key.most)}));
}

}  // namespace

std::span<const LimitKey> limit_keys() { return kLimitKeys; }

const LimitKey* find_limit(std::string_view name) {
  const auto* const found = std::find_if(kLimitKeys.begin(), kLimitKeys.end(),
                                         [&](const LimitKey& key) { return key.name == name; });
  return found == kLimitKeys.end() ? nullptr : found;
}

std::vector<std::string_view> limit_names() {
  std::vector<std::string_view> names;
  for (const auto& key : kLimitKeys) {
    names.push_back(key.name);
  }
  return names;
}

Limits highest_limits() {
  Limits limits;
  for (const auto& key : kLimitKeys) {
    key.set(limits, key.most);
  }
  return limits;
}

Result<std::uint64_t> parse_limit(const LimitKey& key, std::string_view text) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, failed] = std::from_chars(text.data(), end, number);
  const std::string_view suffix(rest, static_cast<std::size_t>(end - rest));
  const auto* const unit =
      std::find_if(kSuffixes.begin(), kSuffixes.end(), [&](const Suffix& candidate) {
        return candidate.unit == key.unit && candidate.text == suffix;
      });
  if (failed == std::errc::invalid_argument || unit == kSuffixes.end()) {
    return spelling_error(key, text);
  }
  constexpr auto kMax = std::numeric_limits<std::uint64_t>::max();
  const bool overflows = failed == std::errc::result_out_of_range || number > kMax / unit->factor;
  const std::uint64_t value = overflows ? kMax : number * unit->factor;
  PYSB_CHECK(check_bounds(key, text, value));
  return value;
}

std::string format_limit(const LimitKey& key, std::uint64_t value) {
  const auto* const unit =
      std::find_if(kSuffixes.begin(), kSuffixes.end(), [&](const Suffix& candidate) {
        return candidate.unit == key.unit && value >= candidate.factor &&
               value % candidate.factor == 0;
      });
  if (unit == kSuffixes.end()) {
    return key.unit == Unit::kDuration ? "0ms" : "0";
  }
  return concat({std::to_string(value / unit->factor), unit->text});
}

Result<> override_limit(Policy& policy, std::string_view assignment) {
  const std::size_t equals = assignment.find('=');
  const std::string_view name = assignment.substr(0, equals);
  std::string option = concat({"--limit ", escape_line(assignment, 80)});
  if (equals == std::string_view::npos) {
    return Error(ErrorKind::kInvalidInput, concat({option, ": there is no value"}))
        .remedy("write NAME=VALUE: --limit wall=2s");
  }
  const LimitKey* key = find_limit(name);
  if (key == nullptr) {
    return Error(ErrorKind::kInvalidInput, concat({option, ": there is no such limit"}))
        .remedy(suggestion(name, limit_names()));
  }
  auto value = parse_limit(*key, assignment.substr(equals + 1)).context([&] { return option; });
  if (!value) {
    return std::move(value).error();
  }
  if (const std::uint64_t ceiling = key->get(policy.ceiling); *value > ceiling) {
    return Error(ErrorKind::kDenied,
                 concat({option, ": the policy's ceiling for it is ", format_limit(*key, ceiling)}))
        .remedy(concat({"ask for less, or raise limits.ceiling.", name, " in the policy"}));
  }
  key->set(policy.limits, *value);
  return {};
}

}  // namespace pysb::policy
