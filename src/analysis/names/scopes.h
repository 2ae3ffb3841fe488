// Scopes and bindings of a program, as CPython's symtable sees them: which name in which scope is
// bound where, and which bindings a use of a name can reach.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "analysis/ast/flat_map.h"
#include "analysis/ast/tree.h"

namespace pysb::analysis::names {

using ast::Node;
using ast::Symbol;
using ScopeId = std::uint32_t;    // kModuleScope is the outermost
using BindingId = std::uint32_t;  // 0: none
inline constexpr ScopeId kModuleScope = 0;

enum class ScopeKind : std::uint8_t { kModule, kClass, kFunction, kComprehension };

struct Scope {
  ScopeKind kind = ScopeKind::kModule;
  ScopeId parent = kModuleScope;
  const Node* node = nullptr;
  Symbol class_name = 0;  // of the nearest class around: what private names are mangled with
};

inline constexpr std::uint32_t kNever = std::numeric_limits<std::uint32_t>::max();

struct Binding {
  ScopeId scope = kModuleScope;
  Symbol symbol = 0;
  // Index of the first statement, directly in the scope's body, that binds it on every path.
  std::uint32_t sure_at = kNever;
  bool deleted = false;  // some `del` may take it away again
};

// What a use of a name may see: up to two bindings (a class body's own and an outer one), and,
// when `open`, what the language or a star import offers under that name.
struct Reach {
  BindingId inner = 0;
  BindingId outer = 0;
  bool open = true;
};

class Scopes {
 public:
  Scopes(const ast::Tree& tree, ast::Symbols& symbols);

  const Scope& scope(ScopeId id) const { return scopes_[id]; }
  // The scope in which a node of the original tree is evaluated.
  ScopeId scope_of(const Node& node) const { return scope_of_[node.index]; }
  // The scope that a def, lambda, class or comprehension opens; kModuleScope if it opens none.
  ScopeId opened_by(const Node& node) const;

  // Nodes that bind or delete a name, in order.
  const std::vector<const Node*>& binders() const { return binders_; }
  // The binding that a binder node gives a value to; 0 for `import *` and the like, which name
  // none.
  BindingId binding_of(const Node& binder);
  // A name of the module's own scope; made on first use.
  BindingId global(Symbol word) { return bind(kModuleScope, word); }
  BindingId find(ScopeId scope, Symbol symbol) const;
  BindingId bind(ScopeId scope, Symbol symbol);
  // An attribute that methods give their instances; apart from what the class body binds.
  BindingId attribute(ScopeId class_scope, Symbol symbol);
  BindingId find_attribute(ScopeId class_scope, Symbol symbol) const;
  // A binding without a name: what a function returns.
  BindingId result_of(const Node& function);

  const Binding& binding(BindingId id) const { return bindings_[id]; }
  std::size_t binding_count() const { return bindings_.size(); }

  Reach reach(const Node& name);
  // The word as it is looked up in that scope: private names of classes are mangled.
  Symbol mangled(ScopeId scope, Symbol word);
  // Steps done so far: it grows with nesting, so it counts towards the evaluator's budget.
  std::uint64_t work() const { return work_; }
  // True when nothing can run before the binding is made: it holds even if the program fails later.
  bool made_at_once(const Binding& binding);

 private:
  static constexpr std::uint32_t kDeclaredGlobal = 1U << 31U;
  static constexpr std::uint32_t kDeclaredNonlocal = 1U << 30U;

  void place(const Node& node);
  ScopeId open(const Node& node, ScopeKind kind, ScopeId parent);
  void declare(const Node& node, std::uint32_t how);
  ScopeId binding_scope(const Node& binder) const;
  Symbol bound_word(const Node& binder) const;
  void note_binder(Binding& binding, const Node& binder) const;
  bool surely_bound(const Binding& binding, const Node& use);
  const Node& statement_in(const Node& scope_node, const Node& node);
  std::uint32_t first_effect_from(std::uint32_t index);

  const ast::Tree& tree_;
  ast::Symbols& symbols_;
  std::vector<Scope> scopes_;
  std::vector<ScopeId> scope_of_;
  ast::FlatMap opened_;
  std::vector<const Node*> binders_;
  std::vector<Binding> bindings_;
  ast::FlatMap by_name_;     // (scope, symbol) to BindingId or a declaration
  ast::FlatMap attributes_;  // (class scope, symbol) to BindingId
  ast::FlatMap results_;     // node index to BindingId
  std::vector<std::uint32_t> effects_;
  bool effects_known_ = false;
  std::uint64_t work_ = 0;
};

}  // namespace pysb::analysis::names
