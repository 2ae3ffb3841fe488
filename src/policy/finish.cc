// From the draft to the policy that is enforced.
#include <algorithm>

#include "base/text.h"
#include "policy/draft.h"
#include "policy/limits.h"

namespace pysb::policy {
namespace {

Section make_section(DraftSection&& draft, Action default_action) {
  std::vector<Rule> rules;
  rules.reserve(draft.rules.size());
  for (auto& [rule, action] : draft.rules) {
    rule.action = action.value_or(default_action);
    rules.push_back(std::move(rule));
  }
  return Section(std::move(rules), draft.allow_listed, default_action);
}

// Relative paths lie in the working directory, absolute ones keep their name.
void append_in_jail(const std::vector<std::string>& paths, std::vector<std::string>& out) {
  for (const auto& path : paths) {
    out.push_back(path.starts_with('/') ? path : concat({"/workspace/", path}));
  }
}

PathRules make_path_rules(const Access& access, Action default_action) {
  PathRules paths;
  paths.write = {"/workspace", "/tmp"};
  append_in_jail(access.read, paths.read);
  append_in_jail(access.write, paths.write);
  paths.action = default_action;
  return paths;
}

}  // namespace

void check_whole(const Draft& draft, std::vector<Diagnostic>& diagnostics) {
  for (const auto& key : limit_keys()) {
    const std::uint64_t value = key.get(draft.policy.limits);
    const std::uint64_t ceiling = key.get(draft.policy.ceiling);
    if (value > ceiling) {
      const Said& said = draft.limits_said.at(key.name);
      Problems(said.file, diagnostics)
          .add(said.place,
               concat({"limits.", key.name, " is ", format_limit(key, value),
                       ", above limits.ceiling.", key.name, ", ", format_limit(key, ceiling)}),
               "lower the one or raise the other");
    }
  }
}

Policy finish(Draft draft) {
  Policy policy = std::move(draft.policy);
  const Action action = draft.default_action;
  policy.rules.imports = make_section(std::move(draft.imports), action);
  policy.rules.calls = make_section(std::move(draft.calls), action);
  policy.rules.attributes = make_section(std::move(draft.attributes), action);
  policy.rules.names = make_section(std::move(draft.names), action);
  policy.rules.paths = make_path_rules(policy.access, action);
  return policy;
}

}  // namespace pysb::policy
