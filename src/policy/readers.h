// The readers of keys.def: each takes the value of one key into the draft, or complains.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "policy/draft.h"
#include "policy/yaml.h"

namespace pysb::policy {

// Building blocks. Each complains and gives nothing when the value is something else.
std::optional<std::string> read_scalar(const yaml::Node& node, Context& context);
std::optional<bool> read_boolean(const yaml::Node& node, Context& context);
// A single text, or a list of them; what is no text is complained of and left out.
std::vector<std::pair<std::string, yaml::Place>> read_texts(const yaml::Node& node,
                                                            Context& context);
// The index of the word in `choices`.
std::optional<std::size_t> read_choice(const yaml::Node& node,
                                       const std::vector<std::string_view>& choices,
                                       Context& context);
std::optional<Literal> read_literal(const yaml::Node& node, Context& context);
std::optional<NamePattern> read_pattern(const std::string& text, yaml::Place place,
                                        Context& context);

// Keys of the file.
void read_version(const yaml::Node& node, Context& context);
void check_text(const yaml::Node& node, Context& context);
void taken_earlier(const yaml::Node& node, Context& context);  // load.cc has followed `extends`
void read_default_action(const yaml::Node& node, Context& context);
void read_limit(const yaml::Node& node, Context& context);
void read_ceiling(const yaml::Node& node, Context& context);
void read_environment(const yaml::Node& node, Context& context);
void read_network(const yaml::Node& node, Context& context);
void read_tier(const yaml::Node& node, Context& context);
void read_interpreter(const yaml::Node& node, Context& context);
void read_packages(const yaml::Node& node, Context& context);
void read_sinks(const yaml::Node& node, Context& context);

void read_rule_list(const yaml::Node& node, bool allow, DraftSection& section, Context& context);
template <DraftSection Draft::*kSection>
void read_allow(const yaml::Node& node, Context& context) {
  read_rule_list(node, true, context.draft.*kSection, context);
}
template <DraftSection Draft::*kSection>
void read_deny(const yaml::Node& node, Context& context) {
  read_rule_list(node, false, context.draft.*kSection, context);
}

void add_paths(const yaml::Node& node, std::vector<std::string>& paths, Context& context);
template <std::vector<std::string> Access::*kList>
void read_paths(const yaml::Node& node, Context& context) {
  add_paths(node, context.draft.policy.access.*kList, context);
}

template <bool Layers::*kLayer>
void read_layer(const yaml::Node& node, Context& context) {
  if (const auto value = read_boolean(node, context)) {
    context.draft.policy.layers.*kLayer = *value;
  }
}

}  // namespace pysb::policy
