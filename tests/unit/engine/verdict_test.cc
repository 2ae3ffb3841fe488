// The verdict follows the kernel; a guest's claim cannot make a killed run a success.
#include "engine/verdict.h"

#include <gtest/gtest.h>

#include <csignal>

namespace pysb::engine {
namespace {

using protocol::Ending;
using protocol::Outcome;
using protocol::RunResult;
using protocol::Verdict;

constexpr int exited(int code) { return code << 8; }

Facts facts(int wait_status) {
  Facts all;
  all.commit = protocol::Commit{Outcome::kRun, ""};
  all.ended = jail::Ended{};
  all.ended->wait_status = wait_status;
  all.cpu_limit = std::chrono::milliseconds(5000);
  return all;
}

RunResult judged(const Facts& of) {
  RunResult result;
  judge(of, result);
  return result;
}

Facts claiming(int wait_status, Ending ending) {
  Facts all = facts(wait_status);
  all.claim = protocol::End{ending, "ValueError", "bad", 3};
  return all;
}

TEST(Verdict, ACleanEndIsOk) {
  EXPECT_EQ(judged(claiming(exited(0), Ending::kOk)).verdict, Verdict::kOk);
}

TEST(Verdict, AnUncaughtExceptionIsAnErrorWithItsText) {
  const RunResult result = judged(claiming(exited(1), Ending::kError));
  EXPECT_EQ(result.verdict, Verdict::kError);
  EXPECT_EQ(result.error, "ValueError: bad");
  EXPECT_EQ(result.exit_code, 1);
}

TEST(Verdict, SysExitIsExitEvenWithZero) {
  EXPECT_EQ(judged(claiming(exited(0), Ending::kExit)).verdict, Verdict::kExit);
  EXPECT_EQ(judged(claiming(exited(3), Ending::kExit)).exit_code, 3);
}

TEST(Verdict, LeavingWithoutAWordIsExit) {
  EXPECT_EQ(judged(facts(exited(7))).verdict, Verdict::kExit);
}

TEST(Verdict, AClaimOfSuccessDoesNotHideASignal) {
  const RunResult result = judged(claiming(SIGSEGV, Ending::kOk));
  EXPECT_EQ(result.verdict, Verdict::kKilled);
  EXPECT_EQ(result.signal, SIGSEGV);
  EXPECT_EQ(exit_status(result), 137);
}

TEST(Verdict, AClaimOfSuccessDoesNotHideAnExitStatus) {
  EXPECT_EQ(judged(claiming(exited(9), Ending::kOk)).verdict, Verdict::kExit);
}

TEST(Verdict, TheCpuSignalIsTheCpuLimit) {
  EXPECT_EQ(judged(facts(SIGXCPU)).verdict, Verdict::kCpuLimit);
  Facts hard = facts(SIGKILL);
  hard.ended->cpu_us = 6'000'000;
  EXPECT_EQ(judged(hard).verdict, Verdict::kCpuLimit);
  EXPECT_EQ(judged(facts(SIGKILL)).verdict, Verdict::kKilled);
}

TEST(Verdict, WhatTheSupervisorDidComesFirst) {
  Facts all = claiming(exited(0), Ending::kOk);
  all.stopped = Stop::kWallLimit;
  EXPECT_EQ(judged(all).verdict, Verdict::kTimeout);
  EXPECT_EQ(exit_status(judged(all)), 124);
  all.stopped = Stop::kOutputLimit;
  EXPECT_EQ(judged(all).verdict, Verdict::kOutputLimit);
  all.stopped = Stop::kViolationLimit;
  EXPECT_EQ(judged(all).verdict, Verdict::kViolationLimit);
}

TEST(Verdict, ABlockedProgramDidNotRun) {
  Facts all = facts(exited(0));
  all.commit->outcome = Outcome::kBlocked;
  EXPECT_EQ(judged(all).verdict, Verdict::kBlocked);
  EXPECT_EQ(exit_status(judged(all)), 126);
}

TEST(Verdict, AProgramThatCouldNotBeAnalysedIsBlocked) {
  Facts all = facts(exited(0));
  all.commit = protocol::Commit{Outcome::kRefused, "nested too deeply"};
  EXPECT_EQ(judged(all).verdict, Verdict::kBlocked);
  EXPECT_NE(judged(all).error.find("nested too deeply"), std::string::npos);
}

TEST(Verdict, AnInterpreterThatDiesBeforeItsWordIsOurFailure) {
  Facts all = facts(exited(127));
  all.commit.reset();
  EXPECT_EQ(judged(all).verdict, Verdict::kInternalError);
  EXPECT_EQ(exit_status(judged(all)), 125);
}

TEST(Verdict, AParserCrashSaysThatNothingRan) {
  Facts all = facts(SIGSEGV);
  all.commit.reset();
  EXPECT_NE(judged(all).error.find("was not run"), std::string::npos);
}

}  // namespace
}  // namespace pysb::engine
