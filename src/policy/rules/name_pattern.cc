#include "policy/rules/name_pattern.h"

#include <algorithm>

#include "base/text.h"

namespace pysb::policy {
namespace {

constexpr std::size_t kMaxLength = 500;

bool is_name_char(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         byte >= 0x80;
}

// The text up to the next dot, taken off the front of `rest`. `more` tells whether a dot was there.
std::string_view take_part(std::string_view& rest, bool& more) {
  const std::size_t dot = rest.find('.');
  const std::string_view part = rest.substr(0, dot);
  more = dot != std::string_view::npos;
  rest.remove_prefix(more ? dot + 1 : rest.size());
  return part;
}

std::string_view fault_of_part(std::string_view part) {
  if (part.empty()) {
    return "has an empty part";
  }
  if (part.find("**") != std::string_view::npos && part != "**") {
    return "has ** beside other text: ** stands for whole parts";
  }
  if (!std::all_of(part.begin(), part.end(), [](char c) { return c == '*' || is_name_char(c); })) {
    return "holds a character that no Python name has";
  }
  if (part[0] >= '0' && part[0] <= '9') {
    return "has a part that begins with a digit";
  }
  return {};
}

std::string_view fault_of(std::string_view text) {
  if (text.empty()) {
    return "is empty";
  }
  if (text.size() > kMaxLength) {
    return "is longer than 500 bytes";
  }
  for (bool more = true; more;) {
    if (const auto fault = fault_of_part(take_part(text, more)); !fault.empty()) {
      return fault;
    }
  }
  return {};
}

Specificity measure(std::string_view text) {
  Specificity specificity;
  for (bool more = true; more;) {
    const std::string_view part = take_part(text, more);
    const auto stars = static_cast<std::size_t>(std::count(part.begin(), part.end(), '*'));
    if (stars == 0) {
      ++specificity.literal_parts;
    } else {
      specificity.literal_chars += static_cast<std::uint32_t>(part.size() - stars);
    }
  }
  return specificity;
}

// "os.exec" of "os.exec*", "os" of "os.**": every match begins with it.
std::size_t length_of_head(std::string_view text) {
  const std::size_t star = std::min(text.find('*'), text.size());
  return star > 0 && star < text.size() && text[star - 1] == '.' ? star - 1 : star;
}

// `*` against the text of one part. Going back to the last star alone is enough.
bool part_matches(std::string_view pattern, std::string_view text) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

// A dotted text that is read part by part.
struct Parts {
  std::string_view rest;
  bool more = true;
  std::string_view peek() const { return rest.substr(0, rest.find('.')); }
  void drop() { take_part(rest, more); }
};

// The same walk as part_matches, with parts for characters and `**` for `*`.
bool parts_match(Parts pattern, Parts name) {
  bool starred = false;
  Parts after_star;
  Parts resume;
  while (name.more) {
    if (pattern.more && pattern.peek() == "**") {
      pattern.drop();
      starred = true;
      after_star = pattern;
      resume = name;
    } else if (pattern.more && part_matches(pattern.peek(), name.peek())) {
      pattern.drop();
      name.drop();
    } else if (starred) {
      resume.drop();
      pattern = after_star;
      name = resume;
    } else {
      return false;
    }
  }
  while (pattern.more && pattern.peek() == "**") {
    pattern.drop();
  }
  return !pattern.more;
}

}  // namespace

Result<NamePattern> NamePattern::parse(std::string_view text) {
  if (const auto fault = fault_of(text); !fault.empty()) {
    return Error(ErrorKind::kInvalidInput,
                 concat({"the name \"", escape_line(text, 80), "\" ", fault}));
  }
  NamePattern pattern;
  pattern.text_ = text;
  pattern.specificity_ = measure(text);
  pattern.head_ = static_cast<std::uint32_t>(length_of_head(text));
  pattern.literal_ = pattern.head_ == text.size();
  return pattern;
}

bool NamePattern::matches(std::string_view name) const {
  if (literal_) {
    return name == text_;
  }
  if (!name.starts_with(std::string_view(text_).substr(0, head_))) {
    return false;
  }
  return matches_everything() || parts_match({.rest = text_}, {.rest = name});
}

}  // namespace pysb::policy
