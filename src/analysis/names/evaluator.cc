// The fixpoint: definitions run when something they read has grown. Sets only grow, and their size
// is bounded (values.h), so it ends; the budget bounds it against programs made to be slow.
#include "analysis/names/evaluator.h"

#include <algorithm>

#include "analysis/names/calls.h"

namespace pysb::analysis::names {
namespace {

namespace at = ast::at;
using ast::Kind;

constexpr std::uint64_t kBudgetBase = 2'000'000;
constexpr std::uint64_t kBudgetPerNode = 100;

// What the survey looks at: everything that can get at something.
bool is_use(const Node& node) {
  switch (node.kind) {
    case Kind::kName:
    case Kind::kSubscript:
      return node.loads();
    case Kind::kAttribute:
    case Kind::kCall:
      return true;
    default:
      return false;
  }
}

}  // namespace

Evaluator::Evaluator(Program& program, Censor& censor)
    : program_(program),
      tables_(program.tables),
      sets_(program.tables.sets),
      censor_(censor),
      definitions_(collect_definitions(program, censor)),
      memory_(program.tree.size(), 0),
      budget_(sets_.work() + kBudgetBase + kBudgetPerNode * program.tree.size()) {
  bound_.resize(program.scopes.binding_count(), kNothing);
  readers_.resize(program.scopes.binding_count());
  queued_.resize(definitions_.list.size(), false);
}

bool Evaluator::solve() {
  for (const Fact& fact : definitions_.facts) {
    bind(fact.target, fact.values);
  }
  for (std::uint32_t i = 0; i < definitions_.list.size(); ++i) {
    running_ = i;
    run(definitions_.list[i]);
  }
  drain();
  return !exhausted();
}

void Evaluator::drain() {
  while (!queue_.empty() && !exhausted()) {
    const std::uint32_t next = queue_.front();
    queue_.pop_front();
    queued_[next] = false;
    running_ = next;
    run(definitions_.list[next]);
  }
  running_ = -1;
}

bool Evaluator::survey() {
  surveying_ = true;
  changed_ = false;
  std::fill(memory_.begin(), memory_.end(), 0);
  for (std::uint32_t i = program_.tree.size(); i-- > 0;) {
    const Node& node = program_.tree[i];
    if (is_use(node)) {
      values(node);
    }
  }
  surveying_ = false;
  if (changed_) {
    drain();
  }
  return !changed_;
}

SetId Evaluator::known(const Node& node) {
  if (node.index >= memory_.size()) {
    return kAnything;
  }
  surveying_ = true;
  const SetId set = values(node);
  surveying_ = false;
  return set;
}

bool Evaluator::is_unbound(const Node& name) {
  const Reach reach = program_.scopes.reach(name);
  const Symbol word = name.word(at::Name::id);
  return reach.open && reach.inner == 0 && reach.outer == 0 &&
         tables_.session.find(word) == tables_.session.end() &&
         !tables_.names.is_builtin_word(word);
}

SetId Evaluator::values(const Node& node) {
  if (!surveying_ && !node.is(Kind::kConstant)) {
    return compute(node);
  }
  if (memory_[node.index] == 0) {
    const SetId set = compute(node);
    memory_[node.index] = set + 1;
  }
  return memory_[node.index] - 1;
}

SetId Evaluator::compute(const Node& node) {
  ++steps_;
  if (exhausted()) {
    return kAnything;
  }
  switch (node.kind) {
    case Kind::kName:
      return name(node);
    case Kind::kConstant:
      return constant(node);
    case Kind::kAttribute:
      return attribute(node, values(*node.one(at::Attribute::value)));
    case Kind::kCall:
      return Calls(*this, node).result();
    case Kind::kSubscript:
      return subscript(node);
    case Kind::kBinOp:
    case Kind::kUnaryOp:
    case Kind::kBoolOp:
      return operation(node);
    case Kind::kCompare:
      return comparison(node);
    case Kind::kIfExp:
      return sets_.join(values(*node.one(at::IfExp::body)), values(*node.one(at::IfExp::orelse)));
    case Kind::kNamedExpr:
      return values(*node.one(at::NamedExpr::value));
    case Kind::kAwait:
      return values(*node.one(at::Await::value));
    case Kind::kTuple:
    case Kind::kList:
    case Kind::kSet:
      return sequence(node);
    case Kind::kDict:
      return dictionary(node);
    case Kind::kJoinedStr:
      return joined_text(node);
    case Kind::kListComp:
    case Kind::kSetComp:
    case Kind::kDictComp:
    case Kind::kGeneratorExp:
      return comprehension(node);
    case Kind::kLambda:
      return sets_.of(Value{ValueKind::kFunction, node.index});
    default:
      return kAnything;
  }
}

void Evaluator::run(const Definition& definition) {
  switch (definition.source) {
    case Source::kValue:
      bind(definition.target, along(values(*definition.node), definition.path));
      break;
    case Source::kEntered:
      bind(definition.target, along(entered(values(*definition.node)), definition.path));
      break;
    case Source::kAugmented: {
      // An inert operand leaves the name as it is.
      const SetId operand =
          sets_.without(values(*definition.node->one(at::AugAssign::value)), ValueKind::kRemoved);
      bind(definition.target,
           binary(definition.node->op(at::AugAssign::op), read(definition.target), operand));
      break;
    }
    case Source::kStored:
      bind(definition.target, sets_.container({false, {}, values(*definition.node)}));
      break;
    case Source::kCall:
      values(*definition.node);
      break;
  }
}

SetId Evaluator::along(SetId values, const std::vector<std::int32_t>& path) {
  for (const std::int32_t step : path) {
    values = step_into(values, step);
  }
  return values;
}

SetId Evaluator::step_into(SetId values, std::int32_t step) {
  if (step == kEach) {
    return element(values);
  }
  if (step == kRest) {
    return sets_.container({false, {}, element(values)});
  }
  SetId result = kNothing;
  const SetId key = sets_.integer(step);
  for (const Value& value : sets_.values(values)) {
    if (value.kind == ValueKind::kContainer) {
      result = sets_.join(result, contents(sets_.container(value), key));
    } else {
      result = sets_.join(result, value.kind == ValueKind::kRemoved ? kInert : kAnything);
    }
  }
  return result;
}

// `with` gives what __enter__ gives: the inert value and most objects give themselves.
SetId Evaluator::entered(SetId values) {
  SetId result = kNothing;
  for (const Value& value : sets_.values(values)) {
    const bool itself = value.kind == ValueKind::kRemoved || value.kind == ValueKind::kInstance;
    result = sets_.join(result, itself ? sets_.of(value) : kAnything);
  }
  return result;
}

SetId Evaluator::bound(BindingId binding) const {
  return binding < bound_.size() ? bound_[binding] : kNothing;
}

SetId Evaluator::read(BindingId binding) {
  if (binding == 0 || binding >= bound_.size()) {
    return kNothing;
  }
  if (running_ >= 0) {
    std::vector<std::uint32_t>& readers = readers_[binding];
    const auto self = static_cast<std::uint32_t>(running_);
    if (readers.empty() || readers.back() != self) {
      readers.push_back(self);
    }
  }
  return bound_[binding];
}

void Evaluator::bind(BindingId binding, SetId values) {
  if (binding >= bound_.size()) {
    bound_.resize(binding + 1, kNothing);
    readers_.resize(binding + 1);
  }
  const SetId joined = sets_.join(bound_[binding], values);
  if (binding == 0 || joined == bound_[binding]) {
    return;
  }
  bound_[binding] = joined;
  changed_ = true;
  for (const std::uint32_t reader : readers_[binding]) {
    if (!queued_[reader]) {
      queued_[reader] = true;
      queue_.push_back(reader);
    }
  }
  readers_[binding].clear();  // who still reads it says so when it runs again
}

}  // namespace pysb::analysis::names
