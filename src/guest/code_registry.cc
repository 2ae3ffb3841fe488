#include "guest/code_registry.h"

namespace pysb::guest {
namespace {

PyObject* alive(const py::Ref& weak) {
  PyObject* target = PyWeakref_GetObject(weak.get());
  return target != Py_None ? target : nullptr;
}

}  // namespace

bool CodeRegistry::remember(PyObject* code) {
  const py::Ref constants = py::attr(code, "co_consts");
  const Py_ssize_t size = constants ? PyTuple_Size(constants.get()) : -1;
  for (Py_ssize_t i = 0; i < size; ++i) {
    PyObject* constant = PyTuple_GetItem(constants.get(), i);
    if (Py_TYPE(constant) == Py_TYPE(code) && !remember(constant)) {
      return false;
    }
  }
  return size >= 0 && remember_only(code);
}

bool CodeRegistry::remember_only(PyObject* code) {
  if (weak_.size() >= next_cleaning_) {
    forget_the_dead();
    next_cleaning_ = 2 * weak_.size() + 64;
  }
  py::Ref weak = py::Ref::steal(PyWeakref_NewRef(code, nullptr));
  if (!weak) {
    return false;
  }
  weak_.insert_or_assign(code, std::move(weak));
  return true;
}

bool CodeRegistry::knows(PyObject* code) const {
  const auto found = weak_.find(code);
  return found != weak_.end() && alive(found->second) == code;
}

void CodeRegistry::forget_the_dead() {
  std::erase_if(weak_, [](const auto& entry) { return alive(entry.second) == nullptr; });
}

}  // namespace pysb::guest
