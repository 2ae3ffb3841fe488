// A session: inputs arrive one after the other and run in the same __main__.
#pragma once

#include <optional>
#include <string>

#include "guest/ending.h"
#include "guest/guest.h"

namespace pysb::guest {

class Session {
 public:
  explicit Session(Guest& guest) : guest_(guest) {}

  // Takes inputs until the supervisor closes the channel or the program wants to leave; then ends
  // the process. Call with no Python frame running.
  [[noreturn]] void run();

 private:
  struct Answer {
    protocol::CellOutcome outcome = protocol::CellOutcome::kDone;
    int status = 0;
  };

  // Nothing once the channel is closed.
  std::optional<std::string> next_input() const;
  Answer take(std::string input);
  Compilation compile(const py::Ref& text);
  Answer execute(const py::Ref& code);
  Answer failed();
  static Answer shown_as(protocol::CellOutcome outcome);

  Guest& guest_;
  py::Ref main_;
  int future_flags_ = 0;  // of the `from __future__` statements so far
};

}  // namespace pysb::guest
