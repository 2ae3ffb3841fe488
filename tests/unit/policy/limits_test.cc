// Limits: how values are spelt, what --limit may set, and that documentation and code agree.
#include "policy/limits.h"

#include <gtest/gtest.h>

#include "policy/load.h"

namespace pysb::policy {
namespace {

using std::chrono::milliseconds;

Policy policy() {
  Policy policy;
  policy.ceiling = highest_limits();
  return policy;
}

std::string refusal(Policy& policy, std::string_view assignment) {
  const auto result = override_limit(policy, assignment);
  return result ? "" : result.error().to_string() + " | " + result.error().remedy();
}

TEST(Limits, HaveTheDefaultsThatTheirTableGives) {
  for (const auto& key : limit_keys()) {
    const auto value = parse_limit(key, key.default_text);
    ASSERT_TRUE(value) << key.name;
    EXPECT_EQ(*value, key.get(Limits{})) << key.name;
    EXPECT_EQ(format_limit(key, *value), key.default_text) << key.name;
  }
}

TEST(Limits, ReadEveryUnit) {
  const LimitKey& wall = *find_limit("wall");
  const LimitKey& memory = *find_limit("memory");
  EXPECT_EQ(*parse_limit(wall, "500ms"), 500U);
  EXPECT_EQ(*parse_limit(wall, "10s"), 10'000U);
  EXPECT_EQ(*parse_limit(wall, "2m"), 120'000U);
  EXPECT_EQ(*parse_limit(wall, "1h"), 3'600'000U);
  EXPECT_EQ(*parse_limit(memory, "16777217"), 16'777'217U);
  EXPECT_EQ(*parse_limit(memory, "20480KiB"), 20U << 20U);
  EXPECT_EQ(*parse_limit(memory, "64MiB"), 64U << 20U);
  EXPECT_EQ(*parse_limit(memory, "2GiB"), 2ULL << 30U);
  EXPECT_EQ(*parse_limit(memory, "1TiB"), 1ULL << 40U);
}

TEST(Limits, ReadNothingElse) {
  for (const char* text : {"", "s", "10", "10 s", " 10s", "10s ", "10S", "1.5s", "-1s", "+1s",
                           "10sec", "1s1s", "0x10s", "9999999999999999999999s"}) {
    EXPECT_FALSE(parse_limit(*find_limit("wall"), text)) << text;
  }
  for (const char* text : {"64MB", "64M", "64mib", "1e9", "64 MiB", "18446744073709551615KiB"}) {
    EXPECT_FALSE(parse_limit(*find_limit("memory"), text)) << text;
  }
  for (const char* text : {"4s", "four", "4.0", "-4", "4k"}) {
    EXPECT_FALSE(parse_limit(*find_limit("threads"), text)) << text;
  }
}

TEST(Limits, KeepToTheirBounds) {
  for (const auto& key : limit_keys()) {
    EXPECT_TRUE(parse_limit(key, format_limit(key, key.least))) << key.name;
    EXPECT_TRUE(parse_limit(key, format_limit(key, key.most))) << key.name;
    EXPECT_FALSE(parse_limit(key, format_limit(key, key.most + 1))) << key.name;
    if (key.least > 0) {
      EXPECT_FALSE(parse_limit(key, format_limit(key, key.least - 1))) << key.name;
    }
  }
}

// Each setter changes its own limit and no other.
TEST(Limits, AreSetOneByOne) {
  for (const auto& key : limit_keys()) {
    Limits limits;
    key.set(limits, key.most);
    for (const auto& other : limit_keys()) {
      EXPECT_EQ(other.get(limits), other.name == key.name ? key.most : other.get(Limits{}))
          << key.name << ", " << other.name;
    }
  }
}

TEST(OverrideLimit, SetsWhatTheCommandLineAsksFor) {
  Policy changed = policy();
  EXPECT_TRUE(override_limit(changed, "wall=2s"));
  EXPECT_TRUE(override_limit(changed, "memory=64MiB"));
  EXPECT_TRUE(override_limit(changed, "threads=4"));
  EXPECT_EQ(changed.limits.wall, milliseconds(2000));
  EXPECT_EQ(changed.limits.memory, 64U << 20U);
  EXPECT_EQ(changed.limits.threads, 4U);
}

TEST(OverrideLimit, SaysWhatIsWrongAndWhatWouldBeRight) {
  Policy unchanged = policy();
  EXPECT_EQ(refusal(unchanged, "wall"),
            "--limit wall: there is no value | write NAME=VALUE: --limit wall=2s");
  EXPECT_EQ(refusal(unchanged, "wal=2s"),
            "--limit wal=2s: there is no such limit | did you mean wall?");
  EXPECT_EQ(
      refusal(unchanged, "wall=2"),
      "--limit wall=2: \"2\" is not a duration | write a whole number and ms, s, m or h: 10s");
  EXPECT_EQ(refusal(unchanged, "threads=-1"),
            "--limit threads=-1: \"-1\" is not a whole number | write digits: 16");
  EXPECT_EQ(refusal(unchanged, "memory=1KiB"),
            "--limit memory=1KiB: \"1KiB\" is too small | use 16MiB to 16TiB");
  EXPECT_NE(refusal(unchanged, "="), "");
  EXPECT_NE(refusal(unchanged, ""), "");
  EXPECT_EQ(unchanged.limits.wall, Limits{}.wall);
}

TEST(OverrideLimit, StaysBelowTheCeiling) {
  Policy bounded = policy();
  bounded.ceiling.wall = milliseconds(5000);
  EXPECT_TRUE(override_limit(bounded, "wall=5s"));
  EXPECT_EQ(refusal(bounded, "wall=5001ms"),
            "--limit wall=5001ms: the policy's ceiling for it is 5s | ask for less, or raise "
            "limits.ceiling.wall in the policy");
  EXPECT_EQ(bounded.limits.wall, milliseconds(5000));
}

}  // namespace
}  // namespace pysb::policy
