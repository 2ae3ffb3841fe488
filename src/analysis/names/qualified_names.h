// Qualified names as numbers: "os.path.join" is the child "join" of the child "path" of "os". What
// the language finds without an import lives under "builtins". Also knows the other names of a
// thing.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "analysis/ast/flat_map.h"
#include "analysis/ast/symbols.h"

namespace pysb::analysis::names {

using ast::Symbol;
// 0 is the empty name.
using NameId = std::uint32_t;

// A name of the library under which another one is to be had.
struct Reexport {
  std::string_view name;
  std::string_view target;
};

// All rows of the table, sorted by name.
std::span<const Reexport> reexports();

class QualifiedNames {
 public:
  explicit QualifiedNames(ast::Symbols& symbols);

  NameId child(NameId parent, Symbol part);
  NameId of(std::string_view dotted);
  NameId builtin(Symbol word) { return child(builtins_, word); }
  NameId builtins() const { return builtins_; }

  NameId parent(NameId name) const { return entries_[name].parent; }
  Symbol last(NameId name) const { return entries_[name].last; }
  std::uint32_t depth(NameId name) const { return entries_[name].depth; }
  // The name under which policies know the thing: "os.system" for "posix.system" or
  // "random._os.system"; mostly the name itself.
  NameId canonical(NameId name) const { return entries_[name].canonical; }
  bool is_builtin(NameId name) const { return entries_[name].parent == builtins_; }
  // True for the words of builtins.def.
  bool is_builtin_word(Symbol word) const { return builtin_words_.find(std::uint64_t{word}) >= 0; }

  std::string_view text(NameId name) const { return symbols_.text(entries_[name].text); }
  // For people: without "builtins." in front.
  std::string_view display(NameId name) const {
    return is_builtin(name) ? symbols_.text(entries_[name].last) : text(name);
  }
  std::size_t size() const { return entries_.size(); }

 private:
  struct Entry {
    NameId parent = 0;
    NameId canonical = 0;
    Symbol last = 0;
    Symbol text = 0;
    std::uint32_t depth = 0;
  };

  NameId canonical_of(NameId parent, Symbol part, Symbol text);

  ast::Symbols& symbols_;
  std::vector<Entry> entries_;
  ast::FlatMap children_;       // parent and last word to NameId
  ast::FlatMap builtin_words_;  // a set of symbols
  NameId builtins_ = 0;
};

}  // namespace pysb::analysis::names
