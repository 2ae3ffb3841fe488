// How a program or an input ended: what Python does with an exception that nobody caught.
#pragma once

#include "guest/originals.h"
#include "guest/trusted_paths.h"
#include "protocol/request.h"

namespace pysb::guest {

struct Finish {
  protocol::End end;
  int status = 0;            // of the process, as the program asked for it
  bool interrupted = false;  // by KeyboardInterrupt: the process is to die of SIGINT
};

// Takes the exception that is set, and shows it as Python does: SystemExit with a text prints that
// text, all others go through sys.excepthook.
Finish finish_with_error(const TrustedPaths& trusted);

}  // namespace pysb::guest
