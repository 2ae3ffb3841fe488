// The cases of tests/golden/neutralise: findings, and the program without the harm.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "python.h"

namespace pysb::analysis::test {
namespace {

const std::string kCases = std::string(PYSB_TEST_DATA) + "/neutralise/";

// Cases that need parts of the policy language or of the guest which are not there yet.
bool is_later(const std::string& number) {
  constexpr std::string_view kLater[] = {"41", "42", "43", "44", "45", "46", "53", "54", "55"};
  return std::find(std::begin(kLater), std::end(kLater), number) != std::end(kLater);
}

std::vector<std::string> case_numbers() {
  std::vector<std::string> numbers;
  for (const auto& entry : std::filesystem::directory_iterator(kCases)) {
    const std::string name = entry.path().filename();
    if (std::isdigit(static_cast<unsigned char>(name[0])) != 0 && !is_later(name)) {
      numbers.push_back(name);
    }
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

class Neutralise : public testing::TestWithParam<std::string> {
 protected:
  std::string source() const { return read_file(kCases + GetParam() + "/before.py"); }
  nlohmann::json expected() const {
    return nlohmann::json::parse(read_file(kCases + GetParam() + "/expected.json"));
  }
  policy::RuleSet rules() const {
    return rules_of_file(kCases + "policies/" + expected()["policy"].get<std::string>() + ".yaml");
  }
};

TEST_P(Neutralise, GivesTheExpectedFindings) {
  std::vector<std::string> wanted;
  const nlohmann::json all = expected();
  for (const auto& finding : all["findings"]) {
    wanted.push_back(
        concat({std::to_string(finding["line"].get<int>()), " ", finding["rule"].get<std::string>(),
                " ", finding["subject"].get<std::string>()}));
  }
  const policy::RuleSet policy = rules();
  EXPECT_EQ(lines_of(analyse(source(), policy)), wanted);
}

// Set PYSB_WRITE_GOLDEN=1 to write the files anew, then read the difference.
TEST_P(Neutralise, LeavesTheExpectedProgram) {
  const policy::RuleSet policy = rules();
  const Analysis result = analyse(source(), policy);
  EXPECT_EQ(compiles(result.tree), "");
  EXPECT_TRUE(placeholders_are_callees(result.tree));
  const std::string left = readable(result.tree, result.helpers);
  const std::string golden = kCases + GetParam() + "/neutralised.txt";
  if (std::getenv("PYSB_WRITE_GOLDEN") != nullptr) {
    std::ofstream(golden) << left;
  }
  EXPECT_EQ(left, read_file(golden));
}

TEST_P(Neutralise, FindsNothingInItsOwnResult) {
  const policy::RuleSet policy = rules();
  const Analysis first = analyse(source(), policy);
  const std::string once = dump(first.tree);
  Analyser again({.rules = &policy, .nonce = 7, .working_dir = "/workspace"});
  Unit unit;
  unit.display_name = "prog.py";
  const Analysis second = again.analyse(first.tree.get(), unit);
  EXPECT_EQ(lines_of(second), std::vector<std::string>());
  EXPECT_EQ(dump(second.tree), once);
}

TEST_P(Neutralise, KeepsThePositionsOfOtherLines) {
  const policy::RuleSet policy = rules();
  const std::string program = source();
  EXPECT_EQ(moved_lines(program, analyse(program, policy)), "[]");
}

INSTANTIATE_TEST_SUITE_P(Cases, Neutralise, testing::ValuesIn(case_numbers()),
                         [](const auto& instance) { return instance.param; });

}  // namespace
}  // namespace pysb::analysis::test
