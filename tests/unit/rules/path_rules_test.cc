// Paths: whole components count, and what is not plainly inside is outside.
#include <gtest/gtest.h>

#include "policy/rules/rules.h"

namespace pysb::policy {
namespace {

const PathRules& sample() {
  static const PathRules paths{.read = {"/srv/in", "/data.csv"}, .write = {"/workspace", "/tmp"}};
  return paths;
}

TEST(PathRules, CoverWhatIsListedAndAllBelow) {
  for (const char* path : {"/workspace", "/workspace/a", "/workspace/a/b.txt", "/tmp/x"}) {
    EXPECT_TRUE(sample().may_read(path)) << path;
    EXPECT_TRUE(sample().may_write(path)) << path;
  }
  for (const char* path : {"/srv/in", "/srv/in/deep/er", "/data.csv"}) {
    EXPECT_TRUE(sample().may_read(path)) << path;
    EXPECT_FALSE(sample().may_write(path)) << path;
  }
}

TEST(PathRules, RefuseEverythingElse) {
  for (const char* path : {"/", "/etc/passwd", "/srv", "/srv/input", "/workspacex", "/data.csv2",
                           "/dev", "/dev/sda", "/dev/null/x", "/proc/self/mem"}) {
    EXPECT_FALSE(sample().may_read(path)) << path;
    EXPECT_FALSE(sample().may_write(path)) << path;
  }
}

TEST(PathRules, RefuseWhatIsNotAbsoluteAndNormalised) {
  using namespace std::string_view_literals;
  for (const auto path :
       {""sv, "workspace/a"sv, "/workspace/../etc"sv, "/workspace/.."sv, "/workspace//a"sv,
        "/workspace/./a"sv, "/workspace/"sv, "//workspace"sv, "/workspace/a\0b"sv}) {
    EXPECT_FALSE(sample().may_read(path)) << path;
    EXPECT_FALSE(sample().may_write(path)) << path;
  }
}

TEST(PathRules, AlwaysAllowTheDevicesWithNothingInThem) {
  const PathRules none;
  for (const char* path : {"/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"}) {
    EXPECT_TRUE(none.may_read(path)) << path;
  }
  EXPECT_TRUE(none.may_write("/dev/null"));
  EXPECT_FALSE(none.may_write("/dev/urandom"));
  EXPECT_FALSE(none.may_read("/tmp"));
}

}  // namespace
}  // namespace pysb::policy
