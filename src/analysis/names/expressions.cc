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
constexpr std::uint32_t kMaxNameDepth = 12;
constexpr std::size_t kMaxElements = 64;

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

// What a name may mean beside the program's own bindings: those of earlier inputs of the session, of
// star imports, of the language.
SetId Evaluator::offered(const Node& node, SetId otherwise) {
  const Symbol word = node.word(at::Name::id);
  if (const auto earlier = tables_.session.find(word); earlier != tables_.session.end()) {
    otherwise = sets_.join(otherwise, earlier->second.values);
    if (earlier->second.sure && program_.continues_session) {
      return otherwise;
    }
  }
  const std::string_view text = tables_.symbols.text(word);
  SetId introduced = kNothing;
  for (const NameId module : definitions_.star_imports) {
    introduced = sets_.join(introduced, sets_.name(tables_.names.child(module, word)));
  }
  const bool builtin = is_builtin_name(text);
  if (text == "__builtins__") {
    introduced = sets_.join(introduced, sets_.name(tables_.names.builtins()));
  } else if (builtin || (introduced == kNothing && otherwise == kNothing)) {
    introduced = sets_.join(introduced, sets_.name(tables_.names.builtin(word)));
  }
  if (introduced == kNothing) {
    return otherwise;
  }
  if (censor_.removes_load(node, introduced, {})) {
    return kInert;
  }
  if (builtin || text == "__builtins__" || !definitions_.star_imports.empty()) {
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
  if (censor_.removes_attribute(node, word, {})) {
    return kInert;
  }
  return node.loads() && object != kAnything ? member(node, object, word, {}) : kAnything;
}

SetId Evaluator::member(const Node& use, SetId object, Symbol word, std::string_view via) {
  SetId introduced = kNothing;
  SetId result = kNothing;
  for (const Value& value : sets_.values(object)) {
    result = sets_.join(result, member_of(value, word, introduced));
  }
  if (introduced == kNothing) {
    return result;
  }
  return censor_.removes_load(use, introduced, via) ? kInert : sets_.join(result, introduced);
}

SetId Evaluator::member_of(Value object, Symbol word, SetId& introduced) {
  QualifiedNames& names = tables_.names;
  const std::string_view text = tables_.symbols.text(word);
  switch (object.kind) {
    case ValueKind::kRemoved:
      return kInert;
    case ValueKind::kName:
      if (names.depth(object.id) >= kMaxNameDepth) {
        return kAnything;
      }
      if (text == "__dict__") {
        return sets_.of(Value{ValueKind::kMembers, object.id});
      }
      introduced = sets_.join(
          introduced, sets_.name(text == "__builtins__"  ? names.builtins()
                                 : text == "__self__" ? names.parent(object.id)
                                                      : names.child(object.id, word)));
      return kNothing;
    case ValueKind::kPath:
      if (text == "parent") {
        const std::string_view path = sets_.text(object);
        return sets_.path(path.substr(0, std::max<std::size_t>(path.rfind('/'), 1)));
      }
      introduced = sets_.join(introduced, sets_.name(names.child(names.of("pathlib.Path"), word)));
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
  SetId introduced = kNothing;
  SetId result = kNothing;
  std::string_view via;
  for (const Value& value : sets_.values(container)) {
    result = sets_.join(result, item_of(value, key, introduced, via));
  }
  if (introduced == kNothing) {
    return result;
  }
  return censor_.removes_load(use, introduced, via) ? kInert : sets_.join(result, introduced);
}

SetId Evaluator::item_of(Value container, SetId key, SetId& introduced, std::string_view& via) {
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
      introduced = sets_.join(introduced, sets_.name(names.child(container.id, value.id)));
    } else if (by_name && container.kind == ValueKind::kName &&
               container.id == names.builtins()) {
      via = "__builtins__";
      introduced = sets_.join(introduced, sets_.name(names.builtin(value.id)));
    } else if (by_name && container.kind == ValueKind::kName &&
               names.text(names.canonical(container.id)) == "sys.modules") {
      via = "sys.modules";
      introduced = sets_.join(introduced, sets_.name(names.of(sets_.text(value))));
    } else if (value.kind == ValueKind::kInteger && container.kind == ValueKind::kText) {
      const auto character = fold::at(sets_.text(container), sets_.integer(value));
      result = sets_.join(result, character ? sets_.text(*character) : kAnything);
    } else {
      result = sets_.join(result, kAnything);
    }
  }
  return result;
}

SetId Evaluator::global(Symbol word, SetId& introduced) {
  if (tables_.symbols.text(word) == "__builtins__") {
    introduced = sets_.join(introduced, sets_.name(tables_.names.builtins()));
    return kNothing;
  }
  const auto earlier = tables_.session.find(word);
  const SetId kept = earlier != tables_.session.end() ? earlier->second.values : kNothing;
  const SetId found =
      sets_.join(kept, read(program_.scopes.find(kModuleScope, word)));
  return found == kNothing ? kAnything : found;
}

// What is at the key: at all keys when it is not known.
SetId Evaluator::contents(const Container& container, SetId key) {
  SetId result = container.any;
  for (const Value& wanted : sets_.values(key)) {
    const bool anywhere = wanted.kind != ValueKind::kText && wanted.kind != ValueKind::kInteger;
    const bool negative = wanted.kind == ValueKind::kInteger && sets_.integer(wanted) < 0;
    for (const auto& [at, values] : container.items) {
      if (anywhere || negative || at == wanted || at.kind == ValueKind::kUnknown) {
        result = sets_.join(result, values);
      }
    }
  }
  return result;
}

SetId Evaluator::element(SetId container) {
  SetId result = kNothing;
  for (const Value& value : sets_.values(container)) {
    if (value.kind == ValueKind::kContainer) {
      const Container& all = sets_.container(value);
      result = sets_.join(result, all.any);
      for (const auto& [key, values] : all.items) {
        result = sets_.join(result, all.mapping ? sets_.of(key) : values);
      }
    } else if (value.kind != ValueKind::kRemoved) {  // iterating the inert value gives nothing
      result = sets_.join(result, kAnything);
    }
  }
  return result;
}

SetId Evaluator::sequence(const Node& node) {
  Container all;
  std::int64_t index = 0;
  for (const Node* child : node.list(at::Tuple::elts)) {
    if (child->is(Kind::kStarred)) {
      all.any = sets_.join(all.any, element(values(*child->one(at::Starred::value))));
      continue;
    }
    const SetId set = values(*child);
    if (all.any != kNothing || all.items.size() >= kMaxElements) {
      all.any = sets_.join(all.any, set);
    } else {
      all.items.emplace_back(sets_.values(sets_.integer(index)).front(), set);
    }
    ++index;
  }
  return sets_.container(std::move(all));
}

SetId Evaluator::dictionary(const Node& node) {
  Container all;
  all.mapping = true;
  const auto keys = node.list(at::Dict::keys);
  const auto entries = node.list(at::Dict::values);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const SetId set = values(*entries[i]);
    if (keys[i] == nullptr) {  // **other
      all.any = sets_.join(all.any, spread(set));
      continue;
    }
    const SetId key = values(*keys[i]);
    const Value* text = sets_.only(key, ValueKind::kText);
    const Value* number = sets_.only(key, ValueKind::kInteger);
    if (all.items.size() >= kMaxElements || (text == nullptr && number == nullptr)) {
      all.any = sets_.join(all.any, set);
    } else {
      all.items.emplace_back(text != nullptr ? *text : *number, set);
    }
  }
  return sets_.container(std::move(all));
}

// All values of a mapping.
SetId Evaluator::spread(SetId mapping) {
  SetId result = kNothing;
  for (const Value& value : sets_.values(mapping)) {
    if (value.kind == ValueKind::kContainer) {
      result = sets_.join(result, contents(sets_.container(value), kAnything));
    } else if (value.kind != ValueKind::kRemoved) {
      result = sets_.join(result, kAnything);
    }
  }
  return result;
}

SetId Evaluator::comprehension(const Node& node) {
  if (node.is(Kind::kDictComp)) {
    return sets_.container({true, {}, values(*node.one(at::DictComp::value))});
  }
  Container all;
  if (each_element(node, all)) {
    return sets_.container(std::move(all));
  }
  return sets_.container({false, {}, values(*node.one(at::ListComp::elt))});
}

bool Evaluator::each_element(const Node& node, Container& result) {
  const auto generators = node.list(at::ListComp::generators);
  const Node& first = *generators.front();
  const Node& target = *first.one(at::Comprehension::target);
  if (substituting_ || generators.size() != 1 || !first.list(at::Comprehension::ifs).empty() ||
      !target.is(Kind::kName)) {
    return false;
  }
  const SetId iterable = values(*first.one(at::Comprehension::iter));
  std::vector<SetId> elements;
  if (const Value* text = sets_.only(iterable, ValueKind::kText)) {
    for (const std::string& character : fold::characters(sets_.text(*text).substr(0, 256))) {
      elements.push_back(sets_.text(character));
    }
  } else if (const Value* value = sets_.only(iterable, ValueKind::kContainer)) {
    const Container& all = sets_.container(*value);
    for (const auto& [key, set] : all.items) {
      elements.push_back(all.mapping ? sets_.of(key) : set);
    }
    elements.resize(all.any == kNothing ? elements.size() : 0);
  }
  if (elements.empty() || elements.size() > kMaxElements) {
    return false;
  }
  const BindingId binding = program_.scopes.binding_of(target);
  const bool surveying = std::exchange(surveying_, false);
  const SetId whole = bound_[binding];
  substituting_ = true;
  censor_.record(false);
  for (const SetId one : elements) {
    bound_[binding] = one;
    const auto key = sets_.integer(static_cast<std::int64_t>(result.items.size()));
    result.items.emplace_back(sets_.values(key).front(), values(*node.one(at::ListComp::elt)));
  }
  bound_[binding] = whole;
  substituting_ = false;
  surveying_ = surveying;
  censor_.record(surveying);
  return true;
}

}  // namespace pysb::analysis::names
