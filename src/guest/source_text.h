// From the bytes of a source file to the one text that is analysed and compiled. Pure.
#pragma once

#include <string>
#include <string_view>
#include <variant>

namespace pysb::guest {

// UTF-8, without a byte order mark.
struct SourceText {
  std::string utf8;
};

// Python itself would not take these bytes either.
struct NoSource {
  std::string message;  // of the SyntaxError
};

// Python might take them, we do not: its codecs can turn comments into code, so that what is
// analysed and what runs would differ.
struct ForeignCodec {
  std::string name;
};

using Decoded = std::variant<SourceText, NoSource, ForeignCodec>;

// Decodes as PEP 263 says: a byte order mark, or a cookie in the first two lines, else UTF-8. Takes
// UTF-8, ASCII and Latin-1. `file_name` stands in messages.
Decoded decode_source(std::string_view bytes, std::string_view file_name);

// The sentence about a ForeignCodec.
std::string explain(const ForeignCodec& codec);

}  // namespace pysb::guest
