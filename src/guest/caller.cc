#include "guest/caller.h"

#include "guest/python.h"

namespace pysb::guest {
namespace {

bool is_program_s(const std::string& file_name, const TrustedPaths& trusted) {
  return !file_name.starts_with("<frozen ") && !trusted.holds(file_name);
}

}  // namespace

std::uint32_t calling_line(const TrustedPaths& trusted) {
  auto frame = py::Ref::borrow(reinterpret_cast<PyObject*>(PyEval_GetFrame()));
  while (frame && frame.get() != Py_None) {
    const py::Ref file_name = py::attr(py::attr(frame, "f_code"), "co_filename");
    if (is_program_s(py::utf8(file_name.get()), trusted)) {
      const int line = PyFrame_GetLineNumber(reinterpret_cast<PyFrameObject*>(frame.get()));
      return line > 0 ? static_cast<std::uint32_t>(line) : 0;
    }
    frame = py::attr(frame, "f_back");
  }
  return 0;
}

}  // namespace pysb::guest
