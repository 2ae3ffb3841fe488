// Error's story, and how Result and its macros pass it on.
#include "base/error.h"

#include <gtest/gtest.h>

#include <memory>

namespace pysb {
namespace {

Error broken() { return {ErrorKind::kDenied, "open(p.yaml): Permission denied", EACCES}; }

Result<int> halve(int value) {
  if (value % 2 != 0) {
    return Error(ErrorKind::kInvalidInput, "odd");
  }
  return value / 2;
}

Result<int> quarter(int value) {
  PYSB_TRY(const int half, halve(value));
  return halve(half);
}

Result<> check_all(int value, int& reached) {
  PYSB_CHECK(halve(value));
  ++reached;
  return {};
}

TEST(Error, TellsItsStoryOutermostFirst) {
  const Error error = broken().with("reading the file").with("loading the policy");
  EXPECT_EQ(error.to_string(),
            "loading the policy: reading the file: open(p.yaml): Permission denied");
}

TEST(Error, KeepsKindErrnoAndRemedyWhenContextIsAdded) {
  const Error error = broken().remedy("chmod it").with("loading the policy");
  EXPECT_EQ(error.kind(), ErrorKind::kDenied);
  EXPECT_EQ(error.os_errno(), EACCES);
  EXPECT_EQ(error.remedy(), "chmod it");
}

TEST(Error, FromErrnoNamesCallObjectAndCause) {
  errno = ENOENT;
  const Error error = Error::from_errno("open", "/nowhere");
  EXPECT_EQ(error.to_string(), "open(/nowhere): No such file or directory");
  EXPECT_EQ(error.os_errno(), ENOENT);
  EXPECT_EQ(error.kind(), ErrorKind::kUnavailable);
}

TEST(Error, FromErrnoCallsAMissingRightDenied) {
  for (const int code : {EPERM, EACCES}) {
    errno = code;
    EXPECT_EQ(Error::from_errno("mount", "/").kind(), ErrorKind::kDenied) << code;
  }
}

TEST(Result, TryFillsTheValueOrLeavesWithTheError) {
  EXPECT_EQ(*quarter(12), 3);
  const auto failed = quarter(6);
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().to_string(), "odd");
}

TEST(Result, CheckStopsAtTheFirstFailure) {
  int reached = 0;
  EXPECT_TRUE(check_all(2, reached));
  EXPECT_FALSE(check_all(3, reached));
  EXPECT_EQ(reached, 1);
}

TEST(Result, ContextIsMadeOnlyForAFailure) {
  int made = 0;
  const auto line = [&made] {
    ++made;
    return std::string("halving");
  };
  EXPECT_EQ(*halve(4).context(line), 2);
  EXPECT_EQ(made, 0);
  EXPECT_EQ(halve(5).context(line).error().to_string(), "halving: odd");
  EXPECT_EQ(made, 1);
}

TEST(Result, CarriesValuesThatCanOnlyBeMoved) {
  const auto make = []() -> Result<std::unique_ptr<int>> { return std::make_unique<int>(7); };
  const auto use = [&]() -> Result<int> {
    PYSB_TRY(const std::unique_ptr<int> value, make());
    return *value;
  };
  EXPECT_EQ(*use(), 7);
}

}  // namespace
}  // namespace pysb
