#include "guest/session.h"

#include <unistd.h>

#include "base/text.h"
#include "guest/completeness.h"
#include "guest/leave.h"
#include "guest/main_module.h"

namespace pysb::guest {
namespace {

using protocol::CellOutcome;

constexpr const char* kFileName = "<stdin>";

// All CO_FUTURE_* bits: division to annotations; CPython, Include/cpython/code.h (3.10 to 3.13).
constexpr long kFutureMask = 0x1FE0000;

// A signal that came while nothing ran belongs to no input.
void drop_pending_interrupt() {
  if (PyErr_CheckSignals() != 0) {
    PyErr_Clear();
  }
}

void say(const std::string& message) { PySys_FormatStderr("py_sandbox: %s\n", message.c_str()); }

}  // namespace

void Session::run() {
  main_ = make_main(guest_.request, guest_.builtins_module());
  if (!main_) {
    ::_exit(kGuestFailed);
  }
  Answer answer;
  while (answer.outcome != CellOutcome::kExit) {
    auto input = next_input();
    if (!input) {
      break;
    }
    drop_pending_interrupt();
    answer = take(std::move(*input));
    flush_standard_files();
    guest_.session_channel.send(
        protocol::FrameType::kCellDone,
        encode(protocol::CellDone{answer.outcome, static_cast<std::uint8_t>(answer.status)}));
  }
  main_ = {};
  leave(guest_.originals, guest_.trusted, guest_.session_channel,
        {.end = {}, .status = answer.status, .interrupted = false}, false);
}

std::optional<std::string> Session::next_input() const {
  PyThreadState* thread = PyEval_SaveThread();
  auto frame = protocol::read_frame(guest_.session_channel.fd(), protocol::kMaxSupervisorFrame);
  PyEval_RestoreThread(thread);
  if (!frame || frame->type != protocol::FrameType::kCell) {
    return std::nullopt;
  }
  return std::move(frame->payload);
}

Session::Answer Session::take(std::string input) {
  if (input.ends_with('\n')) {
    input.pop_back();  // the end of the last line; an empty last line stays and ends a block
  }
  const py::Ref text = py::text(is_blank(input) ? "pass" : input);
  if (!text) {
    return shown_as(CellOutcome::kSyntaxError);
  }
  if (is_incomplete(guest_.originals, text, future_flags_)) {
    return {CellOutcome::kIncomplete};
  }
  const Compilation result = compile(text);
  switch (result.state) {
    case Compilation::State::kOk:
      return execute(result.code);
    case Compilation::State::kBlocked:
      return {CellOutcome::kBlocked};
    case Compilation::State::kRefused:
      say("this input could not be analysed, so it was not run: " + result.refusal);
      return {CellOutcome::kBlocked};
    case Compilation::State::kFailed:
      break;
  }
  return shown_as(CellOutcome::kSyntaxError);
}

Compilation Session::compile(const py::Ref& text) {
  const py::Ref file_name = py::text(kFileName);
  Compilation result = guest_.compiler.compile(
      {.source = text.get(),
       .file_name = file_name.get(),
       .mode = "single",
       .flags = future_flags_,
       .unit = {
           .source = {}, .display_name = kFileName, .dynamic_origin = {}, .keeps_bindings = true}});
  const py::SavedError pending;
  guest_.session_channel.report(std::move(result.findings), protocol::Origin::kGuest);
  return result;
}

Session::Answer Session::execute(const py::Ref& code) {
  const py::Ref flags = py::attr(code, "co_flags");
  if (!flags || !guest_.registry.remember(code.get())) {
    return shown_as(CellOutcome::kError);
  }
  future_flags_ |= static_cast<int>(PyLong_AsLong(flags.get()) & kFutureMask);
  const py::Ref value = py::Ref::steal(PyEval_EvalCode(code.get(), main_.get(), main_.get()));
  return value ? Answer{} : failed();
}

Session::Answer Session::failed() {
  const Finish finish = finish_with_error(guest_.trusted);
  const bool leaving = finish.end.ending == protocol::Ending::kExit;
  return {leaving ? CellOutcome::kExit : CellOutcome::kError, leaving ? finish.status : 0};
}

Session::Answer Session::shown_as(CellOutcome outcome) {
  PyErr_Print();
  return {outcome};
}

}  // namespace pysb::guest
