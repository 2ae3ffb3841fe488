// A decoded source as a Python str, or the SyntaxError that says why there is none.
#pragma once

#include "guest/python.h"
#include "guest/source_text.h"

namespace pysb::guest {

py::Ref text_of(const Decoded& decoded);

}  // namespace pysb::guest
