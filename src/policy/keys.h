// The keys of a policy as data: what keys.def says of each, without its reader.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace pysb::policy {

enum class ValueType : std::uint8_t {
  kVersion,
  kText,
  kBoolean,
  kExtends,
  kAllowList,
  kDenyList,
  kNames,
  kAction,
  kDefaultAction,  // every action but replace
  kSeverity,
  kLiteral,
  kDuration,
  kSize,
  kCount,
  kCeiling,
  kPaths,
  kEnvironment,
  kNetwork,
  kTier,
  kPackages,
  kSinks,
  kSinkType,
};

struct KeyInfo {
  std::string_view path;  // "limits.wall"; of an entry's key just its name
  ValueType type;
  std::string_view default_text;  // "" : none
  std::string_view doc;           // one sentence or two
};

std::span<const KeyInfo> file_keys();  // limits included
std::span<const KeyInfo> rule_keys();
std::span<const KeyInfo> sink_keys();

}  // namespace pysb::policy
