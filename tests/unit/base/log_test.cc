#include "base/log.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <regex>

namespace pysb {
namespace {

// What reaches standard error with this value of the variable.
std::string logged(const char* asked, LogLevel level, const std::string& text) {
  ::setenv(kLogVariable, asked, 1);
  testing::internal::CaptureStderr();
  log(level, "test", [&] { return text; });
  std::string written = testing::internal::GetCapturedStderr();
  ::unsetenv(kLogVariable);
  return written;
}

TEST(Log, WritesNothingUnlessAsked) {
  ::unsetenv(kLogVariable);
  testing::internal::CaptureStderr();
  log(LogLevel::kInfo, "test", []() -> std::string {
    ADD_FAILURE() << "the text was made";
    return "";
  });
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_EQ(logged("off", LogLevel::kInfo, "x"), "");
  EXPECT_EQ(logged("info", LogLevel::kDebug, "x"), "");
  EXPECT_EQ(logged("nonsense", LogLevel::kInfo, "x"), "");
}

TEST(Log, GivesEachLineTimeLevelAndPart) {
  const std::regex line(
      R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z debug test: one
\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z debug test: two
)");
  EXPECT_TRUE(std::regex_match(logged("debug", LogLevel::kDebug, "one\ntwo\n"), line));
  EXPECT_NE(logged("debug", LogLevel::kInfo, "x"), "");
}

TEST(Log, EscapesWhatItIsGiven) {
  EXPECT_EQ(logged("info", LogLevel::kInfo, "a\x1b[2Jb").find('\x1b'), std::string::npos);
}

TEST(LogLevel, IsOneOfThreeWords) {
  EXPECT_EQ(parse_log_level("off"), LogLevel::kOff);
  EXPECT_EQ(parse_log_level("info"), LogLevel::kInfo);
  EXPECT_EQ(parse_log_level("debug"), LogLevel::kDebug);
  EXPECT_EQ(parse_log_level(""), std::nullopt);
  EXPECT_EQ(parse_log_level("Debug"), std::nullopt);
}

}  // namespace
}  // namespace pysb
