// Every system call of x86-64 up to Linux 6.18, with what becomes of it: one row a call.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

#include "jail/syscalls/argument_rules.h"
#include "jail/syscalls/rule.h"

namespace pysb::jail {

struct Row {
  int number = 0;
  std::string_view name;
  std::string_view group;  // calls of one meaning
  Rule rule;
  std::string_view note;  // why, where it is not plain
};

// Sorted by number.
inline constexpr auto kSyscalls = [] {
#define PYSB_SYSCALL(group, number, name, rule, note) Row{number, #name, #group, rule, note},
  auto rows = std::to_array<Row>({
#include "jail/syscalls/allowed.def"
#include "jail/syscalls/refused.def"
#include "jail/syscalls/told.def"
  });
#undef PYSB_SYSCALL
  std::ranges::sort(rows, {}, &Row::number);
  return rows;
}();

static_assert(std::ranges::adjacent_find(kSyscalls, {}, &Row::number) == kSyscalls.end(),
              "a system call has two rows");

// What becomes of numbers that the table does not know: libraries fall back to what they know.
inline constexpr Rule kUnknownSyscall = kAbsent;

}  // namespace pysb::jail
