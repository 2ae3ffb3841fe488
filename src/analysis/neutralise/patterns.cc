// Case patterns: neither a call nor a constant can stand where they name something.
#include <algorithm>

#include "analysis/neutralise/neutralise.h"

namespace pysb::analysis::neutralise {
namespace {

namespace at = ast::at;
using ast::Kind;

// The case or the alternative of an or-pattern around a part of a pattern.
const Node* branch_of(const Node& part) {
  const Node* node = &part;
  while (node->parent != nullptr && !node->parent->is(Kind::kMatchCase) &&
         !node->parent->is(Kind::kMatchOr)) {
    node = node->parent;
  }
  return node;
}

void drop_alternative(const Node& alternative, Builder& builder) {
  Node& choice = *alternative.parent;
  std::vector<Node*> rest;
  for (Node* other : choice.list(at::MatchOr::patterns)) {
    if (other != &alternative) {
      rest.push_back(other);
    }
  }
  if (rest.size() == 1) {  // CPython wants two alternatives at least
    const ast::Hole hole = ast::hole_of(choice);
    builder.tree().fill(hole, *rest.front());
  } else {
    builder.tree().set_list(choice, at::MatchOr::patterns, rest);
  }
}

}  // namespace

bool is_in_pattern(const Node& node) {
  for (const Node* at = &node; at->parent != nullptr; at = at->parent) {
    if (at->parent->is(Kind::kMatchCase)) {
      return at->slot == at::MatchCase::pattern;
    }
  }
  return false;
}

void drop_pattern(const Node& part, Builder& builder) {
  const Node& branch = *branch_of(part);
  Node& parent = *branch.parent;
  if (parent.is(Kind::kMatchOr)) {
    drop_alternative(branch, builder);
    return;
  }
  // A wildcard that its guard always refuses: an empty match statement does not compile.
  ast::Tree& tree = builder.tree();
  tree.set(parent, at::MatchCase::guard, &builder.boolean(false, branch));
  tree.set(parent, at::MatchCase::pattern, &tree.make(Kind::kMatchAs, branch));
}

}  // namespace pysb::analysis::neutralise
