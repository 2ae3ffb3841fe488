// User code has run by now. What is called by name here (sys.stderr, sys.excepthook, str of an
// exception) is what Python itself would call by name.
#include "guest/ending.h"

#include <array>

namespace pysb::guest {
namespace {

struct Caught {
  py::Ref type;
  py::Ref value;
  py::Ref traceback;

  static Caught take() {
    PyObject* type = nullptr;
    PyObject* value = nullptr;
    PyObject* traceback = nullptr;
    PyErr_Fetch(&type, &value, &traceback);
    PyErr_NormalizeException(&type, &value, &traceback);
    return {py::Ref::steal(type), py::Ref::steal(value), py::Ref::steal(traceback)};
  }

  void restore() && { PyErr_Restore(type.release(), value.release(), traceback.release()); }
};

bool is_plain(PyObject* value) {
  return value == Py_None || PyUnicode_CheckExact(value) || PyLong_CheckExact(value) ||
         PyFloat_CheckExact(value) || PyBytes_CheckExact(value) || PyBool_Check(value);
}

// True when str(value) runs nothing of the program: its __str__ would run a second time.
bool is_silent(PyObject* value) {
  PyTypeObject* type = Py_TYPE(value);
  auto* built_in = type;
  while ((PyType_GetFlags(built_in) & Py_TPFLAGS_HEAPTYPE) != 0) {
    built_in = static_cast<PyTypeObject*>(PyType_GetSlot(built_in, Py_tp_base));
  }
  if (PyType_GetSlot(type, Py_tp_str) != PyType_GetSlot(built_in, Py_tp_str)) {
    return false;
  }
  const py::Ref args = py::attr(value, "args");
  const Py_ssize_t size = args && PyTuple_CheckExact(args.get()) ? PyTuple_Size(args.get()) : -1;
  for (Py_ssize_t i = 0; i < size; ++i) {
    if (!is_plain(PyTuple_GetItem(args.get(), i))) {
      return false;
    }
  }
  return size >= 0;
}

std::uint32_t program_line(PyObject* traceback, const TrustedPaths& trusted) {
  long line = 0;
  for (auto at = py::Ref::borrow(traceback); at && at.get() != Py_None;
       at = py::attr(at, "tb_next")) {
    const py::Ref code = py::attr(py::attr(at, "tb_frame"), "f_code");
    const std::string file_name = py::utf8(py::attr(code, "co_filename").get());
    if (!file_name.starts_with("<frozen ") && !trusted.holds(file_name)) {
      const py::Ref number = py::attr(at, "tb_lineno");
      line = number ? PyLong_AsLong(number.get()) : 0;
    }
  }
  PyErr_Clear();
  return line > 0 ? static_cast<std::uint32_t>(line) : 0;
}

protocol::End describe(const Caught& caught, const TrustedPaths& trusted) {
  protocol::End end;
  end.ending = protocol::Ending::kError;
  end.exception = py::utf8(py::attr(caught.type, "__name__").get());
  if (caught.value && is_silent(caught.value.get())) {
    end.message = py::utf8(py::Ref::steal(PyObject_Str(caught.value.get())).get());
  }
  end.line = program_line(caught.traceback.get(), trusted);
  PyErr_Clear();
  return end;
}

void print_on_stderr(PyObject* value) {
  PyObject* err = PySys_GetObject("stderr");
  if (err != nullptr && err != Py_None) {
    if (PyFile_WriteObject(value, err, Py_PRINT_RAW) == 0) {
      PyFile_WriteString("\n", err);
    }
  }
  PyErr_Clear();
}

// The status that SystemExit asks for; CPython, Python/pythonrun.c, handle_system_exit.
int exit_status(const Caught& caught) {
  const py::Ref code = py::attr(caught.value, "code");
  if (!code) {
    PyErr_Clear();
    print_on_stderr(caught.value.get());
    return 1;
  }
  if (code.get() == Py_None) {
    return 0;
  }
  if (PyLong_Check(code.get())) {
    const long number = PyLong_AsLong(code.get());  // -1 when it is too large
    PyErr_Clear();
    return static_cast<int>(number & 0xFF);
  }
  print_on_stderr(code.get());
  return 1;
}

}  // namespace

Finish finish_with_error(const TrustedPaths& trusted) {
  Finish finish;
  const bool leaving = PyErr_ExceptionMatches(PyExc_SystemExit) != 0;
  Caught caught = Caught::take();
  if (leaving) {
    finish.end.ending = protocol::Ending::kExit;
    finish.status = exit_status(caught);
    return finish;
  }
  finish.end = describe(caught, trusted);
  finish.status = 1;
  finish.interrupted = caught.type.get() == PyExc_KeyboardInterrupt;
  std::move(caught).restore();
  PyErr_Print();
  return finish;
}

}  // namespace pysb::guest
