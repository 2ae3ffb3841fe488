// Policies as cases: valid/*.yaml with the merged policy beside, invalid/*.yaml with the
// diagnostics. A case without expectation fails and prints the text to paste into NAME.expected.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "expectation.h"
#include "policy/load.h"
#include "policy/to_text.h"

namespace pysb::policy {
namespace {

namespace fs = std::filesystem;

const fs::path kCases = fs::path(PYSB_TEST_DATA) / "policy";

std::vector<std::string> cases_of(const char* kind) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kCases / kind)) {
    if (entry.path().extension() == ".yaml") {
      names.push_back(entry.path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string test_name(const testing::TestParamInfo<std::string>& info) { return info.param; }

std::string text_of(const LoadResult& loaded) {
  std::string text;
  for (const auto& diagnostic : loaded.diagnostics) {
    text += to_string(diagnostic) + "\n";
  }
  return loaded.ok() ? to_text(loaded.policy) : text;
}

// Loads the case from within its directory, so that no message holds an absolute path.
class Golden : public testing::TestWithParam<std::string> {
 protected:
  static LoadResult load(const char* kind) {
    fs::current_path(kCases / kind);
    return load_file(GetParam() + ".yaml", PYSB_PRESETS);
  }
  static void expect(const char* kind, const LoadResult& loaded) {
    expect_contents(kCases / kind / (GetParam() + ".expected"), text_of(loaded));
  }
};

using ValidPolicy = Golden;
TEST_P(ValidPolicy, MergesAsExpected) {
  const LoadResult loaded = load("valid");
  EXPECT_TRUE(loaded.ok());
  expect("valid", loaded);
}
INSTANTIATE_TEST_SUITE_P(Cases, ValidPolicy, testing::ValuesIn(cases_of("valid")), test_name);

using InvalidPolicy = Golden;
TEST_P(InvalidPolicy, IsRefusedAsExpected) {
  const LoadResult loaded = load("invalid");
  EXPECT_FALSE(loaded.ok());
  expect("invalid", loaded);
}
INSTANTIATE_TEST_SUITE_P(Cases, InvalidPolicy, testing::ValuesIn(cases_of("invalid")), test_name);

}  // namespace
}  // namespace pysb::policy
