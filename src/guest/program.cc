#include "guest/program.h"

#include <unistd.h>

#include "base/text.h"
#include "guest/decoded_text.h"
#include "guest/leave.h"
#include "guest/main_module.h"

namespace pysb::guest {
namespace {

using protocol::Outcome;

// Takes the error that is set; Python's own words go to stderr.
protocol::Commit does_not_compile() {
  PyObject* type = nullptr;
  PyObject* value = nullptr;
  PyObject* traceback = nullptr;
  PyErr_Fetch(&type, &value, &traceback);
  PyErr_NormalizeException(&type, &value, &traceback);
  const auto error = py::Ref::borrow(value);
  const auto name = py::attr(type, "__name__");
  PyErr_Restore(type, value, traceback);
  PyErr_Print();
  flush_standard_files();
  const py::Ref message = py::Ref::steal(error ? PyObject_Str(error.get()) : nullptr);
  return {Outcome::kSyntaxError, concat({py::utf8(name.get()), ": ", py::utf8(message.get())})};
}

// What Python cannot parse for lack of stack, memory or patience was not analysed either.
protocol::Commit outcome_of(const Compilation& result, bool analyses) {
  switch (result.state) {
    case Compilation::State::kOk:
      return {Outcome::kRun, ""};
    case Compilation::State::kBlocked:
      return {Outcome::kBlocked, ""};
    case Compilation::State::kRefused:
      return {Outcome::kRefused, result.refusal};
    case Compilation::State::kFailed:
      break;
  }
  if (analyses && PyErr_ExceptionMatches(PyExc_SyntaxError) == 0) {
    return {Outcome::kRefused, py::take_error_text()};
  }
  return does_not_compile();
}

Program load_text(Guest& guest, const Decoded& decoded) {
  const py::Ref text = text_of(decoded);
  const py::Ref file_name = py::text(guest.request.file_name);
  if (!text || !file_name) {
    return {does_not_compile(), {}, {}};
  }
  offer_lines(guest.request, text.get());
  Compilation result = guest.compiler.compile({.source = text.get(),
                                               .file_name = file_name.get(),
                                               .unit = {.source = {},
                                                        .display_name = guest.request.display_name,
                                                        .dynamic_origin = {},
                                                        // eval and exec see its globals
                                                        .keeps_bindings = true}});
  if (result.code && !guest.registry.remember(result.code.get())) {
    result.state = Compilation::State::kFailed;
  }
  return {outcome_of(result, guest.compiler.analyses()), std::move(result.findings),
          std::move(result.code)};
}

// What Python does after the last statement of a file, not of a text (CPython, Python/pythonrun.c,
// flush_io); errors show up later, when it is flushed for good.
void flush_quietly() {
  const py::SavedError pending;
  for (const char* name : {"stderr", "stdout"}) {
    const auto file = py::Ref::borrow(PySys_GetObject(name));
    py::call(py::attr(file, "flush"));
    PyErr_Clear();
  }
}

// Nothing of the run is held any more when this returns, so that its objects can end.
Finish run_to_the_end(const Guest& guest, py::Ref given) {
  const py::Ref code = std::move(given);
  const py::Ref main = make_main(guest.request, guest.builtins_module());
  if (!main) {
    ::_exit(kGuestFailed);
  }
  const py::Ref value = py::Ref::steal(PyEval_EvalCode(code.get(), main.get(), main.get()));
  if (has_file(guest.request)) {
    flush_quietly();
  }
  Finish finish = value ? Finish{} : finish_with_error(guest.trusted);
  forget_file(main);
  return finish;
}

}  // namespace

Program load_program(Guest& guest) {
  const Decoded decoded = decode_source(guest.request.source, guest.request.file_name);
  if (const auto* codec = std::get_if<ForeignCodec>(&decoded)) {
    return {{Outcome::kRefused, explain(*codec)}, {}, {}};
  }
  return load_text(guest, decoded);
}

void run_program(Guest& guest, py::Ref code) {
  const Finish finish = run_to_the_end(guest, std::move(code));
  leave(guest.originals, guest.trusted, guest.session_channel, finish, true);
}

}  // namespace pysb::guest
