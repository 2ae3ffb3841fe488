// Constant folding of text.
#include "analysis/names/fold.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace pysb::analysis::names::fold {
namespace {

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::optional<std::string> bounded(std::string text) {
  return text.size() > kMaxResult ? std::nullopt : std::optional(std::move(text));
}

std::string mapped(std::string_view text, int (*map)(int)) {
  std::string result(text);
  for (char& c : result) {
    if (static_cast<unsigned char>(c) < 0x80U) {
      c = static_cast<char>(map(c));
    }
  }
  return result;
}

std::string stripped(std::string_view text, std::string_view set, bool left, bool right) {
  const std::size_t first = left ? std::min(text.find_first_not_of(set), text.size()) : 0;
  text.remove_prefix(first);
  const std::size_t last = text.find_last_not_of(set);
  return std::string(right ? text.substr(0, last == std::string_view::npos ? 0 : last + 1) : text);
}

std::optional<std::string> replaced(std::string_view text, std::string_view from,
                                    std::string_view to) {
  if (from.empty()) {
    return std::nullopt;
  }
  std::string result;
  for (std::size_t hit = text.find(from); hit != std::string_view::npos; hit = text.find(from)) {
    result.append(text.substr(0, hit)).append(to);
    text.remove_prefix(hit + from.size());
    if (result.size() > kMaxResult) {
      return std::nullopt;
    }
  }
  return bounded(result.append(text));
}

// The text of one replacement field of str.format, or nothing.
std::optional<std::string_view> field_text(std::string_view field, std::size_t& next,
                                           std::span<const std::string_view> arguments,
                                           std::span<const Named> named) {
  if (field.empty() ||
      std::all_of(field.begin(), field.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    const std::size_t index = field.empty() ? next++ : std::stoul(std::string(field.substr(0, 6)));
    return index < arguments.size() ? std::optional(arguments[index]) : std::nullopt;
  }
  const auto* hit = std::find_if(named.data(), named.data() + named.size(),
                                 [field](const Named& entry) { return entry.name == field; });
  return hit != named.data() + named.size() ? std::optional(hit->text) : std::nullopt;
}

}  // namespace

std::optional<std::string> repeat(std::string_view text, std::int64_t times) {
  if (times > 0 && text.size() > kMaxResult / static_cast<std::uint64_t>(times)) {
    return std::nullopt;
  }
  std::string result;
  for (std::int64_t i = 0; i < times && !text.empty(); ++i) {
    result += text;
  }
  return result;
}

std::vector<std::string> characters(std::string_view text) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t end = i + 1;
    while (end < text.size() && continues(text[end])) {
      ++end;
    }
    result.emplace_back(text.substr(i, end - i));
    i = end;
  }
  return result;
}

std::optional<std::string> slice(std::string_view text, std::optional<std::int64_t> lower,
                                 std::optional<std::int64_t> upper,
                                 std::optional<std::int64_t> step) {
  const std::int64_t stride = step.value_or(1);
  if (text.size() > kMaxResult || stride == 0) {
    return std::nullopt;
  }
  const std::vector<std::string> all = characters(text);
  const auto size = static_cast<std::int64_t>(all.size());
  // Python's PySlice_AdjustIndices.
  const std::int64_t low = stride < 0 ? -1 : 0;
  const std::int64_t high = stride < 0 ? size - 1 : size;
  const auto clamp = [&](std::optional<std::int64_t> bound, std::int64_t absent) {
    if (!bound) {
      return absent;
    }
    return std::clamp(*bound < 0 ? std::max(*bound, -size - 1) + size : *bound, low, high);
  };
  std::int64_t at = clamp(lower, stride < 0 ? high : low);
  const std::int64_t end = clamp(upper, stride < 0 ? low : high);
  std::string result;
  const std::int64_t pace = std::clamp(stride, -size - 1, size + 1);
  for (; pace > 0 ? at < end : at > end; at += pace) {
    result += all[static_cast<std::size_t>(at)];
  }
  return result;
}

std::optional<std::string> at(std::string_view text, std::int64_t index) {
  const auto size = static_cast<std::int64_t>(text.size());
  if (text.size() > kMaxResult || index < -size || index >= size) {
    return std::nullopt;
  }
  const std::vector<std::string> all = characters(text);
  const auto count = static_cast<std::int64_t>(all.size());
  const std::int64_t place = index < 0 ? index + count : index;
  if (place < 0 || place >= count) {
    return std::nullopt;
  }
  return all[static_cast<std::size_t>(place)];
}

std::optional<std::string> chr(std::int64_t code_point) {
  if (code_point < 0 || code_point > 0x10FFFF || (code_point >= 0xD800 && code_point < 0xE000)) {
    return std::nullopt;
  }
  const auto code = static_cast<std::uint32_t>(code_point);
  const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
  if (code < 0x80) {
    return std::string{byte(code)};
  }
  if (code < 0x800) {
    return std::string{byte(0xC0U | (code >> 6U)), byte(0x80U | (code & 0x3FU))};
  }
  if (code < 0x10000) {
    return std::string{byte(0xE0U | (code >> 12U)), byte(0x80U | ((code >> 6U) & 0x3FU)),
                       byte(0x80U | (code & 0x3FU))};
  }
  return std::string{byte(0xF0U | (code >> 18U)), byte(0x80U | ((code >> 12U) & 0x3FU)),
                     byte(0x80U | ((code >> 6U) & 0x3FU)), byte(0x80U | (code & 0x3FU))};
}

std::optional<std::int64_t> ord(std::string_view text) {
  if (text.size() != 1 || static_cast<unsigned char>(text[0]) >= 0x80U) {
    return std::nullopt;
  }
  return static_cast<unsigned char>(text[0]);
}

std::string joined(std::string_view separator, std::span<const std::string> pieces) {
  std::string result;
  for (std::size_t i = 0; i < pieces.size() && result.size() <= kMaxResult; ++i) {
    result.append(i > 0 ? separator : std::string_view()).append(pieces[i]);
  }
  return result;
}

std::optional<std::string> percent(std::string_view format,
                                   std::span<const std::string_view> arguments) {
  std::string result;
  std::size_t used = 0;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%') {
      result += format[i];
      continue;
    }
    const char kind = i + 1 < format.size() ? format[++i] : '\0';
    if (kind == '%') {
      result += '%';
    } else if ((kind == 's' || kind == 'c') && used < arguments.size()) {
      result += arguments[used++];
    } else {
      return std::nullopt;
    }
    if (result.size() > kMaxResult) {
      return std::nullopt;
    }
  }
  return used == arguments.size() ? bounded(std::move(result)) : std::nullopt;
}

std::optional<std::string> format(std::string_view format,
                                  std::span<const std::string_view> arguments,
                                  std::span<const Named> named) {
  std::string result;
  std::size_t next = 0;
  for (std::size_t i = 0; i < format.size(); ++i) {
    const char c = format[i];
    if (c != '{' && c != '}') {
      result += c;
      continue;
    }
    if (i + 1 < format.size() && format[i + 1] == c) {
      result += c;
      ++i;
      continue;
    }
    const std::size_t end = format.find('}', i);
    if (c == '}' || end == std::string_view::npos) {
      return std::nullopt;
    }
    const auto text = field_text(format.substr(i + 1, end - i - 1), next, arguments, named);
    if (!text || result.size() + text->size() > kMaxResult) {
      return std::nullopt;
    }
    result += *text;
    i = end;
  }
  return bounded(std::move(result));
}

std::optional<std::string> method(std::string_view name, std::string_view text,
                                  std::span<const std::string_view> arguments) {
  constexpr std::string_view kSpace = " \t\n\r\v\f";
  if (text.size() > kMaxResult) {
    return std::nullopt;
  }
  if (name == "replace" && arguments.size() == 2) {
    return replaced(text, arguments[0], arguments[1]);
  }
  if (name == "strip" || name == "lstrip" || name == "rstrip") {
    const std::string_view set = arguments.empty() ? kSpace : arguments[0];
    return stripped(text, set, name != "rstrip", name != "lstrip");
  }
  if (name == "removeprefix" && arguments.size() == 1) {
    return std::string(text.substr(text.starts_with(arguments[0]) ? arguments[0].size() : 0));
  }
  if (name == "removesuffix" && arguments.size() == 1) {
    return std::string(
        text.substr(0, text.size() - (text.ends_with(arguments[0]) ? arguments[0].size() : 0)));
  }
  if (!arguments.empty()) {
    return std::nullopt;
  }
  if (name == "lower" || name == "casefold") {
    return mapped(text, std::tolower);
  }
  if (name == "upper") {
    return mapped(text, std::toupper);
  }
  if (name == "swapcase") {
    return mapped(text,
                  [](int c) { return std::islower(c) != 0 ? std::toupper(c) : std::tolower(c); });
  }
  return std::nullopt;
}

}  // namespace pysb::analysis::names::fold
