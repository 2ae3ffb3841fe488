// Which rule decides: specificity, then the later file, then deny; several names of one thing.
#include "policy/rules/rules.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace pysb::policy {
namespace {

using Views = std::vector<std::string_view>;

Rule rule(std::string_view text, bool allow, std::uint32_t layer) {
  return {.pattern = *NamePattern::parse(text), .allow = allow, .layer = layer};
}
Rule deny(std::string_view text, std::uint32_t layer = 0) { return rule(text, false, layer); }
Rule allow(std::string_view text, std::uint32_t layer = 0) { return rule(text, true, layer); }

std::string decider(const Rule* denied) { return denied == nullptr ? "" : denied->pattern.text(); }

TEST(Section, AllowsWhatNoRuleMatches) {
  EXPECT_EQ(Section().denied("os"), nullptr);
  EXPECT_EQ(Section({deny("os")}).denied("sys"), nullptr);
}

TEST(Section, LetsTheMostSpecificRuleDecide) {
  const Section section({deny("os.*"), allow("os.path*"), deny("os.pathx"), allow("*")});
  EXPECT_EQ(decider(section.denied("os.system")), "os.*");
  EXPECT_EQ(section.denied("os.path"), nullptr);
  EXPECT_EQ(decider(section.denied("os.pathx")), "os.pathx");
  EXPECT_EQ(section.denied("json.loads"), nullptr);
}

TEST(Section, LetsTheLaterFileDecideAmongEquals) {
  EXPECT_EQ(Section({deny("eval", 0), allow("eval", 1)}).denied("eval"), nullptr);
  EXPECT_EQ(decider(Section({allow("eval", 0), deny("eval", 1)}).denied("eval")), "eval");
  EXPECT_EQ(Section({allow("os.*", 1), deny("os.**", 0)}).denied("os.x"), nullptr);
}

TEST(Section, DeniesAmongEqualsOfOneFile) {
  EXPECT_EQ(decider(Section({allow("os.*"), deny("os.**")}).denied("os.x")), "os.**");
  EXPECT_EQ(decider(Section({deny("os.**"), allow("os.*")}).denied("os.x")), "os.**");
  EXPECT_NE(Section({allow("x"), deny("x")}).denied("x"), nullptr);
}

TEST(Section, DeniesWhatAnAllowListLeavesOut) {
  const Section section({allow("math"), deny("os")}, true, Action::kBlock);
  EXPECT_EQ(section.denied("math"), nullptr);
  EXPECT_EQ(decider(section.denied("os")), "os");
  const Rule* unlisted = section.denied("json");
  ASSERT_NE(unlisted, nullptr);
  EXPECT_EQ(unlisted->action, Action::kBlock);
  EXPECT_EQ(Section({allow("*")}, true).denied("json"), nullptr);
  EXPECT_NE(Section({}, true).denied("json"), nullptr);
}

TEST(Section, JudgesAllNamesOfAThingTogether) {
  const Section section({deny("os"), allow("os.path")});
  EXPECT_EQ(section.denied(Views{"os", "os.path"}), nullptr);
  EXPECT_EQ(decider(section.denied(Views{"os.getcwd", "os"})), "os");
  EXPECT_EQ(section.denied(Views{}), nullptr);
}

TEST(Section, StaysRightWhenCopiedAndMoved) {
  Section original({deny("os")}, true);
  const Section copy = original;
  const Section moved = std::move(original);
  EXPECT_EQ(decider(copy.denied("os")), "os");
  EXPECT_NE(copy.denied("unlisted"), nullptr);
  EXPECT_NE(moved.denied("unlisted"), nullptr);
}

// Many literal rules are found by search; each must be, and only each.
TEST(Section, FindsEveryLiteralRule) {
  std::vector<Rule> rules;
  for (int i = 499; i >= 0; --i) {
    rules.push_back(deny("module.f" + std::to_string(i)));
  }
  const Section section(rules);
  for (int i = 0; i < 500; ++i) {
    const std::string name = "module.f" + std::to_string(i);
    EXPECT_EQ(decider(section.denied(name)), name);
    EXPECT_EQ(section.denied(name + "x"), nullptr);
  }
}

RuleSet imports(std::vector<Rule> rules, bool allow_listed = false) {
  RuleSet set;
  set.imports = Section(std::move(rules), allow_listed);
  return set;
}

TEST(DeniedImport, ExtendsToWhatIsInTheModule) {
  const RuleSet rules = imports({deny("os"), deny("a.b")});
  EXPECT_NE(denied_import(rules, "os", ""), nullptr);
  EXPECT_NE(denied_import(rules, "os.path", ""), nullptr);
  EXPECT_NE(denied_import(rules, "os", "getcwd"), nullptr);
  EXPECT_NE(denied_import(rules, "os.path", "join"), nullptr);
  EXPECT_NE(denied_import(rules, "os", "*"), nullptr);
  EXPECT_EQ(denied_import(rules, "osx", ""), nullptr);
  EXPECT_EQ(denied_import(rules, "a", ""), nullptr);
  EXPECT_EQ(denied_import(rules, "a", "c"), nullptr);
  EXPECT_NE(denied_import(rules, "a", "b"), nullptr);
  EXPECT_NE(denied_import(rules, "a.b.c", "d"), nullptr);
}

TEST(DeniedImport, LetsALaterFileTakeBackAModuleWithAllInIt) {
  const RuleSet rules =
      imports({allow("*", 0), deny("os", 0), deny("os.*", 0), allow("os", 1), allow("os.path", 1)});
  EXPECT_EQ(denied_import(rules, "os", ""), nullptr);
  EXPECT_EQ(denied_import(rules, "os.path", ""), nullptr);
  EXPECT_EQ(denied_import(rules, "os", "getcwd"), nullptr);
  EXPECT_EQ(denied_import(rules, "os.path", "join"), nullptr);
}

TEST(DeniedImport, HonoursExceptionsBelowADeniedPackage) {
  const RuleSet rules = imports({deny("xml"), allow("xml.etree.ElementTree")});
  EXPECT_NE(denied_import(rules, "xml.sax", ""), nullptr);
  EXPECT_NE(denied_import(rules, "xml.etree", ""), nullptr);
  EXPECT_EQ(denied_import(rules, "xml.etree.ElementTree", ""), nullptr);
  EXPECT_EQ(denied_import(rules, "xml.etree", "ElementTree"), nullptr);
}

TEST(DeniedImport, KeepsToAnAllowList) {
  const RuleSet rules = imports({allow("math"), allow("os.path")}, true);
  EXPECT_EQ(denied_import(rules, "math", "sqrt"), nullptr);
  EXPECT_EQ(denied_import(rules, "os", "path"), nullptr);
  EXPECT_NE(denied_import(rules, "os", ""), nullptr);
  EXPECT_NE(denied_import(rules, "os", "system"), nullptr);
  EXPECT_NE(denied_import(rules, "json", ""), nullptr);
}

}  // namespace
}  // namespace pysb::policy
