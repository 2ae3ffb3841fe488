#include "policy/keys.h"

#include <array>

namespace pysb::policy {
namespace {

constexpr auto kFileKeys = std::to_array<KeyInfo>({
#define PYSB_KEY(path, type, default_text, doc, reader) {path, ValueType::type, default_text, doc},
#include "policy/keys.def"
#define PYSB_LIMIT(name, unit, least, most, default_text, doc) \
  {"limits." #name, ValueType::unit, default_text, doc},
#include "policy/limits.def"
#undef PYSB_LIMIT
});

constexpr auto kRuleKeys = std::to_array<KeyInfo>({
#define PYSB_RULE_KEY(name, type, default_text, doc, reader) \
  {name, ValueType::type, default_text, doc},
#include "policy/keys.def"
});

constexpr auto kSinkKeys = std::to_array<KeyInfo>({
#define PYSB_SINK_KEY(name, type, default_text, doc, reader) \
  {name, ValueType::type, default_text, doc},
#include "policy/keys.def"
});

}  // namespace

std::span<const KeyInfo> file_keys() { return kFileKeys; }
std::span<const KeyInfo> rule_keys() { return kRuleKeys; }
std::span<const KeyInfo> sink_keys() { return kSinkKeys; }

}  // namespace pysb::policy
