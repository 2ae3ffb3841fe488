// The tree of qualified names, and the tables of builtins and re-exports.
#include "analysis/names/qualified_names.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace pysb::analysis::names {
namespace {

constexpr Reexport kReexports[] = {
#define REEXPORT(name, target) {name, target},
#include "analysis/names/reexports.def"
#undef REEXPORT
};

constexpr std::string_view kBuiltins[] = {
#define BUILTIN(name) #name,
#include "analysis/names/builtins.def"
#undef BUILTIN
};

static_assert(std::is_sorted(std::begin(kReexports), std::end(kReexports),
                             [](const Reexport& a, const Reexport& b) { return a.name < b.name; }));
static_assert(std::is_sorted(std::begin(kBuiltins), std::end(kBuiltins)));

// What a name stands for by the table, or "".
std::string_view reexported(std::string_view name) {
  const auto* row = std::lower_bound(
      std::begin(kReexports), std::end(kReexports), name,
      [](const Reexport& entry, std::string_view wanted) { return entry.name < wanted; });
  return row != std::end(kReexports) && row->name == name ? row->target : std::string_view();
}

}  // namespace

std::span<const Reexport> reexports() { return kReexports; }

QualifiedNames::QualifiedNames(ast::Symbols& symbols) : symbols_(symbols), entries_(1) {
  builtins_ = of("builtins");
  for (const std::string_view word : kBuiltins) {
    builtin_words_.put(std::uint64_t{symbols_.intern(word)}, 1);
  }
}

NameId QualifiedNames::child(NameId parent, Symbol part) {
  const std::uint64_t key = (static_cast<std::uint64_t>(parent) << 32U) | part;
  if (const std::int64_t known = children_.find(key); known >= 0) {
    return static_cast<NameId>(known);
  }
  std::string dotted(text(parent));
  if (parent != 0) {
    dotted += '.';
  }
  dotted += symbols_.text(part);
  const Symbol whole = symbols_.intern(dotted);
  const auto name = static_cast<NameId>(entries_.size());
  entries_.push_back({parent, name, part, whole, entries_[parent].depth + 1});
  children_.put(key, name);
  const NameId canonical = canonical_of(parent, part, whole);
  entries_[name].canonical = canonical != 0 ? canonical : name;
  return name;
}

// 0: the name is its own canonical form.
NameId QualifiedNames::canonical_of(NameId parent, Symbol part, Symbol text) {
  if (const std::string_view target = reexported(symbols_.text(text)); !target.empty()) {
    return canonical(of(target));
  }
  if (const NameId above = canonical(parent); above != parent) {
    return canonical(child(above, part));
  }
  return 0;
}

NameId QualifiedNames::of(std::string_view dotted) {
  NameId name = 0;
  while (!dotted.empty()) {
    const std::size_t dot = std::min(dotted.find('.'), dotted.size());
    name = child(name, symbols_.intern(dotted.substr(0, dot)));
    dotted.remove_prefix(std::min(dot + 1, dotted.size()));
  }
  return name;
}

}  // namespace pysb::analysis::names
