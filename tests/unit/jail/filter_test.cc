// The compiled filter does what the table says, for every number and every argument that matters.
#include "jail/syscalls/filter.h"

#include <gtest/gtest.h>
#include <linux/audit.h>
#include <linux/seccomp.h>

#include <algorithm>
#include <cerrno>
#include <set>
#include <vector>

#include "bpf_evaluator.h"
#include "jail/syscalls/bpf.h"
#include "jail/syscalls/table.h"
#include "table_text.h"

namespace pysb::jail {
namespace {

constexpr int kLastNumber = 1024;
constexpr std::uint64_t kHighBit = 1ULL << 32U;

seccomp_data call_of(int number) {
  seccomp_data call{};
  call.nr = number;
  call.arch = AUDIT_ARCH_X86_64;
  return call;
}

std::uint32_t answer_to(const seccomp_data& call) { return BpfEvaluator(run_filter()).run(call); }

const Rule& rule_of(int number) {
  const auto row = std::ranges::find(kSyscalls, number, &Row::number);
  return row == kSyscalls.end() ? kUnknownSyscall : row->rule;
}

// What the rule says, in plain C++.
bool holds(const Test& test, const seccomp_data& call) {
  const auto low = static_cast<std::uint32_t>(call.args[test.argument]);
  return std::ranges::find(test.values, low & test.mask) != test.values.end();
}

Action decide(const Rule& rule, const seccomp_data& call) {
  for (const Case& one : rule.cases) {
    if (std::ranges::all_of(one.tests, [&](const Test& test) { return holds(test, call); })) {
      return one.action;
    }
  }
  return rule.otherwise;
}

// Values on both sides of each test, and with a bit that the kernel does not look at.
std::vector<std::uint64_t> interesting_values(const Rule& rule, std::size_t argument) {
  std::set<std::uint64_t> values = {0};
  for (const Case& one : rule.cases) {
    for (const Test& test : one.tests) {
      for (const std::uint32_t value : test.values) {
        if (test.argument == argument) {
          values.insert({value, value + 1U, value - 1U, value | ~test.mask, value ^ test.mask, ~0U,
                         value | kHighBit, ~std::uint64_t{0}, kHighBit});
        }
      }
    }
  }
  return {values.begin(), values.end()};
}

// Calls with every combination of interesting values.
std::vector<seccomp_data> interesting_calls(int number) {
  std::vector<seccomp_data> calls = {call_of(number)};
  for (std::size_t argument = 0; argument < std::size(seccomp_data{}.args); ++argument) {
    std::vector<seccomp_data> more;
    for (const std::uint64_t value : interesting_values(rule_of(number), argument)) {
      for (seccomp_data call : calls) {
        call.args[argument] = value;
        more.push_back(call);
      }
    }
    calls = std::move(more);
  }
  return calls;
}

TEST(RunFilter, AnswersEveryCallAsTheTableSays) {
  for (int number = 0; number <= kLastNumber; ++number) {
    for (const seccomp_data& call : interesting_calls(number)) {
      ASSERT_EQ(answer_to(call), return_value(decide(rule_of(number), call)))
          << number << " " << syscall_name(number) << " " << std::hex << call.args[0] << " "
          << call.args[1] << " " << call.args[2] << " " << call.args[3];
    }
  }
}

TEST(RunFilter, KillsForeignArchitecturesAndX32) {
  for (int number = 0; number <= kLastNumber; ++number) {
    for (const std::uint32_t arch : {std::uint32_t{AUDIT_ARCH_I386}, AUDIT_ARCH_AARCH64, 0U, ~0U}) {
      seccomp_data call = call_of(number);
      call.arch = arch;
      ASSERT_EQ(answer_to(call), SECCOMP_RET_KILL_PROCESS) << number;
    }
    ASSERT_EQ(answer_to(call_of(number | static_cast<int>(kX32Bit))), SECCOMP_RET_KILL_PROCESS);
  }
  EXPECT_EQ(answer_to(call_of(-1)), SECCOMP_RET_KILL_PROCESS);
}

TEST(RunFilter, IsShortEnoughToBeInstalledQuickly) {
  EXPECT_LE(run_filter().size(), 300U);  // a tenth of a millisecond
  RecordProperty("instructions", static_cast<int>(run_filter().size()));
}

TEST(CompileRule, GoesOnOnlyForItsValues) {
  const Rule rule = otherwise(tell()).when(kAllowed, {one_of(0, {1, 2, 3}), masked(1, 0x6, 0x4)});
  Assembler out;
  compile(out, rule);
  const Code code = out.program();
  for (std::uint64_t first = 0; first < 5; ++first) {
    for (std::uint64_t second = 0; second < 16; ++second) {
      seccomp_data call = call_of(0);
      call.args[0] = first;
      call.args[1] = second;
      const bool both = first >= 1 && first <= 3 && (second & 0x6U) == 0x4U;
      EXPECT_EQ(BpfEvaluator(code).run(call), both ? SECCOMP_RET_ALLOW : SECCOMP_RET_USER_NOTIF)
          << first << " " << second;
    }
  }
}

// Gaps between rows are unknown calls, and the program may be longer than a short jump reaches.
TEST(CompileFilter, SearchesWhateverTheTableLooksLike) {
  std::vector<Row> rows;
  for (int number = 3; number < kLastNumber; number += 2) {
    rows.push_back({number, "", "", number % 3 == 0 ? kTell : kAllow, ""});
  }
  const Code code = compile_filter(rows);
  for (int number = 0; number <= kLastNumber; ++number) {
    const bool known = number >= 3 && number < kLastNumber && number % 2 == 1;
    const Rule& rule = !known ? kUnknownSyscall : number % 3 == 0 ? kTell : kAllow;
    ASSERT_EQ(BpfEvaluator(code).run(call_of(number)), return_value(rule.otherwise)) << number;
  }
}

TEST(SyscallName, IsThatOfTheTable) {
  EXPECT_EQ(syscall_name(0), "read");
  EXPECT_EQ(syscall_name(41), "socket");
  EXPECT_EQ(syscall_name(425), "io_uring_setup");
  for (const Row& row : kSyscalls) {
    EXPECT_EQ(syscall_name(row.number), row.name);
  }
  for (const int number : {-1, 400, 9999, 1 << 30}) {
    EXPECT_EQ(syscall_name(number), "unknown");
  }
}

TEST(DeniedErrno, IsWhatTheTableTells) {
  EXPECT_EQ(denied_errno(41), EPERM);
  EXPECT_EQ(denied_errno(425), ENOSYS);
  EXPECT_EQ(denied_errno(-1), EPERM);
  for (const Row& row : kSyscalls) {
    for (const seccomp_data& call : interesting_calls(row.number)) {
      const Action action = decide(row.rule, call);
      if (action.outcome == Outcome::kTell) {
        ASSERT_EQ(denied_errno(row.number), action.error) << row.name;
      }
    }
  }
}

}  // namespace
}  // namespace pysb::jail
