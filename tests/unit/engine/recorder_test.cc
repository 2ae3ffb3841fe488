#include "engine/recorder.h"

#include <gtest/gtest.h>

namespace pysb::engine {
namespace {

protocol::Finding at(std::uint32_t line) {
  protocol::Finding finding;
  finding.rule = "call.denied";
  finding.subject = "os.system";
  finding.line = line;
  return finding;
}

TEST(Recorder, TellsAFindingOnceAndCountsTheRest) {
  int told = 0;
  Recorder recorder([&](const protocol::Finding&) { ++told; });
  for (int i = 0; i < 10; ++i) {
    recorder.add(at(1));
  }
  recorder.add(at(2));
  EXPECT_EQ(told, 2);
  const auto findings = recorder.take();
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[0].count, 10U);
}

TEST(Recorder, AClaimOfTheGuestIsNotTheSupervisorsOwnFinding) {
  Recorder recorder([](const protocol::Finding&) {});
  protocol::Finding claimed = at(1);
  claimed.origin = protocol::Origin::kGuest;
  recorder.add(at(1));
  recorder.add(claimed);
  EXPECT_EQ(recorder.take().size(), 2U);
}

TEST(Recorder, AFloodOfDifferentFindingsIsBoundedAndCounted) {
  Recorder recorder([](const protocol::Finding&) {});
  for (std::uint32_t line = 1; line <= Recorder::kMaxDistinct + 500; ++line) {
    recorder.add(at(line));
  }
  EXPECT_EQ(recorder.dropped(), 500U);
  EXPECT_EQ(recorder.take().size(), Recorder::kMaxDistinct);
}

}  // namespace
}  // namespace pysb::engine
