// What is called, with what, and where arguments go in the program's own functions.
#include "analysis/names/calls.h"

#include <algorithm>

namespace pysb::analysis::names {
namespace {

namespace at = ast::at;
using ast::ConstantType;
using ast::Kind;

constexpr std::string_view kGetattribute = "__getattribute__";

// Methods that take a key (or a name) and give what is there.
bool gets_item(std::string_view method) {
  return method == "get" || method == "__getitem__" || method == "pop";
}

bool is_foldable(ValueKind kind) {
  switch (kind) {
    case ValueKind::kText:
    case ValueKind::kBytes:
    case ValueKind::kContainer:
    case ValueKind::kGlobals:
    case ValueKind::kMembers:
    case ValueKind::kPath:
      return true;
    default:
      return false;
  }
}

}  // namespace

SetId Calls::result() {
  const Node& callee = *call_.one(at::Call::func);
  if (callee.is(Kind::kConstant)) {  // only a neutralised tree calls a constant
    const bool placeholder =
        callee.constant(at::Constant::value).type == ConstantType::kPlaceholder;
    return placeholder ? kInert : kAnything;
  }
  const bool attribute = callee.is(Kind::kAttribute);
  const SetId object = attribute ? e_.values(*callee.one(at::Attribute::value)) : kNothing;
  const SetId functions =
      e_.surveying_ || !attribute ? e_.values(callee) : e_.attribute(callee, object);
  const auto objects = sets_.values(object);
  const bool has_methods = std::any_of(objects.begin(), objects.end(),
                                       [](const Value& v) { return is_foldable(v.kind); });
  if ((functions == kAnything && !has_methods) || functions == kInert) {
    return functions;
  }
  const Arguments given = has_methods || uses_arguments(functions) ? arguments() : Arguments();
  const Value* function = sets_.only(functions, ValueKind::kName);
  if (function != nullptr && e_.censor_.judges_calls_of(function->id)) {
    if (const Taken taken = e_.censor_.take_call(call_, function->id, object, given)) {
      return *taken;
    }
  }
  if (!has_methods) {
    return apply(functions, given);
  }
  const SetId by_method = method(object, callee.word(at::Attribute::attr), given);
  const bool all_methods = std::all_of(objects.begin(), objects.end(),
                                       [](const Value& v) { return is_foldable(v.kind); });
  return all_methods ? by_method : sets_.join(by_method, apply(functions, given));
}

// Whether what is passed can matter to any of the functions.
bool Calls::uses_arguments(SetId functions) const {
  const auto all = sets_.values(functions);
  return std::any_of(all.begin(), all.end(), [this](const Value& function) {
    if (function.kind != ValueKind::kName) {
      return function.kind != ValueKind::kUnknown && function.kind != ValueKind::kRemoved;
    }
    return tables_.known.of(tables_.names.canonical(function.id)) != Known::kNone ||
           e_.censor_.judges_calls_of(function.id) ||
           gets_item(tables_.symbols.text(tables_.names.last(function.id))) ||
           tables_.symbols.text(tables_.names.last(function.id)) == kGetattribute;
  });
}

Arguments Calls::arguments() {
  Arguments result;
  for (const Node* argument : call_.list(at::Call::args)) {
    if (!argument->is(Kind::kStarred)) {
      result.positional.push_back(e_.values(*argument));
      continue;
    }
    const SetId rest = e_.values(*argument->one(at::Starred::value));
    const Value* container = sets_.only(rest, ValueKind::kContainer);
    if (container == nullptr || sets_.container(*container).any != kNothing) {
      result.open = true;
      break;  // how many these are is not known, so neither is what comes after
    }
    for (const auto& [key, values] : sets_.container(*container).items) {
      result.positional.push_back(values);
    }
  }
  for (const Node* keyword : call_.list(at::Call::keywords)) {
    const Symbol word = keyword->word(at::Keyword::arg);
    result.open = result.open || word == 0;
    result.keywords.emplace_back(word, e_.values(*keyword->one(at::Keyword::value)));
  }
  return result;
}

SetId Calls::apply(SetId functions, const Arguments& arguments) {
  SetId result = kNothing;
  for (const Value& function : sets_.values(functions)) {
    result = sets_.join(result, apply_value(function, arguments));
  }
  return result;
}

SetId Calls::apply_value(Value function, const Arguments& arguments) {
  switch (function.kind) {
    case ValueKind::kRemoved:
      return kInert;
    case ValueKind::kName:
      return apply_name(function.id, arguments);
    case ValueKind::kFunction:
    case ValueKind::kMethod:
      return apply_own(e_.program_.tree[function.id], arguments,
                       function.kind == ValueKind::kMethod ? 1 : 0);
    case ValueKind::kClass:
      return apply_class(function, arguments);
    case ValueKind::kPartial: {
      const Partial& partial = sets_.partial(function);
      Arguments all = arguments;
      all.positional.insert(all.positional.begin(), partial.arguments.begin(),
                            partial.arguments.end());
      return apply(partial.function, all);
    }
    default:
      return kAnything;
  }
}

SetId Calls::apply_name(NameId name, const Arguments& arguments) {
  QualifiedNames& names = tables_.names;
  const Known function = tables_.known.of(names.canonical(name));
  if (function == Known::kPartial || function == Known::kAttrgetter ||
      function == Known::kMethodcaller) {
    return partial(name, arguments);
  }
  if (function != Known::kNone) {
    return known(function, arguments);
  }
  const std::string_view last = tables_.symbols.text(names.last(name));
  if (last == kGetattribute && arguments.positional.size() == 1) {
    return attribute_path(arguments.positional[0], sets_.name(names.parent(name)), last);
  }
  if (gets_item(last)) {  // of sys.modules
    return e_.item(call_, sets_.name(names.parent(name)), arguments.at(0));
  }
  return kAnything;
}

SetId Calls::apply_own(const Node& function, const Arguments& arguments, std::size_t bound) {
  pass(function, arguments, bound);
  return e_.read(e_.program_.scopes.result_of(function));
}

SetId Calls::apply_class(Value owner, const Arguments& arguments) {
  const ScopeId scope = e_.program_.scopes.opened_by(e_.program_.tree[owner.id]);
  const Symbol word = tables_.symbols.intern("__init__");
  for (const Value& value : sets_.values(e_.read(e_.program_.scopes.find(scope, word)))) {
    if (value.kind == ValueKind::kFunction) {
      pass(e_.program_.tree[value.id], arguments, 1);
    }
  }
  return sets_.of(Value{ValueKind::kInstance, owner.id});
}

// Joins each argument to the parameter that it becomes.
void Calls::pass(const Node& function, const Arguments& arguments, std::size_t bound) {
  const Node& signature =
      *function.one(function.is(Kind::kLambda) ? static_cast<ast::Slot>(at::Lambda::args)
                                               : static_cast<ast::Slot>(at::FunctionDef::args));
  const auto give = [this](const Node& parameter, SetId values) {
    if (values != kAnything) {
      e_.bind(e_.program_.scopes.binding_of(parameter), values);
    }
  };
  std::size_t next = 0;
  for (const ast::Slot slot :
       {at::Arguments::posonlyargs, at::Arguments::args, at::Arguments::kwonlyargs}) {
    for (const Node* parameter : signature.list(slot)) {
      const Symbol name = parameter->word(at::Arg::arg);
      const std::size_t place = slot == at::Arguments::kwonlyargs ? std::size_t(-1) : next - bound;
      if (next >= bound) {
        give(*parameter, arguments.at(place, name));
      }
      next += slot == at::Arguments::kwonlyargs ? 0 : 1;
    }
  }
  if (const Node* rest = signature.one(at::Arguments::vararg)) {
    Container all;
    for (std::size_t i = next - bound; i < arguments.positional.size(); ++i) {
      all.any = sets_.join(all.any, arguments.positional[i]);
    }
    give(*rest, sets_.container(std::move(all)));
  }
}

std::optional<std::string_view> Calls::text(SetId set) const {
  const Value* value = sets_.only(set, ValueKind::kText);
  return value != nullptr ? std::optional(sets_.text(*value)) : std::nullopt;
}

std::optional<std::int64_t> Calls::integer(SetId set) const {
  const Value* value = sets_.only(set, ValueKind::kInteger);
  return value != nullptr ? std::optional(sets_.integer(*value)) : std::nullopt;
}

}  // namespace pysb::analysis::names
