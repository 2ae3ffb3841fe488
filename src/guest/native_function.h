// Python callables made of a C++ function and what it captures. They are unknown to the garbage
// collector and carry no attributes, so nothing leads from them to the guest.
#pragma once

#include <functional>

#include "guest/python.h"

namespace pysb::guest {

class NativeFunctions {
 public:
  // args is a tuple, kwargs a dict or null; gives a new reference, or null with a Python error.
  using Body = std::function<PyObject*(PyObject* args, PyObject* kwargs)>;

  static Result<NativeFunctions> create();

  py::Ref function(Body body) const { return make(std::move(body), nullptr); }
  // Binds to the instance that it is looked up on, as a function of Python does.
  py::Ref method(Body body) const { return make(std::move(body), method_type_.get()); }

 private:
  py::Ref make(Body body, PyObject* method_type) const;

  py::Ref type_;
  py::Ref method_type_;  // types.MethodType
};

}  // namespace pysb::guest
