// Inputs of a session, other kinds of trees, and how findings are worded.
#include <gtest/gtest.h>

#include "python.h"

namespace pysb::analysis::test {
namespace {

constexpr std::string_view kPolicy =
    "version: 1\nimports: {deny: [ctypes]}\ncalls: {deny: [os.system, exec]}\n"
    "access: {read: [/data]}\n";

class Session : public testing::Test {
 protected:
  std::vector<std::string> input(std::string_view source, const char* mode = "single") {
    Unit unit;
    unit.source = source;
    unit.display_name = "<input>";
    unit.keeps_bindings = true;
    result_ = analyser_.analyse(parse(source, mode).get(), unit);
    return lines_of(result_);
  }
  std::vector<std::string> dynamic(std::string_view source) {
    Unit unit;
    unit.source = source;
    unit.dynamic_origin = "inside exec, <exec:2>";
    result_ = analyser_.analyse(parse(source).get(), unit);
    return lines_of(result_);
  }
  using Lines = std::vector<std::string>;

  policy::RuleSet rules_ = rules_from(kPolicy);
  Analyser analyser_{{.rules = &rules_, .nonce = 1, .working_dir = "/workspace"}};
  Analysis result_;
};

TEST_F(Session, LaterInputsSeeEarlierBindings) {
  EXPECT_EQ(input("import os\n"), Lines());
  EXPECT_EQ(input("o = os\n"), Lines());
  EXPECT_EQ(input("o.system('id')\n"), Lines{"1 call.denied os.system"});
}

TEST_F(Session, RebindingAddsAndNeverHides) {
  input("import os\n");
  input("os = 1\n");
  EXPECT_EQ(input("os.system('id')\n"), Lines{"1 call.denied os.system"});
}

TEST_F(Session, OwnFunctionsStayTheProgramsOwn) {
  input("def exec(text): return text\n");
  EXPECT_EQ(input("exec('1')\n"), Lines());
}

TEST_F(Session, AFunctionThatMayNotHaveBeenBoundHidesNothing) {
  input("1 / 0\ndef exec(text): return text\n", "exec");
  EXPECT_EQ(input("exec('1')\n"), Lines{"1 call.denied exec"});
}

TEST_F(Session, InertValuesAreRememberedForLowering) {
  input("import ctypes\n");
  EXPECT_EQ(input("print(not ctypes.x)\n"), Lines());
  EXPECT_EQ(readable(result_.tree, result_.helpers), "print(not_(ctypes.x))\n");
}

TEST_F(Session, DynamicCodeSeesTheProgramsModules) {
  input("import os\n");
  EXPECT_EQ(dynamic("x = 1\nos.system('id')\n"),
            Lines{"2 call.denied os.system (inside exec, <exec:2>:2)"});
}

TEST_F(Session, DynamicCodeMayRunWhereTheProgramsFunctionsAreNot) {
  input("def exec(text): return text\n");
  EXPECT_EQ(dynamic("exec('1')\n"), Lines{"1 call.denied exec (inside exec, <exec:2>:1)"});
}

TEST_F(Session, StarImportsLast) {
  input("from os import *\n");
  EXPECT_EQ(input("system('id')\n"), Lines{"1 call.denied os.system"});
}

TEST(Analyser, TakesExpressions) {
  const policy::RuleSet rules = rules_from(kPolicy);
  const Analysis result = analyse("exec('1')", rules, "eval");
  EXPECT_EQ(lines_of(result), std::vector<std::string>{"1 call.denied exec"});
  EXPECT_EQ(compiles(result.tree, "eval"), "");
}

TEST(Analyser, KeepsLookingBehindAReplacement) {
  const policy::RuleSet rules = rules_from(
      "version: 1\ncalls: {deny: [{name: time.sleep, action: replace, with: null}]}\n"
      "attributes: {deny: [__globals__]}\n");
  EXPECT_EQ(lines_of(analyse("import time\ntime.sleep.__globals__\n", rules)),
            (std::vector<std::string>{"2 call.denied time.sleep", "2 attr.denied __globals__"}));
}

TEST(Findings, SayWhatWhereAndHowToAllowIt) {
  const policy::RuleSet rules = rules_from(kPolicy);
  const Analysis result = analyse("import os\r\ná = 'ü'; os.system('id')  # x\r\n", rules);
  ASSERT_EQ(result.findings.size(), 1U);
  const protocol::Finding& finding = result.findings.front();
  EXPECT_EQ(finding.rule, "call.denied");
  EXPECT_EQ(finding.subject, "os.system");
  EXPECT_EQ(finding.message, "The policy does not allow calls of os.system.");
  EXPECT_EQ(finding.hint, "calls: {allow: [os.system]}");
  EXPECT_EQ(finding.file, "prog.py");
  EXPECT_EQ(finding.source, "á = 'ü'; os.system('id')  # x");
  EXPECT_EQ(finding.line, 2U);
  EXPECT_EQ(finding.column, 10U);
  EXPECT_EQ(finding.end_line, 2U);
  EXPECT_EQ(finding.end_column, 19U);
  EXPECT_EQ(finding.layer, protocol::Layer::kStatic);
  EXPECT_EQ(finding.origin, protocol::Origin::kSupervisor);
}

TEST(Findings, NameThePath) {
  const policy::RuleSet rules = rules_from(kPolicy);
  const Analysis result = analyse("open('/data/x', 'w')\n", rules);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].subject, "open(\"/data/x\")");
  EXPECT_EQ(result.findings[0].hint, "access: {write: [\"/data/x\"]}");
}

TEST(Findings, EscapeHostileText) {
  const policy::RuleSet rules = rules_from(kPolicy);
  const Analysis result = analyse("open('/etc/\\x1b[2J\\u202e')\n", rules);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].subject.find('\x1b'), std::string::npos);
}

TEST(Findings, CarryTheRulesOwnMessageAndSeverity) {
  const policy::RuleSet rules = rules_from(
      "version: 1\ncalls: {deny: [{name: os.system, message: no shells here, severity: "
      "critical}]}\n");
  const Analysis result = analyse("import os\nos.system('x')\n", rules);
  ASSERT_EQ(result.findings.size(), 1U);
  EXPECT_EQ(result.findings[0].message, "no shells here");
  EXPECT_EQ(result.findings[0].severity, protocol::Severity::kCritical);
}

}  // namespace
}  // namespace pysb::analysis::test
