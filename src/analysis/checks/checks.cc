// Imports, attributes, paths and format strings; loads are in loads.cc.
#include "analysis/checks/checks.h"

namespace pysb::analysis::checks {
namespace {

namespace at = ast::at;
using ast::Kind;

// True when the policy has something against an attribute that a replacement field walks to:
// "{0.a.b[c].d!r:>10}" walks to a, b and d.
template <class Denies>
std::string_view denied_step(std::string_view format, Denies&& denies) {
  for (std::size_t open = format.find('{'); open != std::string_view::npos;
       open = format.find('{', open + 1)) {
    if (format.substr(open + 1).starts_with('{')) {
      ++open;  // an escaped brace
      continue;
    }
    const std::size_t end = std::min(format.find_first_of("}!:", open), format.size());
    std::string_view field = format.substr(open, end - open);
    for (std::size_t dot = field.find('.'); dot != std::string_view::npos; dot = field.find('.')) {
      field.remove_prefix(dot + 1);
      const std::string_view step = field.substr(0, field.find_first_of(".["));
      if (denies(step)) {
        return step;
      }
    }
  }
  return {};
}

Denial denial_by(Check check, const policy::Rule& rule) {
  Denial denial;
  denial.check = check;
  denial.action = rule.action;
  denial.rule = &rule;
  return denial;
}

}  // namespace

// Notes the denial when recording.
names::Taken Checks::decide(const ast::Node& node, const Denial& denial) {
  if (recording_ && noted_.find(std::uint64_t{node.index} + 1) < 0) {
    noted_.put(std::uint64_t{node.index} + 1, 1);
    detections_.push_back({&node, denial});
  }
  switch (denial.action) {
    case policy::Action::kAlert:
      return std::nullopt;
    case policy::Action::kReplace:
      return names::kAnything;
    default:
      return names::kInert;
  }
}

names::Taken Checks::take_import(const ast::Node& alias, NameId target) {
  const std::string_view name = tables_.symbols.text(alias.word(at::Alias::name));
  const std::string_view whole = tables_.names.text(target);
  if (whole == "__future__" || whole.starts_with("__future__.")) {
    return std::nullopt;
  }
  const bool recording = std::exchange(recording_, true);
  names::Taken taken;
  if (name == "*") {
    if (const policy::Rule* rule = verdicts_.of_star(target)) {
      Denial denial = denial_by(Check::kImport, *rule);
      denial.name = target;
      denial.place = "star";
      taken = decide(alias, denial);
    }
  } else if (const policy::Rule* rule = verdicts_.of_import(target)) {
    Denial denial = denial_by(Check::kImport, *rule);
    denial.name = target;
    taken = decide(alias, denial);
  } else if (alias.parent->is(Kind::kImportFrom)) {
    // Binding a denied function to a name is a use of it.
    taken = take_load(alias, tables_.sets.name(target), {});
  }
  recording_ = recording;
  return taken;
}

names::Taken Checks::take_attribute(const ast::Node& use, ast::Symbol attribute,
                                    std::string_view via) {
  const policy::Rule* rule = verdicts_.of_attribute(attribute);
  if (rule == nullptr) {
    return std::nullopt;
  }
  Denial denial = denial_by(Check::kAttribute, *rule);
  denial.word = attribute;
  denial.via = via;
  return decide(use, denial);
}

names::Taken Checks::take_call(const ast::Node& call, NameId function, names::SetId receiver,
                               const names::Arguments& arguments) {
  const auto denial = paths_.judge(function, receiver, arguments);
  return denial ? decide(call, *denial) : std::nullopt;
}

names::Taken Checks::take_format(const ast::Node& call, std::string_view format) {
  const policy::Rule* rule = nullptr;
  const std::string_view step = denied_step(format, [&](std::string_view attribute) {
    rule = verdicts_.of_attribute(tables_.symbols.intern(attribute));
    return rule != nullptr;
  });
  if (rule == nullptr) {
    return std::nullopt;
  }
  Denial denial = denial_by(Check::kAttribute, *rule);
  denial.word = tables_.symbols.intern(step);
  denial.place = "in a format string";
  return decide(call, denial);
}

void Checks::check_patterns(const ast::Tree& tree) {
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    if (!tree[i].is(Kind::kMatchClass)) {
      continue;
    }
    for (const ast::Symbol attribute : tree[i].words(at::MatchClass::kwd_attrs)) {
      if (const policy::Rule* rule = verdicts_.of_attribute(attribute)) {
        Denial denial = denial_by(Check::kAttribute, *rule);
        denial.word = attribute;
        denial.place = "in a class pattern";
        decide(tree[i], denial);
      }
    }
  }
}

}  // namespace pysb::analysis::checks
