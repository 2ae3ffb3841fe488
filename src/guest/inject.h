// Puts helper objects into compiled code in the place of their placeholders.
#pragma once

#include "guest/python.h"

namespace pysb::guest {

// `helpers` maps placeholders (frozensets) to objects. Gives the code, itself when it and all code
// nested in it hold none. Null: a Python error is set.
py::Ref inject(const py::Ref& code, PyObject* helpers);

}  // namespace pysb::guest
