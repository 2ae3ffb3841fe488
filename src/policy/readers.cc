#include "policy/readers.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "policy/limits.h"

namespace pysb::policy {

void Context::complain(yaml::Place place, std::string_view message, std::string hint) const {
  problems.add(place, concat({key, ": ", message}), std::move(hint));
}

std::optional<std::string> read_scalar(const yaml::TreeNode& node, Context& context) {
  if (node.kind != yaml::Kind::kScalar || node.is_null()) {
    context.complain(node.place, concat({"expected a text, found ", told(node)}));
    return std::nullopt;
  }
  return node.text;
}

std::optional<bool> read_boolean(const yaml::TreeNode& node, Context& context) {
  const bool plain = node.kind == yaml::Kind::kScalar && !node.is_quoted;
  if (plain && (node.text == "true" || node.text == "false")) {
    return node.text == "true";
  }
  context.complain(node.place, concat({"expected true or false, found ", told(node)}));
  return std::nullopt;
}

std::vector<std::pair<std::string, yaml::Place>> read_texts(const yaml::TreeNode& node,
                                                            Context& context) {
  std::vector<std::pair<std::string, yaml::Place>> texts;
  const auto add = [&](const yaml::TreeNode& item) {
    if (auto text = read_scalar(item, context)) {
      texts.emplace_back(*std::move(text), item.place);
    }
  };
  if (node.kind == yaml::Kind::kList) {
    std::for_each(node.items.begin(), node.items.end(), add);
  } else {
    add(node);
  }
  return texts;
}

std::optional<std::size_t> read_choice(const yaml::TreeNode& node,
                                       const std::vector<std::string_view>& choices,
                                       Context& context) {
  const bool is_scalar = node.kind == yaml::Kind::kScalar;
  const auto found = std::find(choices.begin(), choices.end(), node.text);
  if (is_scalar && found != choices.end()) {
    return static_cast<std::size_t>(found - choices.begin());
  }
  context.complain(node.place, concat({"it cannot be ", told(node)}),
                   suggestion(is_scalar ? node.text : "", choices));
  return std::nullopt;
}

std::optional<NamePattern> read_pattern(const std::string& text, yaml::Place place,
                                        Context& context) {
  auto pattern = NamePattern::parse(text);
  if (!pattern) {
    context.complain(place, pattern.error().to_string(),
                     "write a dotted name; * stands within a part, ** for any number of parts");
    return std::nullopt;
  }
  return *std::move(pattern);
}

void read_version(const yaml::TreeNode& node, Context& context) {
  if (node.kind != yaml::Kind::kScalar || node.text != "1") {
    context.complain(node.place, concat({"it cannot be ", told(node)}), "this release reads 1");
  }
}

void check_text(const yaml::TreeNode& node, Context& context) { read_scalar(node, context); }

void taken_earlier(const yaml::TreeNode& /*node*/, Context& /*context*/) {}

void read_default_action(const yaml::TreeNode& node, Context& context) {
  constexpr std::array kActions = {Action::kRemove, Action::kRaise, Action::kBlock, Action::kAlert};
  if (const auto index = read_choice(node, {"remove", "raise", "block", "alert"}, context)) {
    context.draft.default_action = kActions[*index];
  }
}

namespace {

void set_limit(const yaml::TreeNode& node, const LimitKey& key, Limits& limits, Context& context) {
  const auto text = read_scalar(node, context);
  if (!text) {
    return;
  }
  const auto value = parse_limit(key, *text);
  if (!value) {
    context.complain(node.place, value.error().to_string(), value.error().remedy());
    return;
  }
  key.set(limits, *value);
  context.draft.limits_said[key.name] = {context.problems.file(), node.place};
}

}  // namespace

void read_limit(const yaml::TreeNode& node, Context& context) {
  const std::string_view name = std::string_view(context.key).substr(context.key.rfind('.') + 1);
  set_limit(node, *find_limit(name), context.draft.policy.limits, context);
}

void read_ceiling(const yaml::TreeNode& node, Context& context) {
  if (node.kind != yaml::Kind::kMap) {
    context.complain(node.place, concat({"expected limits by name, found ", told(node)}));
    return;
  }
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const LimitKey* key = find_limit(node.keys[i].text);
    if (key == nullptr) {
      context.complain(node.keys[i].place,
                       concat({"there is no limit \"", escape_line(node.keys[i].text, 60), "\""}),
                       suggestion(node.keys[i].text, limit_names()));
      continue;
    }
    Context inner{context.draft, context.problems, context.layer,
                  concat({context.key, ".", key->name})};
    set_limit(node.items[i], *key, context.draft.policy.ceiling, inner);
  }
}

void read_network(const yaml::TreeNode& node, Context& context) {
  read_choice(node, {"none"}, context);
}

void read_tier(const yaml::TreeNode& node, Context& context) {
  constexpr std::array kTiers = {Tier::kNamespaces, Tier::kSeccomp};
  if (const auto index = read_choice(node, {"namespaces", "seccomp"}, context)) {
    context.draft.policy.minimum = kTiers[*index];
  }
}

void read_interpreter(const yaml::TreeNode& node, Context& context) {
  auto text = read_scalar(node, context);
  if (text && (text->empty() || text->find('\0') != std::string::npos)) {
    context.complain(node.place, concat({told(node), " names no file"}));
  } else if (text) {
    context.draft.policy.python.interpreter = *std::move(text);
  }
}

void read_packages(const yaml::TreeNode& node, Context& context) {
  std::vector<std::string> packages;
  for (auto& [text, place] : read_texts(node, context)) {
    if (text.find('.') != std::string::npos) {
      context.complain(place, concat({"\"", escape_line(text, 60), "\" has a dot"}),
                       "name what is imported first: a package as a whole");
    } else if (read_pattern(text, place, context)) {
      packages.push_back(std::move(text));
    }
  }
  context.draft.policy.python.packages = std::move(packages);
}

}  // namespace pysb::policy
