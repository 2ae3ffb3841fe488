// YAML text to a tree of values with their places. The one door to libyaml: its events stop here,
// and so does what a policy has no use for (aliases, tags, second documents, endless nesting).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pysb::policy::yaml {

// Where something stands in the file, both from 1; line 0 when the whole file is meant.
struct Place {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
};

struct Problem {
  Place place;
  std::string message;
  std::string hint;
};

enum class Kind : std::uint8_t { kScalar, kList, kMap };

struct Key {
  std::string text;
  Place place;
};

struct TreeNode {
  Kind kind = Kind::kScalar;
  Place place;
  std::string text;             // scalar
  bool is_quoted = false;       // scalar: written so that it can only be a string
  std::vector<Key> keys;        // map: no text occurs twice
  std::vector<TreeNode> items;  // list: its items; map: the values, in the order of `keys`

  bool is_null() const;
};

// The value of the one document in the text, or at least one problem. A key that stands twice in a
// map is a problem, and its second value is left out.
struct Document {
  TreeNode root;
  std::vector<Problem> problems;
};

inline constexpr std::size_t kMaxBytes = 1U << 20U;
inline constexpr std::size_t kMaxDepth = 16;
inline constexpr std::size_t kMaxNodes = 20'000;

Document parse(std::string_view text);

}  // namespace pysb::policy::yaml
