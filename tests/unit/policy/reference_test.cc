// What is published of the keys is what the loader reads: the JSON Schema and the reference page.
#include "policy/reference.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "expectation.h"
#include "policy/keys.h"
#include "policy/load.h"

namespace pysb::policy {
namespace {

namespace fs = std::filesystem;

const fs::path kTree = fs::path(PYSB_PRESETS).parent_path();

TEST(Reference, SchemaIsThatOfTheTable) {
  expect_contents(kTree / "schemas/policy.schema.json", json_schema());
}

TEST(Reference, PageHoldsTheTables) {
  const fs::path page = kTree / "docs/policy.md";
  const std::string text = contents(page);
  const std::string begin = "<!-- keys: printed from src/policy/keys.def and limits.def -->\n\n";
  const std::string end = "\n<!-- end of keys -->\n";
  const std::size_t from = text.find(begin);
  const std::size_t to = text.find(end);
  ASSERT_NE(from, std::string::npos);
  ASSERT_NE(to, std::string::npos);
  expect_contents(page, text.substr(0, from) + begin + key_tables() + text.substr(to));
}

// The examples of the page are policies: each block in yaml loads, alone or after a version line.
TEST(Reference, ExamplesOfThePageLoad) {
  const std::string text = contents(kTree / "docs/policy.md");
  const std::string fence = "```yaml\n";
  int examples = 0;
  for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at)) {
    at += fence.size();
    std::string example = text.substr(at, text.find("```", at) - at);
    if (example.find("version:") == std::string::npos) {
      example.insert(0, "version: 1\n");
    }
    const LoadResult loaded = load_text(example, "docs/policy.md", ".", PYSB_PRESETS);
    for (const auto& diagnostic : loaded.diagnostics) {
      ADD_FAILURE() << to_string(diagnostic) << "\n" << example;
    }
    ++examples;
  }
  EXPECT_GT(examples, 3);
}

TEST(Reference, EveryKeyHasASentence) {
  for (const auto keys : {file_keys(), rule_keys(), sink_keys()}) {
    for (const auto& key : keys) {
      EXPECT_TRUE(key.doc.ends_with('.')) << key.path;
    }
  }
}

}  // namespace
}  // namespace pysb::policy
