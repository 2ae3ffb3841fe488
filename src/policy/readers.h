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
std::optional<std::string> read_scalar(const yaml::TreeNode& node, Context& context);
std::optional<bool> read_boolean(const yaml::TreeNode& node, Context& context);
// A single text, or a list of them; what is no text is complained of and left out.
std::vector<std::pair<std::string, yaml::Place>> read_texts(const yaml::TreeNode& node,
                                                            Context& context);
// The index of the word in `choices`.
std::optional<std::size_t> read_choice(const yaml::TreeNode& node,
                                       const std::vector<std::string_view>& choices,
                                       Context& context);
std::optional<Literal> read_literal(const yaml::TreeNode& node, Context& context);
std::optional<NamePattern> read_pattern(const std::string& text, yaml::Place place,
                                        Context& context);

// Keys of the file.
void read_version(const yaml::TreeNode& node, Context& context);
void check_text(const yaml::TreeNode& node, Context& context);
void taken_earlier(const yaml::TreeNode& node, Context& context);  // load.cc has followed `extends`
void read_default_action(const yaml::TreeNode& node, Context& context);
void read_limit(const yaml::TreeNode& node, Context& context);
void read_ceiling(const yaml::TreeNode& node, Context& context);
void read_environment(const yaml::TreeNode& node, Context& context);
void read_network(const yaml::TreeNode& node, Context& context);
void read_tier(const yaml::TreeNode& node, Context& context);
void read_interpreter(const yaml::TreeNode& node, Context& context);
void read_packages(const yaml::TreeNode& node, Context& context);
void read_sinks(const yaml::TreeNode& node, Context& context);

void read_rule_list(const yaml::TreeNode& node, bool allow, DraftSection& section,
                    Context& context);
template <DraftSection Draft::*kSection>
void read_allow(const yaml::TreeNode& node, Context& context) {
  read_rule_list(node, true, context.draft.*kSection, context);
}
template <DraftSection Draft::*kSection>
void read_deny(const yaml::TreeNode& node, Context& context) {
  read_rule_list(node, false, context.draft.*kSection, context);
}

void add_paths(const yaml::TreeNode& node, std::vector<std::string>& paths, Context& context);
template <std::vector<std::string> Access::*kList>
void read_paths(const yaml::TreeNode& node, Context& context) {
  add_paths(node, context.draft.policy.access.*kList, context);
}

template <bool Layers::*kLayer>
void read_layer(const yaml::TreeNode& node, Context& context) {
  if (const auto value = read_boolean(node, context)) {
    context.draft.policy.layers.*kLayer = *value;
  }
}

}  // namespace pysb::policy
