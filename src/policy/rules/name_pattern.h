// A qualified name with globs: `*` stands for text within a dotted part, `**` for any number of
// parts. "os.exec*" matches os.execv; "subprocess.**" matches subprocess and everything below it;
// "*" alone matches every name.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace pysb::policy {

// How closely a pattern names its matches: more literal parts win, then more literal characters in
// the parts that have a wildcard. "os.system" > "os.sys*" > "os.*" == "os" > "*".
struct Specificity {
  std::uint32_t literal_parts = 0;
  std::uint32_t literal_chars = 0;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 misreads a defaulted <=>
  auto operator<=>(const Specificity&) const = default;
};

class NamePattern {
 public:
  NamePattern() = default;
  // Fails on an empty text, an empty part ("os..x"), or characters no dotted name can hold.
  static Result<NamePattern> parse(std::string_view text);

  // Whatever both hold, the time is at most proportional to the product of their lengths.
  bool matches(std::string_view name) const;
  bool matches_everything() const { return text_ == "*" || text_ == "**"; }
  bool is_literal() const { return literal_; }
  Specificity specificity() const { return specificity_; }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  Specificity specificity_;
  std::uint32_t head_ =
      0;                 // length of the text in front of the first wildcard or the dot before it
  bool literal_ = true;  // without any wildcard: equality decides
};

}  // namespace pysb::policy
