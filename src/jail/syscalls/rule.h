// The language of the system call table: what becomes of a call, depending on its arguments.
//
//   kAllow                                                       always
//   otherwise(refuse(EPERM)).when(kAllowed, one_of(1, {TCGETS})) by the second argument
//
// The first case whose tests all hold decides; `otherwise` does when none holds.
#pragma once

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <initializer_list>

namespace pysb::jail {

enum class Outcome : std::uint8_t {
  kAllow,
  kTell,    // the supervisor is asked; it refuses with `error` and reports the attempt
  kRefuse,  // the kernel refuses with `error`; nobody hears of it
  kKill,    // the kernel ends the whole process with SIGSYS
};

struct Action {
  Outcome outcome = Outcome::kKill;
  int error = 0;

  friend constexpr bool operator==(const Action&, const Action&) = default;
};

constexpr Action tell(int error = EPERM) { return {Outcome::kTell, error}; }
constexpr Action refuse(int error = EPERM) { return {Outcome::kRefuse, error}; }
inline constexpr Action kAllowed{Outcome::kAllow, 0};
inline constexpr Action kKilled{Outcome::kKill, 0};

// A list with room for a fixed number of items: usable in constants, unlike std::vector. Too many
// items do not compile.
template <class T, std::size_t Room>
class FixedList {
 public:
  constexpr FixedList() = default;
  constexpr FixedList(std::initializer_list<T> items) {
    for (const T& item : items) {
      push_back(item);
    }
  }
  constexpr void push_back(const T& item) { items_.at(size_++) = item; }
  constexpr std::size_t size() const { return size_; }
  constexpr const T* begin() const { return items_.data(); }
  constexpr const T* end() const { return items_.data() + size_; }
  constexpr const T& operator[](std::size_t index) const { return items_.at(index); }

 private:
  std::array<T, Room> items_{};
  std::size_t size_ = 0;
};

// Holds when the low 32 bits of an argument, masked, are one of the values. The kernel ignores the
// high half of an `int`: a filter that compares all 64 bits is passed by setting one of them
// (CVE-2019-7303, CVE-2019-10063).
struct Test {
  std::size_t argument = 0;
  std::uint32_t mask = ~0U;
  FixedList<std::uint32_t, 10> values;
};

constexpr Test one_of(std::size_t argument, std::initializer_list<std::uint32_t> values) {
  return {argument, ~0U, values};
}
constexpr Test masked(std::size_t argument, std::uint32_t mask, std::uint32_t value) {
  return {argument, mask, {value}};
}

struct Case {
  FixedList<Test, 3> tests;  // all must hold
  Action action;
};

struct Rule {
  FixedList<Case, 3> cases;
  Action otherwise;

  constexpr Rule when(Action action, std::initializer_list<Test> tests) const {
    Rule longer = *this;
    longer.cases.push_back({tests, action});
    return longer;
  }
  constexpr Rule when(Action action, const Test& test) const { return when(action, {test}); }
};

constexpr Rule otherwise(Action action) { return {{}, action}; }

inline constexpr Rule kAllow = otherwise(kAllowed);
inline constexpr Rule kTell = otherwise(tell());
inline constexpr Rule kRefuse = otherwise(refuse());
inline constexpr Rule kAbsent = otherwise(refuse(ENOSYS));  // libraries take their older way
inline constexpr Rule kKill = otherwise(kKilled);

}  // namespace pysb::jail
