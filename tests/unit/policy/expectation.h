// Comparing a text with a file that holds what is expected of it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace pysb::policy {

inline std::string contents(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// With PYSB_UPDATE=1 in the environment the file is written anew instead.
inline void expect_contents(const std::filesystem::path& path, const std::string& text) {
  if (std::getenv("PYSB_UPDATE") != nullptr) {
    std::ofstream(path) << text;
  }
  EXPECT_EQ(contents(path), text) << path << ": PYSB_UPDATE=1 writes it anew";
}

}  // namespace pysb::policy
