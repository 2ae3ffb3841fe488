// Where in the program the running call comes from.
#pragma once

#include <cstdint>

#include "guest/trusted_paths.h"

namespace pysb::guest {

// The line of the innermost running frame of the program's own code; 0 when there is none.
std::uint32_t calling_line(const TrustedPaths& trusted);

}  // namespace pysb::guest
