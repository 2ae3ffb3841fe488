// SHA-256 (FIPS 180-4), for digests that name things; nothing secret goes through it.
#pragma once

#include <string>
#include <string_view>

namespace pysb {

// The digest as 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view bytes);

}  // namespace pysb
