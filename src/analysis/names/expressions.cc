// Values of names, attributes, items and literals.
#include <algorithm>

#include "analysis/names/evaluator.h"
#include "analysis/names/fold.h"

namespace pysb::analysis::names {
namespace {

namespace at = ast::at;
using ast::ConstantType;
using ast::Kind;

// Longer chains of attributes name nothing that a policy could; it bounds `x = x.next`.
constexpr std::uint32_t kMaxNameDepth = 8;

}  // namespace

SetId Evaluator::constant(const Node& node) {
  const ast::Constant& constant = node.constant(at::Constant::value);
  switch (constant.type) {
    case ConstantType::kText:
      return sets_.text(constant.text);
    case ConstantType::kBytes:
      return sets_.bytes(constant.text);
    case ConstantType::kInteger:
      return sets_.integer(constant.integer);
    default:
      return kAnything;
  }
}

SetId Evaluator::name(const Node& node) {
  if (!node.loads()) {
    return kAnything;
  }
  const Reach reach = program_.scopes.reach(node);
  const SetId own = sets_.join(read(reach.inner), read(reach.outer));
  return reach.open ? offered(node, own) : own;
}

// What a name may mean beside the program's own bindings: those of earlier inputs of the session,
// of star imports, of the language.
SetId Evaluator::offered(const Node& node, SetId otherwise) {
  const Symbol word = node.word(at::Name::id);
  if (const auto earlier = tables_.session.find(word); earlier != tables_.session.end()) {
    otherwise = sets_.join(otherwise, earlier->second.values);
    if (earlier->second.sure && program_.continues_session) {
      return otherwise;
    }
  }
  SetId introduced = kNothing;
  for (const NameId module : definitions_.star_imports) {
    introduced = sets_.join(introduced, sets_.name(tables_.names.child(module, word)));
  }
  const bool builtin = tables_.names.is_builtin_word(word);
  const bool dunder = tables_.symbols.text(word) == "__builtins__";
  if (dunder) {
    introduced = sets_.join(introduced, sets_.name(tables_.names.builtins()));
  } else if (builtin || (introduced == kNothing && otherwise == kNothing)) {
    introduced = sets_.join(introduced, sets_.name(tables_.names.builtin(word)));
  }
  if (introduced == kNothing) {
    return otherwise;
  }
  if (const Taken taken = censor_.take_load(node, introduced, {})) {
    return *taken;
  }
  if (builtin || dunder || !definitions_.star_imports.empty()) {
    return sets_.join(otherwise, introduced);
  }
  return sets_.join(otherwise, definitions_.star_removed ? kInert : kAnything);
}

SetId Evaluator::attribute(const Node& node, SetId object) {
  const Symbol word =
      program_.scopes.mangled(program_.scopes.scope_of(node), node.word(at::Attribute::attr));
  if (object == kInert) {
    return kInert;
  }
  if (const Taken taken = censor_.take_attribute(node, word, {})) {
    return *taken;
  }
  return node.loads() && object != kAnything ? member(node, object, word, {}) : kAnything;
}

SetId Evaluator::member(const Node& use, SetId object, Symbol word, std::string_view via) {
  Gathering introduced(sets_);
  Gathering result(sets_);
  steps_ += sets_.values(object).size();
  for (const Value& value : sets_.values(object)) {
    result.add(member_of(value, word, introduced));
  }
  if (introduced.empty()) {
    return result.result();
  }
  const SetId names = introduced.result();
  result.add(names);
  return censor_.take_load(use, names, via).value_or(result.result());
}

// What is not a name is given back, a name goes to `introduced`.
SetId Evaluator::member_of(Value object, Symbol word, Gathering& introduced) {
  QualifiedNames& names = tables_.names;
  const std::string_view text = tables_.symbols.text(word);
  switch (object.kind) {
    case ValueKind::kRemoved:
      return kInert;
    case ValueKind::kName:
      if (text == "__dict__") {
        return sets_.of(Value{ValueKind::kMembers, object.id});
      }
      if (names.depth(object.id) >= kMaxNameDepth) {
        return kAnything;
      }
      introduced.add(Value{ValueKind::kName, text == "__builtins__" ? names.builtins()
                                             : text == "__self__"   ? names.parent(object.id)
                                                                  : names.child(object.id, word)});
      return kNothing;
    case ValueKind::kPath:
      if (text == "parent") {
        const std::string_view path = sets_.text(object);
        return sets_.path(path.substr(0, std::max<std::size_t>(path.rfind('/'), 1)));
      }
      introduced.add(Value{ValueKind::kName, names.child(names.of("pathlib.Path"), word)});
      return kNothing;
    case ValueKind::kClass:
    case ValueKind::kInstance:
      return class_attribute(object, word);
    default:
      return kAnything;
  }
}

SetId Evaluator::class_attribute(Value owner, Symbol word) {
  const Node& node = program_.tree[owner.id];
  const ScopeId scope = program_.scopes.opened_by(node);
  const SetId own = read(program_.scopes.find(scope, word));
  const SetId given = read(program_.scopes.find_attribute(scope, word));
  SetId result = given;
  for (const Value& value : sets_.values(own)) {
    result = sets_.join(result, sets_.of(value));
    if (value.kind == ValueKind::kFunction && owner.kind == ValueKind::kInstance) {
      result = sets_.join(result, sets_.of(Value{ValueKind::kMethod, value.id}));
    }
  }
  const bool inherits = !node.list(at::ClassDef::bases).empty();
  return result == kNothing || inherits ? sets_.join(result, kAnything) : result;
}

SetId Evaluator::subscript(const Node& node) {
  if (!node.loads()) {
    return kAnything;
  }
  const SetId container = values(*node.one(at::Subscript::value));
  const Node& key = *node.one(at::Subscript::slice);
  if (container == kInert || container == kAnything) {
    return container;
  }
  return key.is(Kind::kSlice) ? slice(key, container) : item(node, container, values(key));
}

SetId Evaluator::item(const Node& use, SetId container, SetId key) {
  Gathering introduced(sets_);
  Gathering result(sets_);
  std::string_view via;
  for (const Value& value : sets_.values(container)) {
    result.add(item_of(value, key, introduced, via));
  }
  if (introduced.empty()) {
    return result.result();
  }
  const SetId names = introduced.result();
  result.add(names);
  return censor_.take_load(use, names, via).value_or(result.result());
}

SetId Evaluator::item_of(Value container, SetId key, Gathering& introduced, std::string_view& via) {
  QualifiedNames& names = tables_.names;
  if (container.kind == ValueKind::kRemoved) {
    return kInert;
  }
  if (container.kind == ValueKind::kContainer) {
    return contents(sets_.container(container), key);
  }
  SetId result = kNothing;
  for (const Value& value : sets_.values(key)) {
    const bool by_name = value.kind == ValueKind::kText;
    if (by_name && container.kind == ValueKind::kGlobals) {
      via = "globals";
      result = sets_.join(result, global(value.id, introduced));
    } else if (by_name && container.kind == ValueKind::kMembers) {
      via = "__dict__";
      introduced.add(Value{ValueKind::kName, names.child(container.id, value.id)});
    } else if (by_name && container.kind == ValueKind::kName && container.id == names.builtins()) {
      via = "__builtins__";
      introduced.add(Value{ValueKind::kName, names.builtin(value.id)});
    } else if (by_name && container.kind == ValueKind::kName &&
               names.text(names.canonical(container.id)) == "sys.modules") {
      via = "sys.modules";
      introduced.add(Value{ValueKind::kName, names.of(sets_.text(value))});
    } else if (value.kind == ValueKind::kInteger && container.kind == ValueKind::kText) {
      const auto character = fold::at(sets_.text(container), sets_.integer(value));
      result = sets_.join(result, character ? sets_.text(*character) : kAnything);
    } else {
      result = sets_.join(result, kAnything);
    }
  }
  return result;
}

SetId Evaluator::global(Symbol word, Gathering& introduced) {
  if (tables_.symbols.text(word) == "__builtins__") {
    introduced.add(Value{ValueKind::kName, tables_.names.builtins()});
    return kNothing;
  }
  const auto earlier = tables_.session.find(word);
  const SetId kept = earlier != tables_.session.end() ? earlier->second.values : kNothing;
  const SetId found = sets_.join(kept, read(program_.scopes.find(kModuleScope, word)));
  return found == kNothing ? kAnything : found;
}

}  // namespace pysb::analysis::names
