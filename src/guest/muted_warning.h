// A warning switched off for as long as the object lives: one by its exact text, or (message null)
// all of a category.
#pragma once

#include "guest/originals.h"

namespace pysb::guest {

class MutedWarning {
 public:
  MutedWarning(const Originals& originals, const char* message, PyObject* category);
  ~MutedWarning();
  MutedWarning(const MutedWarning&) = delete;
  MutedWarning& operator=(const MutedWarning&) = delete;

 private:
  py::Ref filters_;
  py::Ref filter_;
};

}  // namespace pysb::guest
