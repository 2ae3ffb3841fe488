// Interning of value sets, and the bounds that keep the fixpoint finite.
#include "analysis/names/values.h"

#include <algorithm>

namespace pysb::analysis::names {
namespace {

bool is_constant(const Value& value) {
  switch (value.kind) {
    case ValueKind::kText:
    case ValueKind::kBytes:
    case ValueKind::kInteger:
    case ValueKind::kPath:
      return true;
    default:
      return false;
  }
}

bool is_nested(const Value& value) {
  return value.kind == ValueKind::kContainer || value.kind == ValueKind::kPartial;
}

}  // namespace

ValueSets::ValueSets(ast::Symbols& symbols) : symbols_(symbols) {
  of(std::vector<Value>{});
  of(Value{ValueKind::kUnknown, 0});
  of(Value{ValueKind::kRemoved, 0});
}

SetId ValueSets::of(std::vector<Value> values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  widen(values);
  const auto next = static_cast<SetId>(sets_.size());
  const auto [known, fresh] = numbers_.try_emplace(values, next);
  if (fresh) {
    sets_.push_back(std::move(values));
  }
  return known->second;
}

// A widened set stays so: otherwise it would fill and empty for ever.
void ValueSets::widen(std::vector<Value>& values) {
  if (values.size() < 2) {
    return;
  }
  const auto many = [&values](bool (*what)(const Value&), std::size_t most) {
    return std::cmp_greater(std::count_if(values.begin(), values.end(), what), most);
  };
  const bool wide = std::find(values.begin(), values.end(), kWide) != values.end();
  if (!wide && !many(is_constant, kMaxConstants) && !many(is_nested, kMaxContainers)) {
    return;
  }
  values.erase(std::remove_if(values.begin(), values.end(),
                              [](const Value& value) {
                                return value.kind == ValueKind::kUnknown || is_constant(value) ||
                                       is_nested(value);
                              }),
               values.end());
  values.insert(values.begin(), kWide);
}

SetId ValueSets::join(SetId a, SetId b) {
  if (a == b || b == kNothing) {
    return a;
  }
  if (a == kNothing) {
    return b;
  }
  const auto [low, high] = std::minmax(a, b);
  const auto [known, fresh] =
      joins_.try_emplace((static_cast<std::uint64_t>(low) << 32U) | high, kNothing);
  if (fresh) {
    std::vector<Value> both(sets_[a]);
    both.insert(both.end(), sets_[b].begin(), sets_[b].end());
    known->second = of(std::move(both));
  }
  return known->second;
}

bool ValueSets::has(SetId set, ValueKind kind) const {
  return std::any_of(sets_[set].begin(), sets_[set].end(),
                     [kind](const Value& value) { return value.kind == kind; });
}

SetId ValueSets::without(SetId set, ValueKind kind) {
  if (!has(set, kind)) {
    return set;
  }
  std::vector<Value> rest;
  std::copy_if(sets_[set].begin(), sets_[set].end(), std::back_inserter(rest),
               [kind](const Value& value) { return value.kind != kind; });
  return of(std::move(rest));
}

const Value* ValueSets::only(SetId set, ValueKind kind) const {
  const auto& all = sets_[set];
  return all.size() == 1 && all.front().kind == kind ? &all.front() : nullptr;
}

Value ValueSets::text_value(ValueKind kind, std::string_view text) {
  return text.size() > kMaxText ? Value{} : Value{kind, symbols_.intern(text)};
}

SetId ValueSets::integer(std::int64_t number) {
  const auto next = static_cast<std::uint32_t>(integers_.size());
  const auto [known, fresh] = integer_numbers_.try_emplace(number, next);
  if (fresh) {
    integers_.push_back(number);
  }
  return of(Value{ValueKind::kInteger, known->second});
}

std::uint32_t ValueSets::depth(SetId set) const {
  std::uint32_t deepest = 0;
  for (const Value& value : sets_[set]) {
    if (value.kind == ValueKind::kContainer) {
      deepest = std::max(deepest, container_depths_[value.id]);
    } else if (value.kind == ValueKind::kPartial) {
      deepest = std::max(deepest, partial_depths_[value.id]);
    }
  }
  return deepest;
}

SetId ValueSets::container(Container container) {
  std::uint32_t deepest = depth(container.any);
  for (const auto& [key, set] : container.items) {
    deepest = std::max(deepest, depth(set));
  }
  if (deepest >= kMaxDepth) {
    return kAnything;
  }
  const auto next = static_cast<std::uint32_t>(containers_.size());
  const auto [known, fresh] = container_numbers_.try_emplace(container, next);
  if (fresh) {
    containers_.push_back(std::move(container));
    container_depths_.push_back(deepest + 1);
  }
  return of(Value{ValueKind::kContainer, known->second});
}

SetId ValueSets::partial(Partial partial) {
  std::uint32_t deepest = depth(partial.function);
  for (const SetId argument : partial.arguments) {
    deepest = std::max(deepest, depth(argument));
  }
  if (deepest >= kMaxDepth) {
    return kAnything;
  }
  const auto next = static_cast<std::uint32_t>(partials_.size());
  const auto [known, fresh] = partial_numbers_.try_emplace(partial, next);
  if (fresh) {
    partials_.push_back(std::move(partial));
    partial_depths_.push_back(deepest + 1);
  }
  return of(Value{ValueKind::kPartial, known->second});
}

}  // namespace pysb::analysis::names
