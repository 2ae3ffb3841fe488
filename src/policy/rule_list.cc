// Allow and deny lists: entries to draft rules.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "policy/fields.h"
#include "policy/readers.h"

namespace pysb::policy {
namespace {

struct RuleEntry {
  std::vector<std::pair<std::string, yaml::Place>> names;
  std::optional<Action> action;
  std::optional<Literal> replacement;
  Severity severity = Severity::kHigh;
  std::string message;
};

void read_entry_names(const yaml::TreeNode& node, RuleEntry& entry, Context& context) {
  entry.names = read_texts(node, context);
}

void read_entry_action(const yaml::TreeNode& node, RuleEntry& entry, Context& context) {
  constexpr std::array kActions = {Action::kRemove, Action::kRaise, Action::kReplace,
                                   Action::kBlock, Action::kAlert};
  const auto index = read_choice(node, {"remove", "raise", "replace", "block", "alert"}, context);
  if (index) {
    entry.action = kActions[*index];
  }
}

void read_entry_replacement(const yaml::TreeNode& node, RuleEntry& entry, Context& context) {
  entry.replacement = read_literal(node, context);
}

void read_entry_severity(const yaml::TreeNode& node, RuleEntry& entry, Context& context) {
  constexpr std::array kSeverities = {Severity::kInfo, Severity::kLow, Severity::kMedium,
                                      Severity::kHigh, Severity::kCritical};
  const auto index = read_choice(node, {"info", "low", "medium", "high", "critical"}, context);
  if (index) {
    entry.severity = kSeverities[*index];
  }
}

void read_entry_message(const yaml::TreeNode& node, RuleEntry& entry, Context& context) {
  entry.message = read_scalar(node, context).value_or("");
}

constexpr auto kEntryFields = std::to_array<Field<RuleEntry>>({
#define PYSB_RULE_KEY(name, type, default_text, doc, reader) {name, reader},
#include "policy/keys.def"
});

bool has_key(const yaml::TreeNode& map, std::string_view name) {
  return std::any_of(map.keys.begin(), map.keys.end(),
                     [&](const yaml::Key& key) { return key.text == name; });
}

void check_entry(const yaml::TreeNode& node, bool allow, const RuleEntry& entry, Context& context) {
  if (!has_key(node, "name")) {
    context.complain(node.place, "this entry names nothing", "give it a name: {name: os.system}");
  }
  if (allow && node.keys.size() > 1) {
    context.complain(node.place, "an entry that allows has a name and nothing else",
                     "put what should happen into a deny list");
  }
  const bool replaces = entry.action == Action::kReplace;
  if (replaces && !has_key(node, "with")) {
    context.complain(node.place, "action replace has no value", "say it: with: null");
  }
  if (!replaces && has_key(node, "with")) {
    context.complain(node.place, "`with` goes with action replace only", "add action: replace");
  }
}

RuleEntry read_entry(const yaml::TreeNode& node, bool allow, Context& context) {
  RuleEntry entry;
  if (node.kind != yaml::Kind::kMap) {
    if (auto text = read_scalar(node, context)) {
      entry.names.emplace_back(*std::move(text), node.place);
    }
    return entry;
  }
  read_fields(node, std::span<const Field<RuleEntry>>(kEntryFields), entry, context);
  check_entry(node, allow, entry, context);
  return entry;
}

// A pattern that never matches would be a hole that nobody sees.
bool can_match(const NamePattern& pattern, yaml::Place place, const Context& context) {
  const bool dotted = pattern.text().find('.') != std::string::npos;
  if (dotted && (context.key.starts_with("attributes") || context.key.starts_with("names"))) {
    context.complain(place, concat({"\"", pattern.text(), "\" has a dot, so it never matches"}),
                     "write the last part only, or put it under calls");
    return false;
  }
  // One spelling for one thing, or an allow list could miss what a deny list names.
  if (context.key.starts_with("calls") && pattern.text().starts_with("builtins.")) {
    context.complain(place, concat({"\"", pattern.text(), "\" is not how policies name it"}),
                     "built-in functions go by their bare names: eval");
    return false;
  }
  return true;
}

void complain_of_repeated(const Rule& rule, const Rule& earlier, yaml::Place place,
                          const Context& context) {
  const bool contradicts = rule.allow != earlier.allow;
  context.complain(
      place,
      concat({"\"", rule.pattern.text(), "\" is ",
              contradicts ? "both allowed and denied" : "named twice", " in this file"}),
      "keep one of the two");
}

void add_rule(DraftRule draft, yaml::Place place, DraftSection& section, const Context& context) {
  const auto [position, is_new] =
      section.by_text.try_emplace(draft.rule.pattern.text(), section.rules.size());
  if (is_new) {
    section.rules.push_back(std::move(draft));
    return;
  }
  DraftRule& earlier = section.rules[position->second];
  if (earlier.rule.layer == context.layer) {
    complain_of_repeated(draft.rule, earlier.rule, place, context);
  }
  earlier = std::move(draft);
}

void add_entry(const RuleEntry& entry, bool allow, DraftSection& section, Context& context) {
  for (const auto& [name, place] : entry.names) {
    auto pattern = read_pattern(name, place, context);
    if (!pattern || !can_match(*pattern, place, context)) {
      continue;
    }
    DraftRule draft{.rule = {.pattern = *std::move(pattern),
                             .allow = allow,
                             .replacement = entry.replacement.value_or(Literal{}),
                             .severity = entry.severity,
                             .message = entry.message,
                             .layer = context.layer},
                    .action = entry.action};
    add_rule(std::move(draft), place, section, context);
  }
}

bool allows_everything(const DraftSection& section) {
  return std::any_of(section.rules.begin(), section.rules.end(), [](const DraftRule& draft) {
    return draft.rule.allow && draft.rule.pattern.matches_everything();
  });
}

}  // namespace

void read_rule_list(const yaml::TreeNode& node, bool allow, DraftSection& section,
                    Context& context) {
  if (node.kind != yaml::Kind::kList) {
    context.complain(node.place, concat({"expected a list, found ", told(node)}),
                     "write [os.system, …], or - items below each other");
    return;
  }
  for (const auto& item : node.items) {
    add_entry(read_entry(item, allow, context), allow, section, context);
  }
  // With no earlier file to take something back from, an allow list means: only these.
  section.first_layer = section.first_layer.value_or(context.layer);
  if (allow && section.first_layer == context.layer && !allows_everything(section)) {
    section.allow_listed = true;
  }
}

}  // namespace pysb::policy
