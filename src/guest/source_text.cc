#include "guest/source_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "base/text.h"

namespace pysb::guest {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";

enum class Codec { kUtf8, kAscii, kLatin1 };

struct Line {
  std::string_view text;
  std::string_view rest;
};

Line first_line(std::string_view text) {
  const std::size_t end = text.find_first_of("\r\n");
  if (end == std::string_view::npos) {
    return {text, {}};
  }
  const bool pair = text.substr(end).starts_with("\r\n");
  return {text.substr(0, end), text.substr(end + (pair ? 2 : 1))};
}

bool is_codec_byte(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == '.';
}

// PEP 263: "coding", ':' or '=', blanks, the name; in a comment that has the line for itself.
std::optional<std::string_view> cookie_in(std::string_view line) {
  const std::size_t start = line.find_first_not_of(" \t\f");
  if (start == std::string_view::npos || line[start] != '#') {
    return std::nullopt;
  }
  for (std::size_t at = line.find("coding", start); at != std::string_view::npos;
       at = line.find("coding", at + 1)) {
    std::string_view rest = line.substr(at + 6);
    if (!rest.starts_with(':') && !rest.starts_with('=')) {
      continue;
    }
    rest.remove_prefix(1);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    const auto end = std::ranges::find_if_not(rest, is_codec_byte);
    if (end != rest.begin()) {
      return rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    }
  }
  return std::nullopt;
}

bool is_blank_or_comment(std::string_view line) {
  const std::size_t start = line.find_first_not_of(" \t\f");
  return start == std::string_view::npos || line[start] == '#';
}

std::optional<std::string_view> find_cookie(std::string_view bytes) {
  const Line first = first_line(bytes);
  if (const auto cookie = cookie_in(first.text)) {
    return cookie;
  }
  return is_blank_or_comment(first.text) ? cookie_in(first_line(first.rest).text) : std::nullopt;
}

std::string normalised(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) {
    return c == '_' ? '-' : static_cast<char>(std::tolower(c));
  });
  return lower;
}

std::optional<Codec> codec_named(std::string_view name) {
  static constexpr std::array<std::string_view, 4> kUtf8 = {"utf-8", "utf8", "u8", "utf-8-sig"};
  static constexpr std::array<std::string_view, 3> kAscii = {"ascii", "us-ascii", "ansi-x3.4-1968"};
  static constexpr std::array<std::string_view, 7> kLatin1 = {
      "latin-1", "latin1", "iso-8859-1", "iso8859-1", "iso-latin-1", "l1", "latin"};
  const std::string key = normalised(name);
  if (std::ranges::find(kUtf8, key) != kUtf8.end()) {
    return Codec::kUtf8;
  }
  if (std::ranges::find(kAscii, key) != kAscii.end()) {
    return Codec::kAscii;
  }
  if (std::ranges::find(kLatin1, key) != kLatin1.end()) {
    return Codec::kLatin1;
  }
  return std::nullopt;
}

bool is_ascii(std::string_view bytes) {
  return std::ranges::all_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string latin1_to_utf8(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text.push_back(c);
    } else {
      text.push_back(static_cast<char>(0xC0U | (byte >> 6U)));
      text.push_back(static_cast<char>(0x80U | (byte & 0x3FU)));
    }
  }
  return text;
}

std::size_t length_of_character(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// The first byte of `line` that starts no UTF-8 character, as "\xff".
std::string bad_byte(std::string_view line) {
  static constexpr std::string_view kHex = "0123456789abcdef";
  while (!line.empty() && is_utf8(line.substr(0, length_of_character(line[0])))) {
    line.remove_prefix(std::min(length_of_character(line[0]), line.size()));
  }
  const auto byte = static_cast<unsigned char>(line.empty() ? 0 : line[0]);
  return {'\\', 'x', kHex[byte >> 4U], kHex[byte & 15U]};
}

// The message that CPython has for a file with bytes that are no UTF-8.
std::string not_utf8(std::string_view bytes, std::string_view file_name) {
  std::size_t number = 1;
  Line line = first_line(bytes);
  while (is_utf8(line.text) && !line.rest.empty()) {
    line = first_line(line.rest);
    ++number;
  }
  return concat({"Non-UTF-8 code starting with '", bad_byte(line.text), "' in file ", file_name,
                 " on line ", std::to_string(number),
                 ", but no encoding declared; see https://peps.python.org/pep-0263/ for details"});
}

Decoded decode_as(Codec codec, std::string_view bytes, std::string_view cookie,
                  std::string_view file_name) {
  switch (codec) {
    case Codec::kLatin1:
      return SourceText{latin1_to_utf8(bytes)};
    case Codec::kAscii:
      if (!is_ascii(bytes)) {
        return NoSource{concat({"encoding problem: ", cookie})};
      }
      break;
    case Codec::kUtf8:
      if (!is_utf8(bytes)) {
        return NoSource{cookie.empty() ? not_utf8(bytes, file_name)
                                       : concat({"encoding problem: ", cookie})};
      }
      break;
  }
  return SourceText{std::string(bytes)};
}

}  // namespace

Decoded decode_source(std::string_view bytes, std::string_view file_name) {
  if (bytes.find('\0') != std::string_view::npos) {
    return NoSource{"source code cannot contain null bytes"};
  }
  const bool marked = bytes.starts_with(kMark);
  if (marked) {
    bytes.remove_prefix(kMark.size());
  }
  const auto cookie = find_cookie(bytes);
  const auto codec = cookie ? codec_named(*cookie) : Codec::kUtf8;
  if (!codec) {
    return ForeignCodec{std::string(*cookie)};
  }
  if (marked && *codec != Codec::kUtf8) {
    return NoSource{concat({"encoding problem: ", *cookie, " with BOM"})};
  }
  return decode_as(*codec, bytes, cookie.value_or(""), file_name);
}

std::string explain(const ForeignCodec& codec) {
  return concat({"its first lines declare the encoding ", escape_line(codec.name, 64),
                 ", and only utf-8, ascii and latin-1 are taken; save it as UTF-8 and remove the "
                 "declaration"});
}

}  // namespace pysb::guest
