// One pass in source order gives every node its scope; a second one makes the bindings.
#include "analysis/names/scopes.h"

#include <algorithm>
#include <string>

#include "analysis/names/effects.h"
#include "analysis/names/scope_rules.h"

namespace pysb::analysis::names {
namespace {

namespace at = ast::at;
using ast::Kind;

std::uint64_t key_of(std::uint32_t scope, Symbol symbol) {
  return ((static_cast<std::uint64_t>(scope) + 1) << 32U) | symbol;
}

}  // namespace

Scopes::Scopes(const ast::Tree& tree, ast::Symbols& symbols)
    : tree_(tree), symbols_(symbols), scope_of_(tree.size()), bindings_(1) {
  scopes_.push_back({ScopeKind::kModule, kModuleScope, &tree.root(), 0});
  for (std::uint32_t i = 1; i < tree.size(); ++i) {
    place(tree[i]);
  }
  for (const Node* binder : binders_) {
    if (const BindingId binding = binding_of(*binder)) {
      note_binder(bindings_[binding], *binder);
    }
  }
}

void Scopes::place(const Node& node) {
  const Node& around = surroundings(node);
  const ScopeId opened = opened_by(around);
  const bool within = opened != kModuleScope && &around == node.parent && inside(around, node.slot);
  const ScopeId scope = within ? opened : scope_of_[around.index];
  scope_of_[node.index] = scope;
  if (is_function(node)) {
    open(node, ScopeKind::kFunction, scope);
  } else if (is_comprehension(node)) {
    open(node, ScopeKind::kComprehension, scope);
  } else if (node.is(Kind::kClassDef)) {
    scopes_[open(node, ScopeKind::kClass, scope)].class_name = node.word(at::ClassDef::name);
  } else if (node.is(Kind::kGlobal) || node.is(Kind::kNonlocal)) {
    declare(node, node.is(Kind::kGlobal) ? kDeclaredGlobal : kDeclaredNonlocal);
  }
  if (is_binder(node)) {
    binders_.push_back(&node);
  }
}

ScopeId Scopes::open(const Node& node, ScopeKind kind, ScopeId parent) {
  const auto id = static_cast<ScopeId>(scopes_.size());
  scopes_.push_back({kind, parent, &node, scopes_[parent].class_name});
  opened_.put(std::uint64_t{node.index}, id);
  return id;
}

ScopeId Scopes::opened_by(const Node& node) const {
  if (!is_function(node) && !is_comprehension(node) && !node.is(Kind::kClassDef)) {
    return kModuleScope;
  }
  const std::int64_t id = opened_.find(std::uint64_t{node.index});
  return id < 0 ? kModuleScope : static_cast<ScopeId>(id);
}

void Scopes::declare(const Node& node, std::uint32_t how) {
  const ScopeId scope = scope_of(node);
  if (scope == kModuleScope) {
    return;  // `global` there changes nothing; `nonlocal` does not compile
  }
  for (const Symbol word : node.words(at::Global::names)) {
    by_name_.put(key_of(scope, mangled(scope, word)), how);
  }
}

Symbol Scopes::bound_word(const Node& binder) const {
  switch (binder.kind) {
    case Kind::kName:
      return binder.word(at::Name::id);
    case Kind::kFunctionDef:
    case Kind::kAsyncFunctionDef:
    case Kind::kClassDef:
      return binder.word(at::FunctionDef::name);
    case Kind::kArg:
      return binder.word(at::Arg::arg);
    case Kind::kExceptHandler:
      return binder.word(at::ExceptHandler::name);
    case Kind::kMatchAs:
      return binder.word(at::MatchAs::name);
    case Kind::kMatchStar:
      return binder.word(at::MatchStar::name);
    case Kind::kMatchMapping:
      return binder.word(at::MatchMapping::rest);
    case Kind::kAlias:
      break;
    default:
      return binder.word(at::TypeVar::name);
  }
  if (const Symbol asname = binder.word(at::Alias::asname)) {
    return asname;
  }
  const std::string_view name = symbols_.text(binder.word(at::Alias::name));
  if (name == "*") {
    return 0;
  }
  return symbols_.intern(name.substr(0, name.find('.')));
}

// A walrus in a comprehension binds in the scope around it.
ScopeId Scopes::binding_scope(const Node& binder) const {
  ScopeId scope = scope_of(binder);
  if (binder.fills(Kind::kNamedExpr, at::NamedExpr::target)) {
    while (scopes_[scope].kind == ScopeKind::kComprehension) {
      scope = scopes_[scope].parent;
    }
  }
  return scope;
}

BindingId Scopes::binding_of(const Node& binder) {
  const Symbol word = bound_word(binder);
  if (word == 0) {
    return 0;
  }
  const ScopeId scope = binding_scope(binder);
  return bind(scope, mangled(scope, word));
}

BindingId Scopes::bind(ScopeId scope, Symbol symbol) {
  const std::int64_t found = by_name_.find(key_of(scope, symbol));
  if (found == kDeclaredGlobal) {
    return bind(kModuleScope, symbol);
  }
  if (found == kDeclaredNonlocal) {
    ScopeId outer = scopes_[scope].parent;
    while (outer != kModuleScope &&
           (scopes_[outer].kind == ScopeKind::kClass || find(outer, symbol) == 0)) {
      outer = scopes_[outer].parent;
    }
    return bind(outer, symbol);
  }
  if (found >= 0) {
    return static_cast<BindingId>(found);
  }
  const auto id = static_cast<BindingId>(bindings_.size());
  bindings_.push_back({scope, symbol, kNever, false});
  by_name_.put(key_of(scope, symbol), id);
  return id;
}

BindingId Scopes::find(ScopeId scope, Symbol symbol) const {
  const std::int64_t found = by_name_.find(key_of(scope, symbol));
  return found < 0 || found >= kDeclaredNonlocal ? 0 : static_cast<BindingId>(found);
}

BindingId Scopes::attribute(ScopeId class_scope, Symbol symbol) {
  if (const BindingId known = find_attribute(class_scope, symbol)) {
    return known;
  }
  const auto id = static_cast<BindingId>(bindings_.size());
  bindings_.push_back({class_scope, symbol, kNever, false});
  attributes_.put(key_of(class_scope, symbol), id);
  return id;
}

BindingId Scopes::find_attribute(ScopeId class_scope, Symbol symbol) const {
  const std::int64_t found = attributes_.find(key_of(class_scope, symbol));
  return found < 0 ? 0 : static_cast<BindingId>(found);
}

BindingId Scopes::result_of(const Node& function) {
  const std::uint64_t key = std::uint64_t{function.index} + 1;
  if (const std::int64_t known = results_.find(key); known >= 0) {
    return static_cast<BindingId>(known);
  }
  const auto id = static_cast<BindingId>(bindings_.size());
  bindings_.push_back({});
  results_.put(key, id);
  return id;
}

void Scopes::note_binder(Binding& binding, const Node& binder) const {
  if (binder.context == ast::Context::kDelete || binder.is(Kind::kExceptHandler)) {
    binding.deleted = true;  // the end of an except clause unbinds its name
    return;
  }
  const Node* statement = certain_statement(binder);
  if (statement != nullptr && statement->parent == scopes_[binding.scope].node) {
    binding.sure_at = std::min(binding.sure_at, statement->index);
  }
}

Reach Scopes::reach(const Node& name) {
  Reach reach;
  ScopeId scope = scope_of(name);
  const Symbol symbol = mangled(scope, name.word(at::Name::id));
  bool first = true;
  for (;; scope = scopes_[scope].parent, first = false) {
    ++work_;
    const std::int64_t found = by_name_.find(key_of(scope, symbol));
    if (found == kDeclaredGlobal) {
      scope = kModuleScope;
    }
    if (scope == kModuleScope) {
      break;
    }
    if (found < 0 || found == kDeclaredNonlocal) {
      continue;
    }
    const auto binding = static_cast<BindingId>(found);
    if (scopes_[scope].kind != ScopeKind::kClass) {
      return {reach.inner, binding, false};
    }
    if (first) {
      reach.inner = binding;
      if (surely_bound(bindings_[binding], name)) {
        return {binding, 0, false};
      }
    }
  }
  reach.outer = find(kModuleScope, symbol);
  reach.open = reach.outer == 0 || !surely_bound(bindings_[reach.outer], name);
  return reach;
}

// The statement directly in the body of `scope_node` that holds `node`.
const Node& Scopes::statement_in(const Node& scope_node, const Node& node) {
  const Node* statement = &node;
  while (statement->parent != nullptr && statement->parent != &scope_node) {
    statement = statement->parent;
    ++work_;
  }
  return *statement;
}

// True when the use cannot run before the binding is made.
bool Scopes::surely_bound(const Binding& binding, const Node& use) {
  if (binding.sure_at == kNever || binding.deleted) {
    return false;
  }
  const Node& statement = statement_in(*scopes_[binding.scope].node, use);
  if (binding.sure_at < statement.index) {
    return true;
  }
  // What stands in a function runs when something calls it: not before the next statement that can.
  return binding.scope == kModuleScope && scope_of(use) != kModuleScope && runs_later(statement) &&
         binding.sure_at < first_effect_from(statement.index);
}

std::uint32_t Scopes::first_effect_from(std::uint32_t index) {
  if (!effects_known_) {
    effects_known_ = true;
    const Node& root = tree_.root();
    for (const Node* statement :
         root.is(Kind::kExpression) ? std::span<Node* const>() : root.list(at::Module::body)) {
      if (has_effect(*statement)) {
        effects_.push_back(statement->index);
      }
    }
  }
  const auto next = std::lower_bound(effects_.begin(), effects_.end(), index);
  return next != effects_.end() ? *next : kNever;
}

bool Scopes::made_at_once(const Binding& binding) {
  return binding.sure_at != kNever && !binding.deleted && binding.sure_at < first_effect_from(0);
}

// "__x" in class C is "_C__x"; names that end in "__" or hold a dot are left alone.
Symbol Scopes::mangled(ScopeId scope, Symbol word) {
  const Symbol class_name = scopes_[scope].class_name;
  const std::string_view text = symbols_.text(word);
  if (class_name == 0 || !text.starts_with("__") || text.ends_with("__") ||
      text.find('.') != std::string_view::npos) {
    return word;
  }
  std::string_view owner = symbols_.text(class_name);
  owner.remove_prefix(std::min(owner.find_first_not_of('_'), owner.size()));
  return owner.empty() ? word : symbols_.intern("_" + std::string(owner) + std::string(text));
}

}  // namespace pysb::analysis::names
