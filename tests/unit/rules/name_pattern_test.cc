// Globbed names: what matches what, how specific a pattern is, and which texts are none.
#include "policy/rules/name_pattern.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pysb::policy {
namespace {

NamePattern pattern(std::string_view text) {
  auto parsed = NamePattern::parse(text);
  EXPECT_TRUE(parsed) << text;
  return parsed ? *std::move(parsed) : NamePattern();
}

struct Case {
  std::string_view pattern;
  std::vector<std::string_view> matches;
  std::vector<std::string_view> differs;
};

TEST(NamePattern, MatchesPartsAndRunsOfParts) {
  const std::vector<Case> cases = {
      {"os", {"os"}, {"", "o", "oss", "os.path", "posix"}},
      {"os.system", {"os.system"}, {"os", "os.systemd", "os.system.x", "xos.system"}},
      {"os.*", {"os.path", "os.x"}, {"os", "os.path.join", "osx.path"}},
      {"os.exec*", {"os.exec", "os.execv", "os.execvpe"}, {"os.e", "os.execv.x", "os.xexec"}},
      {"os.*id", {"os.setuid", "os.id"}, {"os.setuids", "os.set.id"}},
      {"os.s*u*d", {"os.setuid", "os.sud", "os.suuudd"}, {"os.setgid", "os.su.d"}},
      {"subprocess.**", {"subprocess", "subprocess.run", "subprocess.a.b"}, {"subprocessx", "x"}},
      {"**.system", {"system", "os.system", "a.b.system"}, {"systems", "system.x"}},
      {"a.**.z", {"a.z", "a.b.z", "a.b.c.z", "a.z.z"}, {"a", "z", "a.b", "a.b.zz", "b.a.z"}},
      {"a.**.b.**.c", {"a.b.c", "a.x.b.y.c", "a.b.b.c.c"}, {"a.c", "a.b", "a.c.b"}},
      {"a.**.b*.c", {"a.b1.c", "a.x.b.c", "a.b1.x.b2.c"}, {"a.b.x", "a.c"}},
      {"*.execute", {"db.execute"}, {"execute", "a.db.execute"}},
      {"*", {"", "a", "a.b.c"}, {}},
      {"**", {"", "a", "a.b.c"}, {}},
      {"größe.*", {"größe.x"}, {"grösse.x"}},
  };
  for (const auto& [text, matches, differs] : cases) {
    for (const auto name : matches) {
      EXPECT_TRUE(pattern(text).matches(name)) << text << " and " << name;
    }
    for (const auto name : differs) {
      EXPECT_FALSE(pattern(text).matches(name)) << text << " and " << name;
    }
  }
}

TEST(NamePattern, IsMoreSpecificTheMoreItSpellsOut) {
  const std::vector<std::string_view> ascending = {"*",     "s*",      "os.*",
                                                   "os.s*", "os.sys*", "os.system"};
  for (std::size_t i = 1; i < ascending.size(); ++i) {
    EXPECT_LT(pattern(ascending[i - 1]).specificity(), pattern(ascending[i]).specificity())
        << ascending[i];
  }
  EXPECT_EQ(pattern("os").specificity(), pattern("os.*").specificity());
  EXPECT_EQ(pattern("os").specificity(), pattern("os.**").specificity());
  EXPECT_EQ(pattern("*").specificity(), pattern("**").specificity());
}

TEST(NamePattern, KnowsWhatIsLiteralAndWhatMatchesEverything) {
  EXPECT_TRUE(pattern("os.path").is_literal());
  EXPECT_FALSE(pattern("os.*").is_literal());
  EXPECT_TRUE(pattern("*").matches_everything());
  EXPECT_TRUE(pattern("**").matches_everything());
  EXPECT_FALSE(pattern("*.*").matches_everything());
}

TEST(NamePattern, RefusesWhatNoNameCanBe) {
  for (const std::string_view text :
       {"", ".", "os.", ".os", "os..path", "os path", "os-path", "a***", "a**", "**b", "os.a**b",
        "2to3", "os.2x", "os\n", "a/b", "\x1b[0m", "f()"}) {
    EXPECT_FALSE(NamePattern::parse(text)) << text;
  }
  EXPECT_FALSE(NamePattern::parse(std::string(501, 'a')));
  EXPECT_TRUE(NamePattern::parse(std::string(500, 'a')));
}

TEST(NamePattern, SaysWhatIsWrongOnOneLine) {
  const auto refused = NamePattern::parse("os\n.path");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().to_string(),
            "the name \"os\\n.path\" holds a character that no Python name has");
}

// A matcher that tries every division of the name would not come to an end here.
TEST(NamePattern, NeedsNoExponentialTime) {
  std::string stars = "**";
  for (int i = 0; i < 80; ++i) {
    stars += ".a.**";
  }
  std::string letters = "a";
  for (int i = 0; i < 10'000; ++i) {
    letters += ".a";
  }
  EXPECT_FALSE(pattern(stars + ".b").matches(letters));
  EXPECT_FALSE(pattern("x.*a*a*a*a*a*a*a*a*a*a*b").matches("x." + std::string(50'000, 'a')));
}

}  // namespace
}  // namespace pysb::policy
