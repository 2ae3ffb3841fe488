// Making nodes.
#include "analysis/neutralise/builder.h"

#include <initializer_list>

namespace pysb::analysis::neutralise {
namespace {

namespace at = ast::at;
using ast::Constant;
using ast::ConstantType;
using ast::Context;
using ast::Kind;

}  // namespace

Node& Builder::helper(HelperKind kind, const Node& place) {
  const auto next = static_cast<std::uint32_t>(helpers_.size());
  const auto [known, fresh] = shared_.try_emplace(kind, next);
  if (fresh) {
    helpers_.push_back({kind, {}, {}});
  }
  Constant value;
  value.type = ConstantType::kPlaceholder;
  value.text =
      tables_.symbols.text(tables_.symbols.intern(placeholder_text(nonce_, known->second)));
  return constant(value, place);
}

Node& Builder::helper(Helper made, const Node& place) {
  if (made.kind != HelperKind::kReplace && made.kind != HelperKind::kRaise) {
    return helper(made.kind, place);
  }
  Constant value;
  value.type = ConstantType::kPlaceholder;
  value.text = tables_.symbols.text(tables_.symbols.intern(
      placeholder_text(nonce_, static_cast<std::uint32_t>(helpers_.size()))));
  helpers_.push_back(std::move(made));
  return constant(value, place);
}

Node& Builder::call(Node& callee, std::span<Node* const> arguments, const Node& place) {
  Node& call = tree_.make(Kind::kCall, place);
  tree_.set(call, at::Call::func, &callee);
  tree_.set_list(call, at::Call::args, arguments);
  return call;
}

Node& Builder::call(HelperKind kind, std::initializer_list<Node*> arguments, const Node& place) {
  return call(helper(kind, place), std::span<Node* const>(arguments.begin(), arguments.size()),
              place);
}

Node& Builder::constant(Constant value, const Node& place) {
  Node& node = tree_.make(Kind::kConstant, place);
  Constant& stored = tree_.make_constant();
  stored = value;
  node.fields[at::Constant::value].constant = &stored;
  return node;
}

Node& Builder::integer(std::int64_t number, const Node& place) {
  return constant({ConstantType::kInteger, {}, number}, place);
}

Node& Builder::text(std::string_view text, const Node& place) {
  return constant({ConstantType::kText, text, 0}, place);
}

Node& Builder::boolean(bool value, const Node& place) {
  return constant({value ? ConstantType::kTrue : ConstantType::kFalse, {}, 0}, place);
}

Node& Builder::target(ast::Symbol word, const Node& place) {
  Node& name = tree_.make(Kind::kName, place);
  name.fields[at::Name::id].word = word;
  name.context = Context::kStore;
  return name;
}

Node& Builder::assign(std::span<Node* const> targets, Node& value, const Node& place) {
  Node& assign = tree_.make(Kind::kAssign, place);
  tree_.set_list(assign, at::Assign::targets, targets);
  tree_.set(assign, at::Assign::value, &value);
  return assign;
}

Node& Builder::statement(Node& expression, const Node& place) {
  Node& statement = tree_.make(Kind::kExpr, place);
  tree_.set(statement, at::Expr::value, &expression);
  return statement;
}

Node& Builder::several(std::span<Node* const> nodes, const Node& place) {
  Node& several = tree_.make(Kind::kSeveral, place);
  tree_.set_list(several, at::Several::nodes, nodes);
  return several;
}

Node& Builder::argument(std::string_view name, const Node& place) {
  Node& argument = tree_.make(Kind::kArg, place);
  argument.fields[at::Arg::arg].word = tables_.symbols.intern(name);
  return argument;
}

Node& Builder::lambda(Node& body, const Node& place) {
  Node& lambda = tree_.make(Kind::kLambda, place);
  Node& arguments = tree_.make(Kind::kArguments, place);
  tree_.set(arguments, at::Arguments::vararg, &argument("arguments", place));
  tree_.set(arguments, at::Arguments::kwarg, &argument("keywords", place));
  tree_.set(lambda, at::Lambda::args, &arguments);
  tree_.set(lambda, at::Lambda::body, &body);
  return lambda;
}

Node& Builder::identity(const Node& place) {
  Node& lambda = tree_.make(Kind::kLambda, place);
  Node& arguments = tree_.make(Kind::kArguments, place);
  Node* parameter = &argument("decorated", place);
  tree_.set_list(arguments, at::Arguments::args, std::span<Node* const>(&parameter, 1));
  Node& result = target(parameter->word(at::Arg::arg), place);
  result.context = Context::kLoad;
  tree_.set(lambda, at::Lambda::args, &arguments);
  tree_.set(lambda, at::Lambda::body, &result);
  return lambda;
}

Node& Builder::after(Node& first, Node& value, const Node& place) {
  Node& pair = tree_.make(Kind::kTuple, place);
  Node* const both[] = {&first, &value};
  tree_.set_list(pair, at::Tuple::elts, both);
  Node& item = tree_.make(Kind::kSubscript, place);
  tree_.set(item, at::Subscript::value, &pair);
  tree_.set(item, at::Subscript::slice, &integer(1, place));
  return item;
}

}  // namespace pysb::analysis::neutralise
