// The tables that everything about one program shares.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "analysis/ast/tree.h"
#include "analysis/names/known_functions.h"
#include "analysis/names/qualified_names.h"
#include "analysis/names/scopes.h"
#include "analysis/names/values.h"

namespace pysb::analysis::names {

// What lasts from program to program: numbers keep their meaning, and a session its bindings.
struct Tables {
  ast::Symbols symbols;
  QualifiedNames names{symbols};
  ValueSets sets{symbols, names};
  KnownFunctions known{names};
  std::string working_dir;

  struct Global {
    SetId values = kNothing;
    bool sure = false;  // it was bound before anything of its input could fail
  };
  std::unordered_map<Symbol, Global> session;  // empty outside a session
  std::vector<NameId> session_stars;           // modules that earlier inputs imported with a star
};

struct Program {
  Program(const ast::Tree& program_tree, Tables& program_tables, bool continues)
      : tree(program_tree),
        tables(program_tables),
        continues_session(continues),
        scopes(program_tree, program_tables.symbols) {}

  const ast::Tree& tree;
  Tables& tables;
  // It runs in the session's own module. Other units may too, or may not: they see its bindings,
  // but cannot rely on them.
  bool continues_session;
  Scopes scopes;
};

}  // namespace pysb::analysis::names
