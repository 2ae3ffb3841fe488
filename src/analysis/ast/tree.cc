// The arena of nodes, and edits on it.
#include "analysis/ast/tree.h"

#include <algorithm>
#include <vector>

#include "analysis/ast/grammar.h"

namespace pysb::analysis::ast {

Node& Tree::append(Kind kind, _object* origin) {
  const std::size_t count = spec_of(kind).fields.size();
  Field* fields = allocate<Field>(count);
  std::fill_n(fields, count, Field{{nullptr}, 0});
  const auto index = static_cast<std::uint32_t>(nodes_.size());
  return nodes_.emplace_back(
      Node{kind, Context::kLoad, 0, false, index, nullptr, origin, origin, fields});
}

Node& Tree::make(Kind kind, const Node& place) {
  Node& node = append(kind, nullptr);
  node.place = place.place;
  node.dirty = true;
  return node;
}

void Tree::set(Node& parent, Slot field, Node* child) {
  parent.fields[field].node = child;
  if (child != nullptr) {
    child->parent = &parent;
    child->slot = field;
  }
  mark_changed(&parent);
}

void Tree::set_list(Node& parent, Slot field, std::span<Node* const> children) {
  Node** nodes = allocate<Node*>(children.size());
  std::copy(children.begin(), children.end(), nodes);
  for (Node* child : children) {
    if (child != nullptr) {
      child->parent = &parent;
      child->slot = field;
    }
  }
  parent.fields[field].nodes = nodes;
  parent.fields[field].size = static_cast<std::uint32_t>(children.size());
  mark_changed(&parent);
}

void Tree::fill(const Hole& hole, std::span<Node* const> fresh) {
  if (spec_of(hole.parent->kind).fields[hole.field].type == FieldType::kOne) {
    set(*hole.parent, hole.field, fresh.front());
    return;
  }
  std::vector<Node*> children;
  for (Node* child : hole.parent->list(hole.field)) {
    if (child == hole.content) {
      children.insert(children.end(), fresh.begin(), fresh.end());
    } else {
      children.push_back(child);
    }
  }
  set_list(*hole.parent, hole.field, children);
}

void Tree::fill(const Hole& hole, Node& fresh) {
  Node* one = &fresh;
  fill(hole, std::span<Node* const>(&one, 1));
}

// Stops at a marked node: whoever marked it marked what is above, and attaching marks anew.
void Tree::mark_changed(Node* node) {
  while (node != nullptr && (!node->dirty || node->origin == nullptr)) {
    node->dirty = true;
    node = node->parent;
  }
}

}  // namespace pysb::analysis::ast
