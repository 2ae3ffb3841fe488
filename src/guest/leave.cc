// All of this is the program's time: it may have replaced whatever is looked up by name, exactly as
// it may before the end of a plain Python process.
#include "guest/leave.h"

#include <signal.h>
#include <unistd.h>

#include <array>

#include "guest/unstable_api.h"

namespace pysb::guest {
namespace {

// Python's status when its standard files cannot be flushed; CPython, Modules/main.c, Py_RunMain.
constexpr int kFlushFailed = 120;

void wait_for_threads(const Originals& originals) {
  auto threading = py::Ref::borrow(PyDict_GetItemString(originals.modules.get(), "threading"));
  if (threading && !py::call(py::attr(threading, "_shutdown"))) {
    write_unraisable("Exception ignored on threading shutdown", threading.get());
  }
}

bool is_closed(const py::Ref& file) {
  const py::Ref closed = py::attr(file, "closed");
  const int answer = closed ? PyObject_IsTrue(closed.get()) : -1;
  PyErr_Clear();
  return answer > 0;
}

bool flush(const char* name, bool complain) {
  auto file = py::Ref::borrow(PySys_GetObject(name));
  if (!file || file.get() == Py_None || is_closed(file) || py::call(py::attr(file, "flush"))) {
    return true;
  }
  if (complain) {
    write_unraisable("Exception ignored on flushing sys.stdout", file.get());
  }
  PyErr_Clear();
  return false;
}

bool threads_are_running(const Originals& originals) {
  const py::Ref count = py::call(originals.thread_count);
  const long number = count ? PyLong_AsLong(count.get()) : 0;
  PyErr_Clear();
  return number > 0;
}

// The names of modules that are the program's own, __main__ first.
std::vector<py::Ref> modules_of_the_program(const Originals& originals,
                                            const TrustedPaths& trusted) {
  std::vector<py::Ref> names = {py::text("__main__")};
  const py::Ref items = py::Ref::steal(PyDict_Items(originals.modules.get()));
  const Py_ssize_t size = items ? PyList_Size(items.get()) : 0;
  for (Py_ssize_t i = 0; i < size; ++i) {
    PyObject* item = PyList_GetItem(items.get(), i);
    PyObject* module = PyTuple_GetItem(item, 1);
    PyObject* dict = PyModule_Check(module) ? PyModule_GetDict(module) : nullptr;
    PyObject* file = dict != nullptr ? PyDict_GetItemString(dict, "__file__") : nullptr;
    if (file != nullptr && !trusted.holds(py::utf8(file))) {
      names.push_back(py::Ref::borrow(PyTuple_GetItem(item, 0)));
    }
  }
  return names;
}

// What outside of modules holds on to objects of the program (CPython, Python/pylifecycle.c,
// finalize_modules).
void drop_what_sys_holds() {
  for (const char* name : {"last_type", "last_value", "last_traceback", "last_exc"}) {
    PySys_SetObject(name, nullptr);
  }
  constexpr std::array<std::array<const char*, 2>, 3> kFiles = {
      {{"stdin", "__stdin__"}, {"stdout", "__stdout__"}, {"stderr", "__stderr__"}}};
  for (const auto& [name, original] : kFiles) {
    auto file = py::Ref::borrow(PySys_GetObject(original));
    PySys_SetObject(name, file ? file.get() : Py_None);
  }
  PyErr_Clear();
}

void drop_modules(const Originals& originals, const TrustedPaths& trusted) {
  for (const py::Ref& name : modules_of_the_program(originals, trusted)) {
    if (name && PyDict_Contains(originals.modules.get(), name.get()) > 0) {
      PyDict_DelItem(originals.modules.get(), name.get());
    }
    PyErr_Clear();
  }
  drop_what_sys_holds();
  PyGC_Enable();  // else the collection is none
  PyGC_Collect();
}

[[noreturn]] void die_of_interrupt() {
  ::signal(SIGINT, SIG_DFL);
  ::kill(::getpid(), SIGINT);
  ::_exit(128 + SIGINT);
}

}  // namespace

bool flush_standard_files() {
  const bool out = flush("stdout", true);
  return flush("stderr", false) && out;
}

void leave(const Originals& originals, const TrustedPaths& trusted, const Channel& session,
           const Finish& finish, bool claim) {
  wait_for_threads(originals);
  py::call(originals.run_exit_functions);
  PyErr_Clear();
  bool flushed = flush_standard_files();
  // Daemon threads would run on without their globals.
  if (!threads_are_running(originals)) {
    drop_modules(originals, trusted);
    flushed = flush_standard_files() && flushed;
  }
  if (claim) {
    session.send(protocol::FrameType::kEnd, encode(finish.end));
  }
  if (finish.interrupted) {
    die_of_interrupt();
  }
  ::_exit(flushed ? finish.status : kFlushFailed);
}

}  // namespace pysb::guest
