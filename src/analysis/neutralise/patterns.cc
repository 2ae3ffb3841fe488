// Case patterns: neither a call nor a constant can stand where they name something.
#include <vector>

#include "analysis/neutralise/neutralise.h"

namespace pysb::analysis::neutralise {
namespace {

namespace at = ast::at;
using ast::Kind;

// With more alternatives than this the whole case goes.
constexpr std::size_t kMaxAlternatives = 64;

// The part's ancestor (or itself) that fills a case, or also an alternative of an or-pattern.
const Node& branch_of(const Node& part, bool alternatives) {
  const Node* node = &part;
  while (!node->parent->is(Kind::kMatchCase) &&
         !(alternatives && node->parent->is(Kind::kMatchOr))) {
    node = node->parent;
  }
  return *node;
}

// CPython wants two alternatives at least, so the last one takes the place of its or-pattern.
void drop_alternative(const Node& alternative, Builder& builder) {
  const Node& choice = *alternative.parent;
  std::vector<Node*> left;
  for (Node* other : choice.list(at::MatchOr::patterns)) {
    if (other != &alternative && !other->is(Kind::kSeveral)) {
      left.push_back(other);
    }
  }
  if (left.size() == 1) {
    builder.tree().fill(ast::hole_of(choice), *left.front());
  } else {
    builder.tree().fill(ast::hole_of(alternative), builder.several({}, alternative));
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
  const Node& alternative = branch_of(part, true);
  if (alternative.parent->is(Kind::kMatchOr) &&
      alternative.parent->list(at::MatchOr::patterns).size() <= kMaxAlternatives) {
    drop_alternative(alternative, builder);
    return;
  }
  // A wildcard that its guard always refuses: an empty match statement does not compile.
  const Node& branch = branch_of(part, false);
  Node& match_case = *branch.parent;
  ast::Tree& tree = builder.tree();
  tree.set(match_case, at::MatchCase::guard, &builder.boolean(false, branch));
  tree.set(match_case, at::MatchCase::pattern, &tree.make(Kind::kMatchAs, branch));
}

}  // namespace pysb::analysis::neutralise
