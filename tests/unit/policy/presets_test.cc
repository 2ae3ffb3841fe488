// The presets against lists of what they are silent about and what they deny: a case is a line in
// tests/golden/policy/presets/<preset>.{silent,denied}. A line is a kind and a name:
//   import os.path | from os import system | call os.system | attribute f_back | name breakpoint
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "policy/limits.h"
#include "policy/load.h"

namespace pysb::policy {
namespace {

namespace fs = std::filesystem;

const Rule* judge(const RuleSet& rules, const std::string& line) {
  std::istringstream words(line);
  std::string kind;
  std::string name;
  words >> kind >> name;
  if (kind == "from") {
    std::string member;
    words >> member >> member;
    return denied_import(rules, name, member);
  }
  if (kind == "import") {
    return denied_import(rules, name, "");
  }
  const Section* section = kind == "call"        ? &rules.calls
                           : kind == "attribute" ? &rules.attributes
                           : kind == "name"      ? &rules.names
                                                 : nullptr;
  if (section == nullptr) {
    ADD_FAILURE() << "no such kind: " << line;
    return nullptr;
  }
  return section->denied(name);
}

std::vector<std::string> lines_of(const std::string& file) {
  std::ifstream in(fs::path(PYSB_TEST_DATA) / "policy/presets" / file);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line[0] != '#') {
      lines.push_back(line);
    }
  }
  return lines;
}

std::string test_name(const testing::TestParamInfo<const char*>& info) {
  std::string name = info.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

class Preset : public testing::TestWithParam<const char*> {
 protected:
  Preset() : loaded_(load_preset(GetParam(), PYSB_PRESETS)) {}
  LoadResult loaded_;
};

TEST_P(Preset, Loads) {
  for (const auto& diagnostic : loaded_.diagnostics) {
    ADD_FAILURE() << to_string(diagnostic);
  }
  EXPECT_EQ(loaded_.policy.origin, GetParam());
  EXPECT_EQ(digest(loaded_.policy).size(), 7U + 64U);
}

TEST_P(Preset, IsSilentAboutTheHarmless) {
  const auto lines = lines_of(std::string(GetParam()) + ".silent");
  ASSERT_FALSE(lines.empty());
  for (const auto& line : lines) {
    EXPECT_EQ(judge(loaded_.policy.rules, line), nullptr) << line;
  }
}

TEST_P(Preset, DeniesTheHarmful) {
  const auto lines = lines_of(std::string(GetParam()) + ".denied");
  ASSERT_FALSE(lines.empty());
  for (const auto& line : lines) {
    const Rule* denied = judge(loaded_.policy.rules, line);
    ASSERT_NE(denied, nullptr) << line;
    EXPECT_EQ(denied->action, Action::kRemove) << line;
    EXPECT_FALSE(denied->message.empty()) << line;
  }
}

// Whoever builds on `default` keeps all that it denies.
TEST_P(Preset, DeniesWhatDefaultDenies) {
  for (const auto& line : lines_of("default.denied")) {
    EXPECT_NE(judge(loaded_.policy.rules, line), nullptr) << line;
  }
}

TEST_P(Preset, KeepsTheProgramToItself) {
  const Policy& policy = loaded_.policy;
  EXPECT_TRUE(policy.access.read.empty());
  EXPECT_TRUE(policy.access.write.empty());
  EXPECT_TRUE(policy.sinks.empty());
  EXPECT_EQ(policy.limits.processes, 0U);
  EXPECT_TRUE(policy.layers.static_analysis);
  EXPECT_TRUE(policy.layers.interpreter);
  EXPECT_TRUE(policy.rules.paths.may_write("/workspace/out.txt"));
  EXPECT_TRUE(policy.rules.paths.may_write("/tmp/x"));
  EXPECT_FALSE(policy.rules.paths.may_read("/etc/passwd"));
}

INSTANTIATE_TEST_SUITE_P(Presets, Preset,
                         testing::Values("default", "strict", "data-science", "judge"), test_name);

TEST(DefaultPreset, HasTheDefaultLimits) {
  const LoadResult loaded = load_preset("default", PYSB_PRESETS);
  for (const auto& key : limit_keys()) {
    EXPECT_EQ(key.get(loaded.policy.limits), key.get(Limits{})) << key.name;
  }
}

TEST(StrictPreset, SaysWhyAModuleIsNotThere) {
  const LoadResult loaded = load_preset("strict", PYSB_PRESETS);
  const Rule* denied = denied_import(loaded.policy.rules, "some_package.module", "");
  ASSERT_NE(denied, nullptr);
  EXPECT_EQ(denied->message, "only modules that reach nothing outside may be imported");
}

}  // namespace
}  // namespace pysb::policy
