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

bool is_name(const Value& value) { return value.kind == ValueKind::kName; }

bool is_nested(const Value& value) {
  return value.kind == ValueKind::kContainer || value.kind == ValueKind::kPartial;
}

}  // namespace

std::size_t ValueSets::Hash::operator()(const std::vector<Value>& values) const {
  std::uint64_t hash = values.size();
  for (const Value& value : values) {
    hash =
        (hash ^ (static_cast<std::uint64_t>(value.kind) << 32U | value.id)) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 29U;
  }
  return static_cast<std::size_t>(hash);
}

ValueSets::ValueSets(ast::Symbols& symbols, const QualifiedNames& names)
    : symbols_(symbols), names_(names) {
  of(std::vector<Value>{});
  of(Value{ValueKind::kUnknown, 0});
  of(Value{ValueKind::kRemoved, 0});
}

SetId ValueSets::of(Value value) {
  const std::uint64_t key = (static_cast<std::uint64_t>(value.kind) + 1) << 32U | value.id;
  if (const std::int64_t known = singles_.find(key); known >= 0) {
    return static_cast<SetId>(known);
  }
  const auto set = static_cast<SetId>(sets_.size());
  sets_.push_back({value});
  singles_.put(key, set);
  return set;
}

SetId ValueSets::of(std::vector<Value> values) {
  if (values.size() == 1) {
    return of(values.front());
  }
  work_ += values.size();
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  widen(values);
  if (values.size() == 1) {
    return of(values.front());
  }
  const auto next = static_cast<SetId>(sets_.size());
  const auto [known, fresh] = numbers_.try_emplace(values, next);
  if (fresh) {
    sets_.push_back(std::move(values));
  }
  return known->second;
}

bool ValueSets::goes_when_wide(const Value& value) const {
  return value.kind == ValueKind::kUnknown || is_constant(value) || is_nested(value) ||
         (value.kind == ValueKind::kName && names_.depth(value.id) > kShortName);
}

// A widened set stays so: otherwise it would fill and empty for ever.
void ValueSets::widen(std::vector<Value>& values) const {
  if (values.size() < 2) {
    return;
  }
  const auto many = [&values](bool (*what)(const Value&), std::size_t most) {
    return std::cmp_greater(std::count_if(values.begin(), values.end(), what), most);
  };
  const bool wide = std::find(values.begin(), values.begin() + 2, kWide) != values.begin() + 2;
  if (!wide && !(values.size() > kMaxContainers &&
                 (many(is_constant, kMaxConstants) || many(is_nested, kMaxContainers) ||
                  many(is_name, kMaxNames)))) {
    return;
  }
  values.erase(std::remove_if(values.begin(), values.end(),
                              [this](const Value& value) { return goes_when_wide(value); }),
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
  const std::uint64_t key = static_cast<std::uint64_t>(low) << 32U | high;
  if (const std::int64_t known = joins_.find(key); known >= 0) {
    return static_cast<SetId>(known);
  }
  std::vector<Value> both(sets_[a]);
  both.insert(both.end(), sets_[b].begin(), sets_[b].end());
  const SetId joined = of(std::move(both));
  joins_.put(key, joined);
  return joined;
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
  work_ += text.size() / 8;
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

SetId ValueSets::sequence(std::span<const SetId> elements) {
  Container all;
  for (const SetId element : elements) {
    const SetId key = integer(static_cast<std::int64_t>(all.items.size()));
    all.items.emplace_back(sets_[key].front(), element);
  }
  return container(std::move(all));
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
