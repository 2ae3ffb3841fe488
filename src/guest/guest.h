// The guest of one process: everything that lives from the request to the end, put together once.
#pragma once

#include <memory>
#include <optional>

#include "guest/import_hook.h"
#include "guest/trusted_paths.h"
#include "protocol/request.h"

namespace pysb::guest {

struct Guest {
  // Binds what is needed later and guards the interpreter. Nothing of the program is read yet.
  static Result<std::unique_ptr<Guest>> create(protocol::Request request);
  Guest(const Guest&) = delete;
  Guest& operator=(const Guest&) = delete;

  bool is_session() const { return request.mode == protocol::Mode::kSession; }
  // Whether code that the program makes or imports while it runs is analysed.
  bool guards() const { return request.static_layer && request.interpreter_layer; }
  PyObject* builtins_module() const {
    return builtins ? builtins->module.get() : originals.builtins_module.get();
  }

  const protocol::Request request;
  const policy::RuleSet rules;
  const Originals originals;
  const NativeFunctions functions;
  const Exceptions exceptions;
  Helpers helpers;
  const TrustedPaths trusted;
  const Channel session_channel;
  TreeCopier copier;
  Compiler compiler;
  CodeRegistry registry;
  DynamicCode dynamic;
  SessionInput session_input;
  std::optional<UserBuiltins> builtins;  // when there is something to guard
  std::optional<ImportHook> import_hook;

 private:
  struct Made;  // what can fail to be made
  explicit Guest(protocol::Request given, Made made);
  Result<> guard();
};

}  // namespace pysb::guest
