// Collects what is wrong with one file of a policy.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/load.h"
#include "policy/yaml.h"

namespace pysb::policy {

// Beyond so many, one more problem says that there are more: a file can hold thousands.
inline constexpr std::size_t kMaxDiagnostics = 100;

class Problems {
 public:
  // Adds to `all`, which outlives this.
  Problems(std::string file, std::vector<Diagnostic>& all) : file_(std::move(file)), all_(all) {}

  void add(yaml::Place place, std::string message, std::string hint = {});
  const std::string& file() const { return file_; }

 private:
  std::string file_;
  std::vector<Diagnostic>& all_;
};

// "did you mean deny?", or all candidates where none is near.
std::string suggestion(std::string_view word, const std::vector<std::string_view>& candidates);

// The value as the file has it, quoted, for one line: "\"true\"", "a list", "a mapping", "nothing".
std::string told(const yaml::TreeNode& node);

}  // namespace pysb::policy
