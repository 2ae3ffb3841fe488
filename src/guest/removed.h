// Removed, the inert value: what is left where the policy took something away. It is false, empty,
// zero, and gives itself for whatever is done with it, so that the rest of the program goes on.
#pragma once

#include "guest/python.h"

namespace pysb::guest {

struct Inert {
  py::Ref removed;
  // The right side of `x += removed`: operators give back the other operand. Else like `removed`.
  py::Ref neutral;
};

Result<Inert> make_inert();

// True for the inert value (and for its neutral form). Runs no Python code.
bool is_inert(PyObject* object);

}  // namespace pysb::guest
