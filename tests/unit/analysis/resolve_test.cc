// The programs of tests/golden/resolve, one for each family of disguises. A line that must give a
// finding ends in "# finding: RULE SUBJECT"; any other finding is too much.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "python.h"

namespace pysb::analysis::test {
namespace {

const std::string kFolder = std::string(PYSB_TEST_DATA) + "/resolve/";

std::vector<std::string> families() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() == ".py") {
      names.push_back(entry.path().stem());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

// "LINE RULE SUBJECT", from the comments.
std::vector<std::string> expected_in(const std::string& source) {
  constexpr std::string_view kMark = "# finding: ";
  std::vector<std::string> wanted;
  std::istringstream lines(source);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (const std::size_t mark = line.find(kMark); mark != std::string::npos) {
      wanted.push_back(std::to_string(number) + " " + line.substr(mark + kMark.size()));
    }
  }
  return wanted;
}

class Resolve : public testing::TestWithParam<std::string> {};

TEST_P(Resolve, FindsJustWhatIsMarked) {
  const std::string source = read_file(kFolder + GetParam() + ".py");
  const policy::RuleSet rules = rules_of_file(kFolder + "policy.yaml");
  const Analysis result = analyse(source, rules);
  EXPECT_EQ(result.state, Analysis::State::kOk) << result.refusal;
  const std::vector<std::string> wanted = expected_in(source);
  const std::vector<std::string> found = lines_of(result);
  for (const std::string& line : wanted) {
    EXPECT_TRUE(std::count(found.begin(), found.end(), line) > 0) << "missing: " << line;
  }
  for (const std::string& line : found) {
    EXPECT_TRUE(std::count(wanted.begin(), wanted.end(), line) > 0) << "too much: " << line;
  }
  EXPECT_EQ(found.size(), wanted.size());
  EXPECT_EQ(compiles(result.tree), "");
  EXPECT_TRUE(placeholders_are_callees(result.tree));
}

INSTANTIATE_TEST_SUITE_P(Families, Resolve, testing::ValuesIn(families()),
                         [](const auto& instance) { return instance.param; });

}  // namespace
}  // namespace pysb::analysis::test
