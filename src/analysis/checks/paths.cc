// Which argument is a path, what is done to it, and whether the policy lets that be.
#include "analysis/checks/paths.h"

#include "analysis/names/fold.h"

namespace pysb::analysis::checks {

using names::kNothing;
using names::SetId;
using names::Value;
using names::ValueKind;

namespace {

constexpr PathFunction kFunctions[] = {
#define PATH_FUNCTION(name, first, second) {name, PathUse::first, PathUse::second},
#include "analysis/checks/path_functions.def"
#undef PATH_FUNCTION
};

}  // namespace

std::span<const PathFunction> path_functions() { return kFunctions; }

Paths::Paths(const policy::PathRules& rules, names::Tables& tables)
    : rules_(rules), tables_(tables), mode_(tables.symbols.intern("mode")) {
  for (const std::string_view word : {"file", "path", "src", "source", "filename", "name", "top"}) {
    first_names_.push_back(tables.symbols.intern(word));
  }
  for (const std::string_view word : {"dst", "target"}) {
    second_names_.push_back(tables.symbols.intern(word));
  }
  for (const auto& [name, first, second] : kFunctions) {
    uses_.put(key_of(tables_.names.of(name)),
              static_cast<std::uint32_t>(first) << 4U | static_cast<std::uint32_t>(second));
  }
}

std::optional<Denial> Paths::judge(NameId function, SetId receiver,
                                   const names::Arguments& arguments) const {
  const auto uses = static_cast<std::uint32_t>(uses_.find(key_of(function)));
  const bool method = receiver != kNothing && tables_.sets.has(receiver, ValueKind::kPath);
  const std::size_t shift = method ? 1 : 0;
  for (std::size_t i = 0; i < 2; ++i) {
    const Use use = settled(static_cast<Use>(i == 0 ? uses >> 4U : uses & 0xFU), arguments,
                            std::size_t{1} - shift);
    if (use == Use::kNone) {
      continue;
    }
    const SetId paths = method && i == 0 ? receiver
                                         : path_argument(arguments, i - shift,
                                                         i == 0 ? first_names_ : second_names_);
    if (const auto path = denied(paths, use)) {
      Denial denial;
      denial.check = Check::kPath;
      denial.action = rules_.action;
      denial.name = tables_.names.canonical(function);
      denial.word = *path;
      denial.write = use == Use::kWrite;
      return denial;
    }
  }
  return std::nullopt;
}

SetId Paths::path_argument(const names::Arguments& arguments, std::size_t index,
                           const std::vector<ast::Symbol>& keywords) const {
  if (index < arguments.positional.size()) {
    return arguments.positional[index];
  }
  SetId found = kNothing;
  for (std::size_t i = 0; i < keywords.size() && found == kNothing && !arguments.open; ++i) {
    found = arguments.at(index, keywords[i]);
  }
  return found;
}

// What open's mode or os.open's flags make of it; when they are not known, the lesser use.
Paths::Use Paths::settled(Use use, const names::Arguments& arguments, std::size_t mode_at) const {
  if (use != Use::kByMode) {
    return use == Use::kByFlags ? Use::kRead : use;
  }
  const Value* mode = tables_.sets.only(arguments.at(mode_at, mode_), ValueKind::kText);
  const bool writes =
      mode != nullptr && tables_.sets.text(*mode).find_first_of("wax+") != std::string_view::npos;
  return writes ? Use::kWrite : Use::kRead;
}

std::optional<ast::Symbol> Paths::denied(SetId paths, Use use) const {
  std::optional<ast::Symbol> first;
  for (const Value& value : tables_.sets.values(paths)) {
    const bool is_path = value.kind == ValueKind::kText || value.kind == ValueKind::kBytes ||
                         value.kind == ValueKind::kPath;
    if (!is_path || allows(tables_.sets.text(value), use)) {
      return std::nullopt;
    }
    first = first.value_or(value.id);
  }
  return first;
}

bool Paths::allows(std::string_view path, Use use) const {
  const std::string absolute = names::fold::normal_path(path, tables_.working_dir);
  return use == Use::kWrite ? rules_.may_write(absolute) : rules_.may_read(absolute);
}

}  // namespace pysb::analysis::checks
