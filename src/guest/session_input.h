// input() in a session: the line comes from the supervisor, which holds the terminal.
#pragma once

#include <mutex>

#include "guest/channel.h"
#include "guest/originals.h"

namespace pysb::guest {

class SessionInput {
 public:
  SessionInput(const Originals& originals, const Channel& session)
      : originals_(originals), session_(session) {}

  // input(prompt='', /). A program that has put something else into sys.stdin reads from that.
  PyObject* ask(PyObject* args);

 private:
  PyObject* line_from_supervisor(const std::string& prompt);

  const Originals& originals_;
  const Channel& session_;
  std::mutex one_asks_;
};

}  // namespace pysb::guest
