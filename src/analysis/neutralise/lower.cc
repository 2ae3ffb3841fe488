// One look at each statement and operator that the inert value cannot handle by itself.
#include <algorithm>
#include <optional>

#include "analysis/ast/flat_map.h"
#include "analysis/neutralise/neutralise.h"
#include "analysis/neutralise/purity.h"

namespace pysb::analysis::neutralise {
namespace {

namespace at = ast::at;
using ast::Kind;
using ast::Operator;
using ast::Slot;

std::optional<HelperKind> helper_of(Operator op) {
  switch (op) {
    case Operator::kIs:
      return HelperKind::kIs;
    case Operator::kIsNot:
      return HelperKind::kIsNot;
    case Operator::kIn:
      return HelperKind::kIn;
    case Operator::kNotIn:
      return HelperKind::kNotIn;
    default:
      return std::nullopt;
  }
}

class Lowering {
 public:
  Lowering(names::Evaluator& evaluator, Builder& builder,
           const std::vector<checks::Detection>& detections)
      : evaluator_(evaluator), builder_(builder), tree_(builder.tree()) {
    for (const checks::Detection& detection : detections) {
      if (detection.denial.action != policy::Action::kRemove) {
        otherwise_.put(std::uint64_t{detection.node->index} + 1, 1);
        otherwise_.put(std::uint64_t{detection.node->parent->index} + 1, 1);
      }
    }
  }

  void visit(Node& node);

 private:
  void lower_not(Node& node);
  void lower_compare(Node& node);
  void lower_raise(Node& node);
  void lower_handler(Node& node);
  void lower_assign(Node& node);
  void lower_augmented(Node& node);
  void lower_assert(Node& node);
  void lower_decorators(Node& node, Slot slot);
  void lower_keywords(Node& node);

  bool may_be_inert(const Node* node) { return node != nullptr && evaluator_.may_be_inert(*node); }
  bool holds_inert(const Node& types);
  bool is_inert(const Node& node);
  // Puts a call of the helper around what fills the slot.
  void wrap(Node& parent, Slot slot, HelperKind kind) {
    Node* inner = parent.one(slot);
    tree_.set(parent, slot, &builder_.call(kind, {inner}, *inner));
  }

  names::Evaluator& evaluator_;
  Builder& builder_;
  ast::Tree& tree_;
  ast::FlatMap otherwise_;  // node index + 1: not the inert value, but what another action gives
};

void Lowering::visit(Node& node) {
  switch (node.kind) {
    case Kind::kUnaryOp:
      lower_not(node);
      break;
    case Kind::kCompare:
      lower_compare(node);
      break;
    case Kind::kRaise:
      lower_raise(node);
      break;
    case Kind::kExceptHandler:
      lower_handler(node);
      break;
    case Kind::kAssign:
      lower_assign(node);
      break;
    case Kind::kAugAssign:
      lower_augmented(node);
      break;
    case Kind::kAssert:
      lower_assert(node);
      break;
    case Kind::kFunctionDef:
    case Kind::kAsyncFunctionDef:
      lower_decorators(node, at::FunctionDef::decorator_list);
      break;
    case Kind::kClassDef:
      lower_decorators(node, at::ClassDef::decorator_list);
      lower_keywords(node);
      break;
    case Kind::kMatchClass:
      if (may_be_inert(node.one(at::MatchClass::cls))) {
        drop_pattern(node, builder_);
      }
      break;
    default:
      break;
  }
}

void Lowering::lower_not(Node& node) {
  Node* operand = node.one(at::UnaryOp::operand);
  if (node.op(at::UnaryOp::op) == Operator::kNot && may_be_inert(operand)) {
    const ast::Hole hole = ast::hole_of(node);
    tree_.fill(hole, builder_.call(HelperKind::kNot, {operand}, node));
  }
}

// Chains are left to the value: their middle operand would be evaluated twice.
void Lowering::lower_compare(Node& node) {
  const auto ops = node.ops(at::Compare::ops);
  const std::optional<HelperKind> kind = ops.size() == 1 ? helper_of(ops.front()) : std::nullopt;
  Node* left = node.one(at::Compare::left);
  Node* right = node.list(at::Compare::comparators).front();
  if (kind && (may_be_inert(left) || may_be_inert(right))) {
    const ast::Hole hole = ast::hole_of(node);
    tree_.fill(hole, builder_.call(*kind, {left, right}, node));
  }
}

void Lowering::lower_raise(Node& node) {
  if (may_be_inert(node.one(at::Raise::exc))) {
    wrap(node, at::Raise::exc, HelperKind::kRaisable);
  }
  if (may_be_inert(node.one(at::Raise::cause))) {
    wrap(node, at::Raise::cause, HelperKind::kRaisable);
  }
}

// Also where the types stand in a tuple, written here or kept in a variable.
bool Lowering::holds_inert(const Node& types) {
  const names::ValueSets& sets = evaluator_.program().tables.sets;
  const auto inert = [&sets](names::SetId set) {
    return sets.has(set, names::ValueKind::kRemoved);
  };
  const names::SetId all = evaluator_.known(types);
  const auto values = sets.values(all);
  return inert(all) || std::any_of(values.begin(), values.end(), [&](const names::Value& value) {
           if (value.kind != names::ValueKind::kContainer) {
             return false;
           }
           const names::Container& container = sets.container(value);
           return inert(container.any) ||
                  std::any_of(container.items.begin(), container.items.end(),
                              [&](const auto& item) { return inert(item.second); });
         });
}

void Lowering::lower_handler(Node& node) {
  const Node* type = node.one(at::ExceptHandler::type);
  if (type != nullptr && holds_inert(*type)) {
    wrap(node, at::ExceptHandler::type, HelperKind::kExceptTypes);
  }
}

// `a, *b = value`: an empty iterable would be a ValueError.
void Lowering::lower_assign(Node& node) {
  if (!may_be_inert(node.one(at::Assign::value))) {
    return;
  }
  for (const Node* target : node.list(at::Assign::targets)) {
    if (!target->is(Kind::kTuple) && !target->is(Kind::kList)) {
      continue;
    }
    const auto elements = target->list(at::Tuple::elts);
    const auto starred = std::find_if(elements.begin(), elements.end(),
                                      [](const Node* e) { return e->is(Kind::kStarred); });
    const auto count = static_cast<std::int64_t>(elements.size());
    const std::int64_t star = starred == elements.end() ? -1 : starred - elements.begin();
    Node* value = node.one(at::Assign::value);
    tree_.set(
        node, at::Assign::value,
        &builder_.call(HelperKind::kUnpack,
                       {value, &builder_.integer(count, *value), &builder_.integer(star, *value)},
                       *value));
    return;
  }
}

void Lowering::lower_augmented(Node& node) {
  if (may_be_inert(node.one(at::AugAssign::value))) {
    wrap(node, at::AugAssign::value, HelperKind::kAugment);
  }
}

// kNot gives the inert value for itself, whose plain negation is true: the assertion holds.
void Lowering::lower_assert(Node& node) {
  Node* test = node.one(at::Assert::test);
  if (!may_be_inert(test)) {
    return;
  }
  Node& negation = tree_.make(Kind::kUnaryOp, *test);
  negation.fields[at::UnaryOp::op].op = Operator::kNot;
  tree_.set(negation, at::UnaryOp::operand, &builder_.call(HelperKind::kNot, {test}, *test));
  tree_.set(node, at::Assert::test, &negation);
}

// Surely the inert value: not one that another action stands for.
bool Lowering::is_inert(const Node& node) {
  return otherwise_.find(std::uint64_t{node.index} + 1) < 0 &&
         evaluator_.known(node) == names::kInert;
}

// An inert decorator is taken off. What it evaluates on the way stays: (…, lambda f: f)[1].
void Lowering::lower_decorators(Node& node, Slot slot) {
  std::vector<Node*> left;
  for (Node* decorator : node.list(slot)) {
    if (!is_inert(*decorator)) {
      left.push_back(decorator);
    } else if (!operands_to_keep(*decorator).empty()) {
      left.push_back(&builder_.after(*decorator, builder_.identity(*decorator), *decorator));
    }
  }
  if (left.size() != node.list(slot).size() ||
      !std::equal(left.begin(), left.end(), node.list(slot).begin())) {
    tree_.set_list(node, slot, left);
  }
}

void Lowering::lower_keywords(Node& node) {
  std::vector<Node*> left;
  for (Node* keyword : node.list(at::ClassDef::keywords)) {
    if (keyword->word(at::Keyword::arg) == 0 || !is_inert(*keyword->one(at::Keyword::value))) {
      left.push_back(keyword);
    }
  }
  if (left.size() != node.list(at::ClassDef::keywords).size()) {
    tree_.set_list(node, at::ClassDef::keywords, left);
  }
}

}  // namespace

// From the outside in: an operand is still what was judged when its operator is looked at.
void lower(names::Evaluator& evaluator, const std::vector<checks::Detection>& detections,
           Builder& builder) {
  Lowering lowering(evaluator, builder, detections);
  ast::Tree& tree = builder.tree();
  for (std::uint32_t i = 0; i < tree.size(); ++i) {
    lowering.visit(tree[i]);
  }
}

}  // namespace pysb::analysis::neutralise
