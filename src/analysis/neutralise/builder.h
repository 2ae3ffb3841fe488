// Builder: new nodes for neutralised code, and the helpers their placeholders stand for.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/ast/symbols.h"
#include "analysis/ast/tree.h"
#include "analysis/helper.h"
#include "analysis/names/program.h"

namespace pysb::analysis::neutralise {

using ast::Node;

class Builder {
 public:
  Builder(ast::Tree& tree, names::Tables& tables, std::uint64_t nonce)
      : tree_(tree), tables_(tables), nonce_(nonce) {}

  ast::Tree& tree() { return tree_; }

  // The callee of a call of the helper, at the position of `place`.
  Node& helper(HelperKind kind, const Node& place);
  Node& helper(Helper made, const Node& place);
  // A call of the callee that one of the above gives.
  Node& call(Node& callee, std::span<Node* const> arguments, const Node& place);
  Node& call(HelperKind kind, std::initializer_list<Node*> arguments, const Node& place);

  Node& integer(std::int64_t number, const Node& place);
  Node& text(std::string_view text, const Node& place);
  Node& boolean(bool value, const Node& place);
  Node& target(ast::Symbol word, const Node& place);
  Node& assign(std::span<Node* const> targets, Node& value, const Node& place);
  Node& statement(Node& expression, const Node& place);
  // Any number of nodes in the place of one.
  Node& several(std::span<Node* const> nodes, const Node& place);
  // lambda *arguments, **keywords: body
  Node& lambda(Node& body, const Node& place);
  // lambda x: x
  Node& identity(const Node& place);
  // (first, value)[1]
  Node& after(Node& first, Node& value, const Node& place);

  std::vector<Helper> take_helpers() { return std::move(helpers_); }

 private:
  Node& constant(ast::Constant value, const Node& place);
  Node& argument(std::string_view name, const Node& place);

  ast::Tree& tree_;
  names::Tables& tables_;
  std::uint64_t nonce_;
  std::vector<Helper> helpers_;
  std::map<HelperKind, std::uint32_t> shared_;  // those without data are made once
};

}  // namespace pysb::analysis::neutralise
