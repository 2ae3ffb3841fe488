// What holds for every program, whatever the policy finds in it.
#include <gtest/gtest.h>

#include <filesystem>

#include "python.h"

namespace pysb::analysis::test {
namespace {

using policy::Action;

// The strictest policy there is in the tests: every program has something that it denies.
policy::RuleSet strict() {
  return rules_of_file(std::string(PYSB_TEST_DATA) + "/neutralise/policies/P0.yaml");
}

policy::RuleSet nothing_denied() {
  policy::RuleSet rules;
  rules.paths.write = {"/", "/data", "/etc", "/outside", "/tmp", "/workspace"};
  return rules;
}

class EveryProgram : public testing::TestWithParam<std::string> {};

TEST_P(EveryProgram, IsUntouchedWhenNothingIsDenied) {
  const std::string source = read_file(GetParam());
  const std::string before = dump(parse(source));
  const policy::RuleSet rules = nothing_denied();
  const Analysis result = analyse(source, rules);
  EXPECT_EQ(result.state, Analysis::State::kOk) << result.refusal;
  EXPECT_TRUE(result.findings.empty());
  if (result.helpers
          .empty()) {  // a roundabout way to eval is led to the guarded one without a finding
    EXPECT_EQ(dump(result.tree), before);
  }
}

TEST_P(EveryProgram, CompilesUnderEveryAction) {
  const std::string source = read_file(GetParam());
  for (const Action action : {Action::kRemove, Action::kRaise, Action::kReplace}) {
    const policy::RuleSet rules = with_action(strict(), action);
    const Analysis result = analyse(source, rules);
    EXPECT_EQ(compiles(result.tree), "") << static_cast<int>(action);
    EXPECT_TRUE(placeholders_are_callees(result.tree));
  }
}

TEST_P(EveryProgram, IsUntouchedByAlertAndBlock) {
  const std::string source = read_file(GetParam());
  const std::string before = dump(parse(source));
  for (const Action action : {Action::kAlert, Action::kBlock}) {
    const policy::RuleSet rules = with_action(strict(), action);
    const Analysis result = analyse(source, rules);
    const bool blocked = result.state == Analysis::State::kBlocked;
    EXPECT_EQ(blocked, action == Action::kBlock && !result.findings.empty());
    if (result.helpers.empty()) {
      EXPECT_EQ(dump(result.tree), before);
    }
  }
}

TEST_P(EveryProgram, HasNothingLeftToFind) {
  const std::string source = read_file(GetParam());
  const policy::RuleSet rules = strict();
  const Analysis first = analyse(source, rules);
  const std::string once = dump(first.tree);
  Analyser again({.rules = &rules, .nonce = 7, .working_dir = "/workspace"});
  const Analysis second = again.analyse(first.tree.get(), Unit{});
  EXPECT_EQ(lines_of(second), std::vector<std::string>());
  EXPECT_EQ(dump(second.tree), once);
}

TEST_P(EveryProgram, GivesTheSameFindingsTwice) {
  const std::string source = read_file(GetParam());
  const policy::RuleSet rules = strict();
  EXPECT_EQ(lines_of(analyse(source, rules)), lines_of(analyse(source, rules)));
}

std::string test_name(const testing::TestParamInfo<std::string>& instance) {
  const std::filesystem::path path(instance.param);
  std::string name = path.parent_path().filename().string() + "_" + path.stem().string();
  return name;
}

INSTANTIATE_TEST_SUITE_P(Golden, EveryProgram, testing::ValuesIn(golden_programs()), test_name);

}  // namespace
}  // namespace pysb::analysis::test
