// The extension module: main() takes over the interpreter that was started to run one program.
#include <unistd.h>

#include <array>

#include "guest/guest.h"
#include "guest/leave.h"
#include "guest/main_module.h"
#include "guest/program.h"
#include "guest/session.h"

namespace pysb::guest {
namespace {

using protocol::Outcome;

struct Started {
  std::shared_ptr<Guest> guest;
  Program program;
};

Result<Started> start() {
  PYSB_TRY(const protocol::Frame frame,
           protocol::read_frame(protocol::kBootFd, protocol::kMaxSupervisorFrame));
  if (frame.type != protocol::FrameType::kRequest) {
    return Error(ErrorKind::kInvalidInput, "the first frame is no request");
  }
  PYSB_TRY(protocol::Request request, protocol::decode_request(frame.payload));
  PYSB_TRY(std::unique_ptr<Guest> guest, Guest::create(std::move(request)));
  Started started{std::move(guest), {}};
  if (!started.guest->is_session()) {
    started.program = load_program(*started.guest);
  }
  // Only now: what Python imports to show a SyntaxError must not come from the program's directory.
  PYSB_CHECK(prepare_sys(started.guest->request));
  return started;
}

void commit(const Channel& boot, Program& program) {
  boot.report(std::move(program.findings), protocol::Origin::kSupervisor);
  boot.send(protocol::FrameType::kCommit, encode(program.commit));
  ::close(boot.fd());
}

int status_without_run(Outcome outcome) {
  switch (outcome) {
    case Outcome::kSyntaxError:
      return 1;
    case Outcome::kBlocked:
    case Outcome::kRefused:
      return 126;
    case Outcome::kRun:
    case Outcome::kFailed:
      break;
  }
  return kGuestFailed;
}

void forget_the_start(const Originals& originals) {
  PySys_SetObject("excepthook", originals.excepthook.get());
  for (const char* name : {"last_exc", "last_type", "last_value", "last_traceback"}) {
    PySys_SetObject(name, nullptr);
  }
  PyErr_Clear();
  // Called through an object, not as a frame: Python counted one level, the program gets them all.
  Py_LeaveRecursiveCall();
  // What was made so far is no longer looked at by the collector, nor listed by gc.get_objects.
  py::call(originals.freeze);
}

// Python calls sys.excepthook when the text that started us has ended with an exception: at a
// moment when no frame is left on its stack. The program runs there, so its own frame is the
// outermost.
PyObject* hand_over(Started started) {
  const NativeFunctions& functions = started.guest->functions;
  py::Ref hook =
      functions.function([started = std::move(started)](PyObject*, PyObject*) mutable -> PyObject* {
        Guest& guest = *started.guest;
        forget_the_start(guest.originals);
        if (guest.is_session()) {
          Session(guest).run();
        }
        run_program(guest, std::move(started.program.code));
      });
  if (hook && PySys_SetObject("excepthook", hook.get()) == 0) {
    hook.release();  // Python holds no reference to it while it calls it; it never returns
    PyDict_Clear(PyModule_GetDict(PyImport_AddModule("__main__")));
    PyErr_SetNone(PyExc_Exception);
  }
  return nullptr;
}

PyObject* main(PyObject* /*module*/, PyObject* /*none*/) {
  const Channel boot(protocol::kBootFd);
  auto started = start();
  if (!started) {
    Program none;
    none.commit = {Outcome::kFailed, started.error().to_string()};
    commit(boot, none);
    ::_exit(kGuestFailed);
  }
  commit(boot, started->program);
  if (started->program.commit.outcome != Outcome::kRun) {
    ::_exit(status_without_run(started->program.commit.outcome));
  }
  return hand_over(std::move(*started));
}

PyModuleDef* definition() {
  static std::array<PyMethodDef, 2> methods = {
      {{"main", main, METH_NOARGS, nullptr}, {nullptr, nullptr, 0, nullptr}}};
  static PyModuleDef module = {.m_base = PyModuleDef_HEAD_INIT,
                               .m_name = "_guest",
                               .m_doc = nullptr,
                               .m_size = 0,
                               .m_methods = methods.data(),
                               .m_slots = nullptr,
                               .m_traverse = nullptr,
                               .m_clear = nullptr,
                               .m_free = nullptr};
  return &module;
}

}  // namespace
}  // namespace pysb::guest

// Multi-phase initialisation: such a module is never put into sys.modules. CPython gives the name.
// NOLINTNEXTLINE(readability-identifier-naming,bugprone-reserved-identifier)
PyMODINIT_FUNC PyInit__guest() { return PyModuleDef_Init(pysb::guest::definition()); }
