// Constant folding: codecs, and paths.
#include <algorithm>

#include "analysis/names/fold.h"

namespace pysb::analysis::names::fold {
namespace {

int hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  const char low = static_cast<char>(c | 0x20);
  return low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

int base64_digit(char c) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (c == '-' || c == '_') {
    return c == '-' ? 62 : 63;
  }
  const std::size_t at = kAlphabet.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

}  // namespace

std::optional<std::string> from_hex(std::string_view digits) {
  std::string result;
  int high = -1;
  for (const char c : digits) {
    if (c == ' ') {
      continue;
    }
    const int digit = hex_digit(c);
    if (digit < 0 || digits.size() > kMaxResult) {
      return std::nullopt;
    }
    if (high < 0) {
      high = digit;
    } else {
      result += static_cast<char>(high * 16 + digit);
      high = -1;
    }
  }
  return high < 0 ? std::optional(std::move(result)) : std::nullopt;
}

std::optional<std::string> from_base64(std::string_view digits) {
  if (digits.size() > kMaxResult) {
    return std::nullopt;
  }
  std::string result;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : digits) {
    const int digit = base64_digit(c);
    if (digit < 0) {
      continue;  // padding and line ends; Python skips what is no digit
    }
    bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
    held += 6;
    if (held >= 8) {
      held -= 8;
      result += static_cast<char>((bits >> static_cast<unsigned>(held)) & 0xFFU);
    }
  }
  return result;
}

std::string rot13(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (upper || (c >= 'a' && c <= 'z')) {
      const char base = upper ? 'A' : 'a';
      c = static_cast<char>(base + static_cast<char>((c - base + 13) % 26));
    }
  }
  return result;
}

std::string join_path(std::string_view base, std::string_view part) {
  if (part.starts_with('/') || base.empty()) {
    return std::string(part);
  }
  std::string result(base);
  if (!result.ends_with('/')) {
    result += '/';
  }
  return result.append(part);
}

std::string normal_path(std::string_view path, std::string_view working_dir) {
  const std::string whole = join_path(working_dir, path);
  std::vector<std::string_view> parts;
  for (std::size_t start = 0; start < whole.size();) {
    const std::size_t end = std::min(whole.find('/', start), whole.size());
    const std::string_view part = std::string_view(whole).substr(start, end - start);
    if (part == ".." && !parts.empty()) {
      parts.pop_back();
    } else if (!part.empty() && part != "." && part != "..") {
      parts.push_back(part);
    }
    start = end + 1;
  }
  std::string result;
  for (const std::string_view part : parts) {
    result.append("/").append(part);
  }
  return result.empty() ? "/" : result;
}

}  // namespace pysb::analysis::names::fold
