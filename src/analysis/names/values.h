// What an expression may stand for, as far as it can be known without running anything: sets of
// abstract values, interned so that equal sets have equal numbers.
#pragma once

#include <cstdint>
#include <deque>
#include <initializer_list>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analysis/names/qualified_names.h"

namespace pysb::analysis::names {

enum class ValueKind : std::uint8_t {
  kUnknown,    // anything
  kRemoved,    // the inert value
  kName,       // a module, or what a module or the language holds: NameId
  kText,       // a string: Symbol
  kBytes,      // Symbol
  kInteger,    // index, see ValueSets::integer
  kPath,       // a pathlib path: Symbol
  kContainer,  // tuple, list, set, dict: index, see ValueSets::container
  kFunction,   // a def or lambda of the program: node index
  kMethod,     // the same, bound: its first parameter is taken
  kClass,      // a class of the program: node index
  kInstance,   // an object of such a class: node index
  kMembers,    // the dictionary behind a name's attributes: NameId
  kGlobals,    // the dictionary of the program's own global names
  kPartial,    // functools.partial: index, see ValueSets::partial
};

struct Value {
  ValueKind kind = ValueKind::kUnknown;
  std::uint32_t id = 0;
  auto operator<=>(const Value&) const = default;
};

using SetId = std::uint32_t;
inline constexpr SetId kNothing = 0;  // no value reaches: the bottom
inline constexpr SetId kAnything = 1;  // {kUnknown}
inline constexpr SetId kInert = 2;     // {kRemoved}

// A container's contents. Sequences have the keys 0, 1, …; what may be at any key is in `any`.
struct Container {
  bool mapping = false;  // a dict: iterating gives the keys
  std::vector<std::pair<Value, SetId>> items;
  SetId any = kNothing;
  auto operator<=>(const Container&) const = default;
};

// A function whose first positional arguments are given.
struct Partial {
  SetId function = kNothing;
  std::vector<SetId> arguments;
  auto operator<=>(const Partial&) const = default;
};

class ValueSets {
 public:
  explicit ValueSets(ast::Symbols& symbols);

  std::span<const Value> values(SetId set) const { return sets_[set]; }
  SetId of(std::vector<Value> values);
  SetId of(Value value) { return of(std::vector<Value>{value}); }
  SetId join(SetId a, SetId b);
  bool has(SetId set, ValueKind kind) const;
  // The set without its values of that kind.
  SetId without(SetId set, ValueKind kind);

  SetId name(NameId name) { return of(Value{ValueKind::kName, name}); }
  // A longer text than kMaxText is not kept.
  SetId text(std::string_view text) { return of(text_value(ValueKind::kText, text)); }
  SetId bytes(std::string_view text) { return of(text_value(ValueKind::kBytes, text)); }
  SetId path(std::string_view text) { return of(text_value(ValueKind::kPath, text)); }
  SetId integer(std::int64_t number);
  SetId container(Container container);
  SetId partial(Partial partial);

  std::string_view text(Value value) const { return symbols_.text(value.id); }
  std::int64_t integer(Value value) const { return integers_[value.id]; }
  const Container& container(Value value) const { return containers_[value.id]; }
  const Partial& partial(Value value) const { return partials_[value.id]; }

  // The only value of the set, if it is of that kind; else null.
  const Value* only(SetId set, ValueKind kind) const;

  static constexpr std::size_t kMaxText = std::size_t{64} << 10U;

 private:
  // Sets with more of either lose both and gain kWide: it bounds the fixpoint. Names never go.
  static constexpr std::size_t kMaxConstants = 48;
  static constexpr std::size_t kMaxContainers = 12;
  static constexpr std::uint32_t kMaxDepth = 4;
  static constexpr Value kWide{ValueKind::kUnknown, 1};

  Value text_value(ValueKind kind, std::string_view text);
  static void widen(std::vector<Value>& values);
  std::uint32_t depth(SetId set) const;

  ast::Symbols& symbols_;
  std::deque<std::vector<Value>> sets_;
  std::map<std::vector<Value>, SetId> numbers_;
  std::unordered_map<std::uint64_t, SetId> joins_;
  std::vector<std::int64_t> integers_;
  std::unordered_map<std::int64_t, std::uint32_t> integer_numbers_;
  std::deque<Container> containers_;
  std::vector<std::uint32_t> container_depths_;
  std::map<Container, std::uint32_t> container_numbers_;
  std::deque<Partial> partials_;
  std::vector<std::uint32_t> partial_depths_;
  std::map<Partial, std::uint32_t> partial_numbers_;
};

}  // namespace pysb::analysis::names
