// Whether what was typed so far is a whole input, as Python's own prompt decides it (module
// codeop).
#pragma once

#include <string_view>

#include "guest/originals.h"

namespace pysb::guest {

// Nothing but blank lines and comments.
bool is_blank(std::string_view input);

// True when more lines are needed. False for whole inputs and for those with a SyntaxError. Shows
// no warnings, leaves no error.
bool is_incomplete(const Originals& originals, const py::Ref& text, int future_flags);

}  // namespace pysb::guest
