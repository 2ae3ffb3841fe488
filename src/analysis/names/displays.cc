// Values of tuples, lists, sets, dicts and comprehensions, and of what they hold.
#include <string>
#include <utility>

#include "analysis/names/evaluator.h"
#include "analysis/names/fold.h"

namespace pysb::analysis::names {
namespace {

namespace at = ast::at;
using ast::Kind;

// What comes after so many elements is only known to be somewhere in the container.
constexpr std::size_t kMaxElements = 64;

}  // namespace

// What is at the key: at all keys when it is not known.
SetId Evaluator::contents(const Container& container, SetId key) {
  Gathering result(sets_);
  result.add(container.any);
  for (const Value& wanted : sets_.values(key)) {
    const bool anywhere = wanted.kind != ValueKind::kText && wanted.kind != ValueKind::kInteger;
    const bool negative = wanted.kind == ValueKind::kInteger && sets_.integer(wanted) < 0;
    for (const auto& [at, values] : container.items) {
      if (anywhere || negative || at == wanted) {
        result.add(values);
      }
    }
  }
  return result.result();
}

SetId Evaluator::element(SetId container) {
  Gathering result(sets_);
  for (const Value& value : sets_.values(container)) {
    if (value.kind == ValueKind::kContainer) {
      const Container& all = sets_.container(value);
      result.add(all.any);
      for (const auto& [key, values] : all.items) {
        result.add(all.mapping ? sets_.of(key) : values);
      }
    } else if (value.kind != ValueKind::kRemoved) {  // iterating the inert value gives nothing
      result.add(kAnything);
    }
  }
  return result.result();
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
  SetId one_by_one = kNothing;
  if (each_element(node, one_by_one)) {
    return one_by_one;
  }
  return sets_.container({false, {}, values(*node.one(at::ListComp::elt))});
}

// The elements of an iterable that is known in full.
std::vector<SetId> Evaluator::known_elements(SetId iterable) {
  std::vector<SetId> elements;
  if (const Value* text = sets_.only(iterable, ValueKind::kText);
      text != nullptr && sets_.text(*text).size() <= kMaxElements) {
    for (const std::string& character : fold::characters(sets_.text(*text))) {
      elements.push_back(sets_.text(character));
    }
  } else if (const Value* value = sets_.only(iterable, ValueKind::kContainer)) {
    const Container& all = sets_.container(*value);
    for (const auto& [key, set] : all.items) {
      elements.push_back(all.mapping ? sets_.of(key) : set);
    }
    elements.resize(all.any == kNothing ? elements.size() : 0);
  }
  return elements;
}

bool Evaluator::each_element(const Node& node, SetId& result) {
  const auto generators = node.list(at::ListComp::generators);
  const Node& first = *generators.front();
  const Node& target = *first.one(at::Comprehension::target);
  if (substituting_ || generators.size() != 1 || !first.list(at::Comprehension::ifs).empty() ||
      !target.is(Kind::kName)) {
    return false;
  }
  const std::vector<SetId> elements = known_elements(values(*first.one(at::Comprehension::iter)));
  if (elements.empty() || elements.size() > kMaxElements) {
    return false;
  }
  const BindingId binding = program_.scopes.binding_of(target);
  const bool surveying = std::exchange(surveying_, false);
  const SetId whole = bound_[binding];
  substituting_ = true;
  censor_.record(false);
  std::vector<SetId> made;
  for (const SetId one : elements) {
    bound_[binding] = one;
    made.push_back(values(*node.one(at::ListComp::elt)));
  }
  bound_[binding] = whole;
  substituting_ = false;
  surveying_ = surveying;
  censor_.record(surveying);
  result = sets_.sequence(made);
  return true;
}

}  // namespace pysb::analysis::names
