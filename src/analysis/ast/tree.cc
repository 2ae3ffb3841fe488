// The arena of nodes, and edits on it.
#include "analysis/ast/tree.h"

#include <algorithm>

#include "analysis/ast/grammar.h"

namespace pysb::analysis::ast {

Node& Tree::append(Kind kind, _object* origin) {
  const std::size_t count = spec_of(kind).used;
  Field* fields = allocate<Field>(count);
  std::fill_n(fields, count, Field{{nullptr}, 0});
  const auto index = static_cast<std::uint32_t>(nodes_.size());
  return nodes_.emplace_back(
      Node{kind, Context::kLoad, 0, false, index, 0, nullptr, origin, origin, fields});
}

Node& Tree::make(Kind kind, const Node& place) {
  Node& node = append(kind, nullptr);
  node.place = place.place;
  node.dirty = true;
  return node;
}

void Tree::adopt(Node& parent, Slot field, std::uint32_t item, Node* child) {
  if (child != nullptr) {
    child->parent = &parent;
    child->slot = field;
    child->item = item;
  }
}

void Tree::set(Node& parent, Slot field, Node* child) {
  parent.fields[field].node = child;
  adopt(parent, field, 0, child);
  mark_changed(&parent);
}

void Tree::set_list(Node& parent, Slot field, std::span<Node* const> children) {
  Node** nodes = allocate<Node*>(children.size());
  std::copy(children.begin(), children.end(), nodes);
  parent.fields[field].nodes = nodes;
  parent.fields[field].size = static_cast<std::uint32_t>(children.size());
  for (std::uint32_t i = 0; i < children.size(); ++i) {
    adopt(parent, field, i, children[i]);
  }
  mark_changed(&parent);
}

void Tree::fill(const Hole& hole, Node& fresh) {
  Field& field = hole.parent->fields[hole.field];
  const bool alone = spec_of(hole.parent->kind).fields[hole.field].type == FieldType::kOne;
  if (!alone && hole.item >= field.size) {
    return;
  }
  Node*& place = alone ? field.node : field.nodes[hole.item];
  if (place == hole.content) {
    place = &fresh;
    adopt(*hole.parent, hole.field, hole.item, &fresh);
    mark_changed(hole.parent);
  }
}

// Stops at a marked node: whoever marked it marked what is above, and attaching marks anew.
void Tree::mark_changed(Node* node) {
  while (node != nullptr && (!node->dirty || node->origin == nullptr)) {
    node->dirty = true;
    node = node->parent;
  }
}

}  // namespace pysb::analysis::ast
