// Python's string functions on constants: pure, bounded, exact or nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pysb::analysis::names::fold {

// Results longer than this are not worked out.
inline constexpr std::size_t kMaxResult = std::size_t{64} << 10U;

std::optional<std::string> repeat(std::string_view text, std::int64_t times);
// text[lower:upper:step], in code points; absent bounds as in Python.
std::optional<std::string> slice(std::string_view text, std::optional<std::int64_t> lower,
                                 std::optional<std::int64_t> upper,
                                 std::optional<std::int64_t> step);
std::optional<std::string> at(std::string_view text, std::int64_t index);
std::optional<std::string> chr(std::int64_t code_point);
// The code point of a text of one character.
std::optional<std::int64_t> ord(std::string_view text);
// Characters of a text as texts.
std::vector<std::string> characters(std::string_view text);
std::string joined(std::string_view separator, std::span<const std::string> pieces);

// "…%s…" % arguments and "…{}…{0}{name}…".format(…), for plain fields without conversion or format
// specification; nothing when a field asks for more.
struct Named {
  std::string_view name;
  std::string_view text;
};
std::optional<std::string> percent(std::string_view format,
                                   std::span<const std::string_view> arguments);
std::optional<std::string> format(std::string_view format,
                                  std::span<const std::string_view> arguments,
                                  std::span<const Named> named);

std::optional<std::string> from_hex(std::string_view digits);
std::optional<std::string> from_base64(std::string_view digits);
std::string rot13(std::string_view text);

// Methods of str without arguments or with constant ones: lower, upper, strip, replace …
std::optional<std::string> method(std::string_view name, std::string_view text,
                                  std::span<const std::string_view> arguments);

// os.path.join and os.path.normpath on POSIX.
std::string join_path(std::string_view base, std::string_view part);
std::string normal_path(std::string_view path, std::string_view working_dir);

}  // namespace pysb::analysis::names::fold
