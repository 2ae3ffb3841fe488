// Tree: a program's syntax as C++ nodes in one arena, in pre-order; edits are made on the view, and
// materialise.h carries them over to the Python tree.
#pragma once

#include <cstdint>
#include <deque>
#include <memory_resource>
#include <span>

#include "analysis/ast/node.h"

namespace pysb::analysis::ast {

// A place in the tree and what is there.
struct Hole {
  Node* parent;
  Slot field;
  std::uint32_t item;  // in a list
  const Node* content;
};

inline Hole hole_of(const Node& node) { return {node.parent, node.slot, node.item, &node}; }

class Tree {
 public:
  Tree() : nodes_(&arena_) {}
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  Node& root() { return nodes_.front(); }
  const Node& root() const { return nodes_.front(); }
  // Nodes that came from Python: index 0 to size() - 1, a parent before its children.
  std::uint32_t size() const { return original_; }
  Node& operator[](std::uint32_t index) { return nodes_[index]; }
  const Node& operator[](std::uint32_t index) const { return nodes_[index]; }

  std::uint32_t count() const { return static_cast<std::uint32_t>(nodes_.size()); }
  // For building: the next node, its fields empty. `seal` ends the part that came from Python.
  Node& append(Kind kind, _object* origin);
  void seal() { original_ = static_cast<std::uint32_t>(nodes_.size()); }

  // A new node with empty fields, at the position of `place`.
  Node& make(Kind kind, const Node& place);
  Constant& make_constant() { return *::new (allocate<Constant>(1)) Constant{}; }

  // Fills a field; the child's parent becomes `parent`, which is marked as changed up to the root.
  void set(Node& parent, Slot field, Node* child);
  void set_list(Node& parent, Slot field, std::span<Node* const> children);
  // Puts another node where `hole.content` stands, a kSeveral in a list. Take the hole before its
  // content becomes a child of what goes there. Nothing happens when the content is no longer
  // there.
  void fill(const Hole& hole, Node& fresh);

  // Uninitialised room that lives as long as the tree.
  template <class T>
  T* allocate(std::size_t count) {
    return std::pmr::polymorphic_allocator<T>(&arena_).allocate(count);
  }

 private:
  static void mark_changed(Node* node);
  static void adopt(Node& parent, Slot field, std::uint32_t item, Node* child);

  std::pmr::monotonic_buffer_resource arena_{1U << 14U};
  std::pmr::deque<Node> nodes_;
  std::uint32_t original_ = 0;
};

}  // namespace pysb::analysis::ast
