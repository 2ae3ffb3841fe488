// The part of a policy that judges code: which imports, calls, attributes, names and paths are
// denied, and what happens to them. Pure data and pure decisions; crosses to the guest encoded.
// No YAML here: the guest links this and nothing else of policy/.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.h"
#include "policy/rules/name_pattern.h"
#include "protocol/finding.h"

namespace pysb::policy {

using protocol::Action;
using protocol::Severity;

// A YAML literal as the value of action `replace`.
struct Literal {
  using List = std::vector<Literal>;
  using Map = std::vector<std::pair<std::string, Literal>>;
  std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Map> value{};
};

// One entry of an allow or deny list.
struct Rule {
  NamePattern pattern;
  bool allow = false;
  Action action = Action::kRemove;
  Literal replacement{};  // with Action::kReplace
  Severity severity = Severity::kHigh;
  std::string message{};  // "" : the check's own sentence
  std::uint32_t layer =
      0;  // position of its file in the chain of `extends`, 0 is the outermost base
};

// The rules of one section (imports, calls, attributes, names).
//
// Which rule decides about a name: of all that match, the most specific one
// (NamePattern::specificity); among equals the one of the later layer; among equals within a layer,
// deny. When no rule matches, the name is allowed, unless the section is `allow_listed`: then it is
// denied.
class Section {
 public:
  Section() = default;
  // `allow_listed`: the section began as an allow list without "*", so what is not listed is
  // denied, with `default_action`.
  explicit Section(std::vector<Rule> rules, bool allow_listed = false,
                   Action default_action = Action::kRemove);

  // The deciding rule if the name is denied, else null. The pointer lives as long as the section.
  const Rule* denied(std::string_view name) const;
  // The same for names of which each is a view of one thing: a module and its member ("os",
  // "os.getcwd"), a module and the packages around it. The best rule over all names decides.
  const Rule* denied(const std::vector<std::string_view>& names) const;

  // Literal patterns first, sorted by text; then those with wildcards, in the order given.
  const std::vector<Rule>& rules() const { return rules_; }
  bool allow_listed() const { return allow_listed_; }
  Action default_action() const { return unlisted_.action; }

 private:
  const Rule* best(std::string_view name, const Rule* so_far) const;
  const Rule* verdict(const Rule* best) const;

  std::vector<Rule> rules_;
  std::size_t literals_ = 0;  // so many of them are literal
  bool allow_listed_ = false;
  Rule unlisted_;  // stands for the rule that nobody wrote
};

// Paths the program may use, as it sees them in the jail: absolute, normalised, "**"-free prefixes.
// A few devices without contents (/dev/null, /dev/urandom …) are always allowed. A path that is not
// absolute and normalised is never allowed.
struct PathRules {
  std::vector<std::string> read;   // files or directories with all below them
  std::vector<std::string> write;  // likewise; implies read
  Action action = Action::kRemove;
  bool may_read(std::string_view absolute) const;
  bool may_write(std::string_view absolute) const;
};

struct RuleSet {
  Section imports;
  Section calls;
  Section attributes;
  Section names;
  PathRules paths;
};

// imports: a rule for a module covers what is in it, so "os" also decides about "os.path". `member`
// is what `from module import member` takes, empty for a plain import.
const Rule* denied_import(const RuleSet& rules, std::string_view module, std::string_view member);

std::string encode(const RuleSet& rules);
// Fails on anything that encode did not write.
Result<RuleSet> decode_rules(std::string_view payload);

}  // namespace pysb::policy
