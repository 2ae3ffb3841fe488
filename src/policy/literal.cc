// A YAML value as a Python literal, by the core schema of YAML 1.2: null, booleans, numbers, text.
#include <charconv>
#include <cmath>
#include <limits>

#include "base/text.h"
#include "policy/readers.h"

namespace pysb::policy {
namespace {

std::string_view without_sign(std::string_view text) {
  return text.substr(text.starts_with('-') || text.starts_with('+') ? 1 : 0);
}

// True for [0-9]+(.[0-9]*)?([eE][-+]?[0-9]+)? and .5: what begins like a number and holds nothing
// else.
bool looks_like_number(std::string_view text) {
  const std::string_view digits = without_sign(text);
  const std::size_t first = digits.starts_with('.') ? 1 : 0;
  return digits.size() > first && digits[first] >= '0' && digits[first] <= '9' &&
         digits.find_first_not_of("0123456789.eE+-") == std::string_view::npos;
}

template <class Number, class... Base>
bool parse_whole(std::string_view text, Number& number, Base... base) {
  const char* end = text.data() + text.size();
  const auto [rest, failed] = std::from_chars(text.data(), end, number, base...);
  return failed == std::errc() && rest == end;
}

bool is_prefixed_integer(std::string_view text) {
  return text.size() > 2 && (text.starts_with("0x") || text.starts_with("0o")) &&
         text.find_first_not_of("0123456789abcdefABCDEF", 2) == std::string_view::npos;
}

std::optional<Literal> special_number(std::string_view text) {
  const std::string_view word = without_sign(text);
  if (word == ".inf" || word == ".Inf" || word == ".INF") {
    const double infinity = std::numeric_limits<double>::infinity();
    return Literal{text.starts_with('-') ? -infinity : infinity};
  }
  if (text == ".nan" || text == ".NaN" || text == ".NAN") {
    return Literal{std::nan("")};
  }
  return std::nullopt;
}

std::optional<Literal> number(std::string_view text) {
  const std::string_view unsigned_plus = text.starts_with('+') ? text.substr(1) : text;
  std::int64_t integer = 0;
  if (is_prefixed_integer(text) &&
      parse_whole(text.substr(2), integer, text.starts_with("0x") ? 16 : 8)) {
    return Literal{integer};
  }
  if (parse_whole(unsigned_plus, integer)) {
    return Literal{integer};
  }
  double fraction = 0;
  const bool whole = unsigned_plus.find_first_of(".eE") == std::string_view::npos;
  if (!whole && parse_whole(unsigned_plus, fraction)) {
    return Literal{fraction};
  }
  return std::nullopt;
}

std::optional<Literal> scalar(const yaml::TreeNode& node, Context& context) {
  if (node.is_quoted) {
    return Literal{node.text};
  }
  if (node.is_null()) {
    return Literal{};
  }
  if (node.text == "true" || node.text == "false") {
    return Literal{node.text == "true"};
  }
  if (auto special = special_number(node.text)) {
    return special;
  }
  if (!looks_like_number(node.text) && !is_prefixed_integer(node.text)) {
    return Literal{node.text};
  }
  auto value = number(node.text);
  if (!value) {
    context.complain(node.place, concat({told(node), " is no number that fits 64 bits"}),
                     "quote it if it is meant as text");
  }
  return value;
}

std::optional<Literal> list(const yaml::TreeNode& node, Context& context) {
  Literal::List items;
  for (const auto& item : node.items) {
    if (auto literal = read_literal(item, context)) {
      items.push_back(*std::move(literal));
    }
  }
  return Literal{std::move(items)};
}

std::optional<Literal> map(const yaml::TreeNode& node, Context& context) {
  Literal::Map entries;
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    if (auto literal = read_literal(node.items[i], context)) {
      entries.emplace_back(node.keys[i].text, *std::move(literal));
    }
  }
  return Literal{std::move(entries)};
}

}  // namespace

std::optional<Literal> read_literal(const yaml::TreeNode& node, Context& context) {
  switch (node.kind) {
    case yaml::Kind::kScalar:
      return scalar(node, context);
    case yaml::Kind::kList:
      return list(node, context);
    case yaml::Kind::kMap:
      return map(node, context);
  }
  return std::nullopt;
}

}  // namespace pysb::policy
