// A literal of the policy as a Python value.
#pragma once

#include "guest/python.h"
#include "policy/rules/rules.h"

namespace pysb::guest {

// A new value each time: lists and dicts are not shared. Null: a Python error is set.
py::Ref to_python(const policy::Literal& literal);

}  // namespace pysb::guest
