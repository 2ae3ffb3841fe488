#include "guest/muted_warning.h"

namespace pysb::guest {
namespace {

// The filters in force: those of the module `warnings` once it is imported, and it may have got
// others by then.
py::Ref filters_in_force(const Originals& originals) {
  PyObject* warnings = PyDict_GetItemString(originals.modules.get(), "warnings");
  if (warnings == nullptr) {
    return originals.warning_filters;
  }
  return py::attr(warnings, "filters");
}

}  // namespace

// A filter whose message is a str, not a pattern, has to be equal to match (CPython,
// Python/_warnings.c, check_matched).
MutedWarning::MutedWarning(const Originals& originals, const char* message, PyObject* category)
    : filters_(filters_in_force(originals)),
      filter_(py::Ref::steal(Py_BuildValue("(szOOi)", "ignore", message, category, Py_None, 0))) {
  const bool usable = filters_ && filter_ && PyList_Check(filters_.get());
  if (!usable || PyList_Insert(filters_.get(), 0, filter_.get()) != 0) {
    PyErr_Clear();
    filters_ = {};
  }
}

MutedWarning::~MutedWarning() {
  const py::SavedError pending;
  for (Py_ssize_t i = 0; filters_ && i < PyList_Size(filters_.get()); ++i) {
    if (PyList_GetItem(filters_.get(), i) == filter_.get()) {
      PyList_SetSlice(filters_.get(), i, i + 1, nullptr);
      break;
    }
  }
  PyErr_Clear();
}

}  // namespace pysb::guest
