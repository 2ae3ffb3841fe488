#include "guest/session_input.h"

namespace pysb::guest {
namespace {

// As input() does without a terminal: the prompt goes to sys.stdout, whatever that is.
bool show(const py::Ref& prompt) {
  const py::Ref out = py::Ref::borrow(PySys_GetObject("stdout"));
  if (!out || out.get() == Py_None) {
    PyErr_SetString(PyExc_RuntimeError, "input(): lost sys.stdout");
    return false;
  }
  if (PyFile_WriteObject(prompt.get(), out.get(), Py_PRINT_RAW) != 0) {
    return false;
  }
  return static_cast<bool>(py::call(py::attr(out, "flush")));
}

}  // namespace

PyObject* SessionInput::ask(PyObject* args) {
  PyObject* prompt = nullptr;
  if (PyArg_UnpackTuple(args, "input", 0, 1, &prompt) == 0) {
    return nullptr;
  }
  if (PySys_GetObject("stdin") != originals_.standard_input.get()) {
    return PyObject_Call(originals_.input.get(), args, nullptr);
  }
  const py::Ref text = prompt != nullptr ? py::Ref::steal(PyObject_Str(prompt)) : py::text("");
  return text && show(text) ? line_from_supervisor(py::utf8(text.get())) : nullptr;
}

PyObject* SessionInput::line_from_supervisor(const std::string& prompt) {
  PyThreadState* thread = PyEval_SaveThread();
  Result<protocol::Frame> answer = Error(ErrorKind::kUnavailable, "nobody asked");
  {
    const std::lock_guard only_one(one_asks_);
    if (session_.is_intact()) {
      session_.send(protocol::FrameType::kReadLine, prompt);
      answer = protocol::read_frame(session_.fd(), protocol::kMaxSupervisorFrame);
    }
  }
  PyEval_RestoreThread(thread);
  if (PyErr_CheckSignals() != 0) {
    return nullptr;
  }
  if (!answer || answer->type != protocol::FrameType::kLine || answer->payload.empty()) {
    PyErr_SetString(PyExc_EOFError, "EOF when reading a line");
    return nullptr;
  }
  std::string_view line = answer->payload;
  if (line.ends_with('\n')) {
    line.remove_suffix(1);
  }
  return PyUnicode_DecodeUTF8(line.data(), static_cast<Py_ssize_t>(line.size()), "surrogateescape");
}

}  // namespace pysb::guest
