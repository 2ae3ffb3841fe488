#include "policy/rules/rules.h"

#include <algorithm>

namespace pysb::policy {
namespace {

bool text_less(const Rule& rule, std::string_view text) { return rule.pattern.text() < text; }

// True when `a` decides rather than `b`.
bool outranks(const Rule& a, const Rule& b) {
  if (a.pattern.specificity() != b.pattern.specificity()) {
    return a.pattern.specificity() > b.pattern.specificity();
  }
  return a.layer != b.layer ? a.layer > b.layer : b.allow && !a.allow;
}

}  // namespace

Section::Section(std::vector<Rule> rules, bool allow_listed, Action default_action)
    : rules_(std::move(rules)), allow_listed_(allow_listed) {
  const auto wildcards = std::stable_partition(
      rules_.begin(), rules_.end(), [](const Rule& rule) { return rule.pattern.is_literal(); });
  std::stable_sort(rules_.begin(), wildcards, [](const Rule& a, const Rule& b) {
    return a.pattern.text() < b.pattern.text();
  });
  literals_ = static_cast<std::size_t>(wildcards - rules_.begin());
  unlisted_.action = default_action;
}

const Rule* Section::best(std::string_view name, const Rule* so_far) const {
  const auto consider = [&](const Rule& rule) {
    if (so_far == nullptr || outranks(rule, *so_far)) {
      so_far = &rule;
    }
  };
  const auto wildcards = rules_.begin() + static_cast<std::ptrdiff_t>(literals_);
  auto literal = std::lower_bound(rules_.begin(), wildcards, name, text_less);
  for (; literal != wildcards && literal->pattern.text() == name; ++literal) {
    consider(*literal);
  }
  for (auto rule = wildcards; rule != rules_.end(); ++rule) {
    if (rule->pattern.matches(name)) {
      consider(*rule);
    }
  }
  return so_far;
}

const Rule* Section::verdict(const Rule* best) const {
  if (best == nullptr) {
    return allow_listed_ ? &unlisted_ : nullptr;
  }
  return best->allow ? nullptr : best;
}

const Rule* Section::denied(std::string_view name) const { return verdict(best(name, nullptr)); }

const Rule* Section::denied(const std::vector<std::string_view>& names) const {
  const Rule* found = nullptr;
  for (const auto name : names) {
    found = best(name, found);
  }
  return verdict(found);
}

const Rule* denied_import(const RuleSet& rules, std::string_view module, std::string_view member) {
  std::vector<std::string_view> names;
  for (std::size_t dot = module.find('.'); dot != std::string_view::npos;
       dot = module.find('.', dot + 1)) {
    names.push_back(module.substr(0, dot));
  }
  names.push_back(module);
  std::string qualified;
  if (!member.empty()) {
    qualified.append(module).append(".").append(member);
    names.emplace_back(qualified);
  }
  return rules.imports.denied(names);
}

}  // namespace pysb::policy
