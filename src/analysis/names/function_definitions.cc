// What functions, their parameters and calls of them give to names.
#include <algorithm>

#include "analysis/names/collector.h"

namespace pysb::analysis::names {
namespace {

namespace at = ast::at;
using ast::Kind;

// The first positional parameter of a signature, or null.
const Node* first_parameter(const Node& arguments) {
  const auto only = arguments.list(at::Arguments::posonlyargs);
  const auto plain = arguments.list(at::Arguments::args);
  return !only.empty() ? only.front() : plain.empty() ? nullptr : plain.front();
}

// A function directly in a class body.
bool is_method(const Node& function) {
  return !function.is(Kind::kLambda) && function.fills(Kind::kClassDef, at::ClassDef::body);
}

}  // namespace

void Collector::describe_argument(const Node& arg) {
  const BindingId target = scopes_.binding_of(arg);
  fact(target, kAnything);
  if (const Node* owner = method_owner(arg)) {
    fact(target, sets_.of(Value{ValueKind::kInstance, owner->index}));
  }
  describe_default(target, arg);
}

// The class whose method has `arg` as its first parameter, or null.
const Node* Collector::method_owner(const Node& arg) {
  const Node& function = *arg.parent->parent;
  const bool first = first_parameter(*arg.parent) == &arg;
  return first && is_method(function) ? function.parent : nullptr;
}

void Collector::describe_default(BindingId target, const Node& arg) {
  const Node& arguments = *arg.parent;
  const auto with_default = [&](ast::Slot slot, ast::Slot defaults, std::size_t before) {
    const auto args = arguments.list(slot);
    const auto values = arguments.list(defaults);
    const auto index =
        static_cast<std::size_t>(std::find(args.begin(), args.end(), &arg) - args.begin()) + before;
    // Positional defaults belong to the last parameters, both kinds counted together.
    const std::size_t total = arguments.list(at::Arguments::posonlyargs).size() +
                              arguments.list(at::Arguments::args).size();
    const std::size_t skipped = defaults == at::Arguments::defaults ? total - values.size() : 0;
    if (index >= skipped && index - skipped < values.size() && values[index - skipped] != nullptr) {
      define(target, Source::kValue, values[index - skipped]);
    }
  };
  switch (arg.slot) {
    case at::Arguments::posonlyargs:
      with_default(arg.slot, at::Arguments::defaults, 0);
      break;
    case at::Arguments::args:
      with_default(arg.slot, at::Arguments::defaults,
                   arguments.list(at::Arguments::posonlyargs).size());
      break;
    case at::Arguments::kwonlyargs:
      with_default(arg.slot, at::Arguments::kw_defaults, 0);
      break;
    default:
      break;
  }
}

void Collector::describe_function(const Node& function) {
  const BindingId target = scopes_.binding_of(function);
  mark_callable(function.word(at::FunctionDef::name));
  fact(target, sets_.of(Value{ValueKind::kFunction, function.index}));
  if (!function.list(at::FunctionDef::decorator_list).empty()) {
    fact(target, kAnything);
  }
  // Beside what its return statements give: None at its end, a generator, a coroutine.
  fact(scopes_.result_of(function), kAnything);
}

// `self.name = value` in a method.
void Collector::describe_attribute(const Node& attribute) {
  const Node& receiver = *attribute.one(at::Attribute::value);
  const Scope& scope = scopes_.scope(scopes_.scope_of(attribute));
  if (scope.kind != ScopeKind::kFunction || !receiver.is(Kind::kName) || !is_method(*scope.node)) {
    return;
  }
  const Node* self = first_parameter(*scope.node->one(at::FunctionDef::args));
  if (self == nullptr || self->word(at::Arg::arg) != receiver.word(at::Name::id)) {
    return;
  }
  const ScopeId class_scope = scopes_.opened_by(*scope.node->parent);
  const Symbol word = scopes_.mangled(class_scope, attribute.word(at::Attribute::attr));
  describe_target(scopes_.attribute(class_scope, word), attribute);
}

void Collector::describe_lambda(const Node& lambda) {
  define(scopes_.result_of(lambda), Source::kValue, lambda.one(at::Lambda::body));
  if (lambda.fills(Kind::kAssign, at::Assign::value)) {
    for (const Node* target : lambda.parent->list(at::Assign::targets)) {
      if (target->is(Kind::kName)) {
        mark_callable(target->word(at::Name::id));
      }
    }
  }
}

// Only calls that may reach a function of the program, and that pass something.
void Collector::describe_call(const Node& call) {
  const Node& callee = *call.one(at::Call::func);
  Symbol word = 0;
  if (callee.is(Kind::kName)) {
    word = callee.word(at::Name::id);
  } else if (callee.is(Kind::kAttribute)) {
    word = callee.word(at::Attribute::attr);
  } else if (!callee.is(Kind::kLambda)) {
    return;
  }
  const bool passes = !call.list(at::Call::args).empty() || !call.list(at::Call::keywords).empty();
  if (passes && (word == 0 || (word < callable_.size() && callable_[word]))) {
    define(0, Source::kCall, &call);
  }
}

}  // namespace pysb::analysis::names
