// What a verdict means to the shell, and the words of the result's JSON.
#include "protocol/run_result.h"

#include <gtest/gtest.h>

#include <set>

namespace pysb::protocol {
namespace {

constexpr int kVerdicts = static_cast<int>(Verdict::kInternalError) + 1;

RunResult result_of(Verdict verdict, std::optional<int> exit_code = {}) {
  RunResult result;
  result.verdict = verdict;
  result.exit_code = exit_code;
  return result;
}

TEST(ExitStatus, IsTheProgramsOwnWhenItEndedByItself) {
  EXPECT_EQ(exit_status(result_of(Verdict::kOk, 0)), 0);
  EXPECT_EQ(exit_status(result_of(Verdict::kError, 1)), 1);
  EXPECT_EQ(exit_status(result_of(Verdict::kExit, 0)), 0);
  EXPECT_EQ(exit_status(result_of(Verdict::kExit, 42)), 42);
}

TEST(ExitStatus, SaysWhoStoppedTheProgram) {
  EXPECT_EQ(exit_status(result_of(Verdict::kTimeout)), 124);
  EXPECT_EQ(exit_status(result_of(Verdict::kCpuLimit)), 124);
  EXPECT_EQ(exit_status(result_of(Verdict::kBlocked)), 126);
  EXPECT_EQ(exit_status(result_of(Verdict::kInternalError)), 125);
  for (const Verdict killed : {Verdict::kMemoryLimit, Verdict::kOutputLimit, Verdict::kProcessLimit,
                               Verdict::kViolationLimit, Verdict::kKilled}) {
    EXPECT_EQ(exit_status(result_of(killed)), 137) << name_of(killed);
  }
}

TEST(ExitStatus, IsNeverSuccessForAProgramThatDidNotEndByItself) {
  for (int i = 0; i < kVerdicts; ++i) {
    EXPECT_NE(exit_status(result_of(static_cast<Verdict>(i))), 0) << i;
  }
}

TEST(NameOf, GivesEachVerdictItsOwnWord) {
  std::set<std::string_view> names;
  for (int i = 0; i < kVerdicts; ++i) {
    names.insert(name_of(static_cast<Verdict>(i)));
  }
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kVerdicts));
  EXPECT_EQ(name_of(Verdict::kOk), "ok");
  EXPECT_EQ(name_of(Verdict::kMemoryLimit), "memory_limit");
  EXPECT_EQ(name_of(Verdict::kInternalError), "internal_error");
}

TEST(NameOf, SaysTheWordsOfAFinding) {
  EXPECT_EQ(name_of(Severity::kCritical), "critical");
  EXPECT_EQ(name_of(Action::kAlert), "alert");
  EXPECT_EQ(name_of(Layer::kLimit), "limit");
  EXPECT_EQ(name_of(Origin::kGuest), "guest");
  EXPECT_EQ(name_of(Strength::kAbsent), "absent");
}

}  // namespace
}  // namespace pysb::protocol
