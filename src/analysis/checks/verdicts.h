// The policy's answers, remembered by number: a name is matched against its patterns once.
#pragma once

#include <vector>

#include "analysis/names/qualified_names.h"
#include "policy/rules/rules.h"

namespace pysb::analysis::checks {

using names::NameId;

class Verdicts {
 public:
  Verdicts(const policy::RuleSet& rules, const names::QualifiedNames& names,
           const ast::Symbols& symbols)
      : rules_(rules), names_(names), symbols_(symbols) {}

  // The deciding rule if it denies, else null. Each is asked under all names of the thing.
  const policy::Rule* of_import(NameId name);
  const policy::Rule* of_call(NameId name);
  const policy::Rule* of_name(NameId name);
  const policy::Rule* of_attribute(ast::Symbol word);
  // `from module import *`.
  const policy::Rule* of_star(NameId module) const;

  const policy::RuleSet& rules() const { return rules_; }

 private:
  // By number; `kUnasked` where nobody asked yet.
  using Answers = std::vector<const policy::Rule*>;
  template <class Ask>
  static const policy::Rule* remembered(Answers& answers, std::uint32_t number, Ask&& ask);

  const policy::Rule* import_of_one(NameId name) const;

  const policy::RuleSet& rules_;
  const names::QualifiedNames& names_;
  const ast::Symbols& symbols_;
  Answers imports_;
  Answers calls_;
  Answers words_;
  Answers attributes_;
};

}  // namespace pysb::analysis::checks
