// Which texts the analysis need not see. Whatever a rule denies has to be written somewhere in the
// program: as a name, or as text that a function such as getattr turns into one. A text without any
// such word has no findings and is compiled as it is, which saves making Python's classes of syntax
// trees (2 to 3 ms, Python/Python-ast.c) for the many programs that only compute.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "analysis/names/qualified_names.h"
#include "policy/rules/rules.h"

namespace pysb::analysis {

class Words {
 public:
  explicit Words(const policy::RuleSet& rules);

  // False only when the analysis of `text` (UTF-8) would find nothing and leave its tree as it is,
  // given that nothing was found in the texts before it.
  bool occur_in(std::string_view text) const;

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  bool add_section(const policy::Section& section);
  bool add_pattern(std::string_view pattern);
  void add_reexport(const names::Reexport& row);
  bool is_one(std::string_view word) const;

  bool everything_ = false;  // the policy has something against what it does not name
  std::unordered_set<std::string, Hash, std::equal_to<>> words_;
  std::vector<policy::NamePattern> globs_;
};

}  // namespace pysb::analysis
