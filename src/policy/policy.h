// A policy as a value: what the code may do, its limits, where alerts go. load.h makes it from
// YAML.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "policy/rules/rules.h"

namespace pysb::policy {

struct Limits {
  std::chrono::milliseconds wall{10'000};
  std::chrono::milliseconds cpu{5'000};
  std::uint64_t memory = 256ULL << 20U;  // bytes
  std::uint32_t processes = 0;           // beside the program's own
  std::uint32_t threads = 16;
  std::uint32_t open_files = 64;
  std::uint64_t disk = 64ULL << 20U;  // bytes, in the working directory and in /tmp, each
  std::uint32_t files = 1000;         // inodes, likewise
  std::uint64_t file_size = 16ULL << 20U;
  std::uint64_t output = 1ULL << 20U;  // bytes, standard output and error together
  std::uint64_t violations = 100'000;
};

// Host paths that the program may use. Absolute ones appear in the jail under the same name,
// relative ones (to the directory py_sandbox was started in) in the working directory.
struct Access {
  std::vector<std::string> read;
  std::vector<std::string> write;
  std::vector<std::pair<std::string, std::string>> env;  // exactly these are set
};

enum class Tier : std::uint8_t { kNamespaces, kSeccomp };

struct PythonChoice {
  std::string interpreter;                 // "" : the one py_sandbox was installed with
  std::vector<std::string> packages{"*"};  // patterns of the import names that are visible
};

struct Layers {
  bool static_analysis = true;
  bool interpreter = true;
};

// An alert sink of `type: file`: one JSON line per finding.
struct FileSink {
  std::string name;
  std::string path;  // relative to the directory py_sandbox was started in
};

struct Policy {
  std::string origin;  // path or preset name, for messages
  RuleSet rules;
  Limits limits;
  Limits ceiling;  // what `--limit` may set each limit to at most
  Access access;
  Tier minimum = Tier::kNamespaces;
  PythonChoice python;
  Layers layers;
  std::vector<FileSink> sinks;
};

// "sha256:…" of the merged policy, the same for the same meaning.
std::string digest(const Policy& policy);

}  // namespace pysb::policy
