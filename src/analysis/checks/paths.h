// The check of paths: functions that open, list or change files, called with a path that is known
// from the text of the program.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/ast/flat_map.h"
#include "analysis/checks/denial.h"
#include "analysis/names/arguments.h"
#include "analysis/names/program.h"

namespace pysb::analysis::checks {

// What a function does with a path.
enum class PathUse : std::uint8_t { kNone, kRead, kWrite, kByMode, kByFlags };

struct PathFunction {
  std::string_view name;
  PathUse first;
  PathUse second;
};

// All rows of the table, in the order of the file.
std::span<const PathFunction> path_functions();

class Paths {
 public:
  Paths(const policy::PathRules& rules, names::Tables& tables);

  bool judges(NameId function) const { return uses_.find(key_of(function)) >= 0; }
  // The denial when a path it uses is denied whatever value it has; a path that may also be
  // something else is left to the layers that see it at run time.
  std::optional<Denial> judge(NameId function, names::SetId receiver,
                              const names::Arguments& arguments) const;

 private:
  using Use = PathUse;

  std::uint64_t key_of(NameId function) const {
    return std::uint64_t{tables_.names.canonical(function)} + 1;
  }
  names::SetId path_argument(const names::Arguments& arguments, std::size_t index,
                             const std::vector<ast::Symbol>& keywords) const;
  Use settled(Use use, const names::Arguments& arguments, std::size_t mode_at) const;
  // The first denied path of the set when all of it is denied.
  std::optional<ast::Symbol> denied(names::SetId paths, Use use) const;
  bool allows(std::string_view path, Use use) const;

  const policy::PathRules& rules_;
  names::Tables& tables_;
  ast::FlatMap uses_;  // function to two uses, four bits each
  ast::Symbol mode_;
  std::vector<ast::Symbol> first_names_;  // keywords for the first path, for the second
  std::vector<ast::Symbol> second_names_;
};

}  // namespace pysb::analysis::checks
