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
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "analysis/ast/flat_map.h"
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
  bool operator==(const Value&) const = default;
  bool operator<(const Value& other) const {
    return kind != other.kind ? kind < other.kind : id < other.id;
  }
};

using SetId = std::uint32_t;
inline constexpr SetId kNothing = 0;   // no value reaches: the bottom
inline constexpr SetId kAnything = 1;  // {kUnknown}
inline constexpr SetId kInert = 2;     // {kRemoved}

// A container's contents. Sequences have the keys 0, 1, …; what may be at any key is in `any`.
struct Container {
  bool mapping = false;  // a dict: iterating gives the keys
  std::vector<std::pair<Value, SetId>> items;
  SetId any = kNothing;
  bool operator<(const Container& other) const {
    return std::tie(mapping, items, any) < std::tie(other.mapping, other.items, other.any);
  }
};

// A function whose first positional arguments are given.
struct Partial {
  SetId function = kNothing;
  std::vector<SetId> arguments;
  bool operator<(const Partial& other) const {
    return std::tie(function, arguments) < std::tie(other.function, other.arguments);
  }
};

class ValueSets {
 public:
  ValueSets(ast::Symbols& symbols, const QualifiedNames& names);

  std::span<const Value> values(SetId set) const { return sets_[set]; }
  SetId of(std::vector<Value> values);
  SetId of(Value value);
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
  SetId sequence(std::span<const SetId> elements);
  SetId partial(Partial partial);

  std::string_view text(Value value) const { return symbols_.text(value.id); }
  std::int64_t integer(Value value) const { return integers_[value.id]; }
  const Container& container(Value value) const { return containers_[value.id]; }
  const Partial& partial(Value value) const { return partials_[value.id]; }

  // The only value of the set, if it is of that kind; else null.
  const Value* only(SetId set, ValueKind kind) const;

  // Steps done so far, for the evaluator's budget: long texts and large sets cost more.
  std::uint64_t work() const { return work_; }

  static constexpr std::size_t kMaxText = std::size_t{64} << 10U;

 private:
  // Sets with more of any of these become wide: constants, containers and long names go, kWide
  // comes. It bounds the fixpoint; modules and their direct members, which policies name, always
  // stay.
  static constexpr std::size_t kMaxConstants = 48;
  static constexpr std::size_t kMaxContainers = 12;
  static constexpr std::size_t kMaxNames = 32;
  static constexpr std::uint32_t kShortName = 2;  // "os.system"
  static constexpr std::uint32_t kMaxDepth = 4;
  static constexpr Value kWide{ValueKind::kUnknown, 1};

  struct Hash {
    std::size_t operator()(const std::vector<Value>& values) const;
  };

  Value text_value(ValueKind kind, std::string_view text);
  void widen(std::vector<Value>& values) const;
  bool goes_when_wide(const Value& value) const;
  std::uint32_t depth(SetId set) const;

  ast::Symbols& symbols_;
  std::uint64_t work_ = 0;
  const QualifiedNames& names_;
  std::deque<std::vector<Value>> sets_;
  std::unordered_map<std::vector<Value>, SetId, Hash> numbers_;
  ast::FlatMap singles_;  // the same for sets of one value
  ast::FlatMap joins_;    // two sets, the lower number first
  std::vector<std::int64_t> integers_;
  std::unordered_map<std::int64_t, std::uint32_t> integer_numbers_;
  std::deque<Container> containers_;
  std::vector<std::uint32_t> container_depths_;
  std::map<Container, std::uint32_t> container_numbers_;
  std::deque<Partial> partials_;
  std::vector<std::uint32_t> partial_depths_;
  std::map<Partial, std::uint32_t> partial_numbers_;
};

// Collects the members of a set that comes from many others.
class Gathering {
 public:
  explicit Gathering(ValueSets& sets) : sets_(sets) {}
  void add(Value value) { values_.push_back(value); }
  void add(SetId set) {
    if (set != first_ && set != kNothing) {
      if (first_ == kNothing) {
        first_ = set;
      } else {
        const auto more = sets_.values(set);
        values_.insert(values_.end(), more.begin(), more.end());
      }
    }
  }
  bool empty() const { return first_ == kNothing && values_.empty(); }
  SetId result() {
    return values_.empty() ? first_ : sets_.join(first_, sets_.of(std::move(values_)));
  }

 private:
  ValueSets& sets_;
  SetId first_ = kNothing;
  std::vector<Value> values_;
};

}  // namespace pysb::analysis::names
