// Small text helpers: building messages, escaping hostile text for people, byte sizes, durations.
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace pysb {

// One string out of pieces, with one allocation.
std::string concat(std::initializer_list<std::string_view> pieces);

// Text of unknown origin made safe for one line on a terminal or in a log: control characters
// (C0, DEL, C1), line and paragraph separators, bidirectional controls (U+202A-202E, U+2066-2069)
// and bytes that are not UTF-8 come out as \xNN or \uNNNN. At most `max_bytes` of output, then "…".
std::string escape_line(std::string_view text, std::size_t max_bytes = 4096);

// True when the bytes are well-formed UTF-8 (no surrogates, no overlong forms).
bool is_utf8(std::string_view text);

// The candidate with the smallest edit distance, if it is near enough to be what was meant; else
// "".
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace pysb
