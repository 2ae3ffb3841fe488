// YAML to Policy: reads a file and everything it extends, merges, checks, and says all that is
// wrong.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policy/policy.h"

namespace pysb::policy {

// One thing wrong with a policy. Printed as "file:line:col: message; hint".
struct Diagnostic {
  std::string file;
  std::uint32_t line = 0;    // from 1; 0: the file as a whole
  std::uint32_t column = 0;  // from 1, in characters
  std::string message;       // what is wrong, with the bad value
  std::string hint;          // the nearest valid key, or what to write instead
};

std::string to_string(const Diagnostic& diagnostic);

// A policy, or at least one diagnostic.
struct LoadResult {
  Policy policy;
  std::vector<Diagnostic> diagnostics;
  bool ok() const { return diagnostics.empty(); }
};

// The policy of a file. `preset_dir` holds the presets as NAME.yaml.
LoadResult load_file(std::string_view path, std::string_view preset_dir);

// The policy of a preset by name ("default").
LoadResult load_preset(std::string_view name, std::string_view preset_dir);

// The policy of YAML text; `name` stands in its diagnostics, relative `extends` start at
// `base_dir`.
LoadResult load_text(std::string_view yaml, std::string_view name, std::string_view base_dir,
                     std::string_view preset_dir);

// Sets one limit from the command line: "wall=2s", "memory=64MiB", "threads=4". The error names the
// key, the value, and what would be right; a value above the policy's ceiling is one.
Result<> override_limit(Policy& policy, std::string_view assignment);

}  // namespace pysb::policy
