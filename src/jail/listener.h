// The supervisor's side of seccomp user notification (seccomp_unotify(2)).
#pragma once

#include <optional>

#include "base/error.h"
#include "base/unique_fd.h"
#include "jail/jail.h"

namespace pysb::jail {

class Listener {
 public:
  Listener() = default;
  explicit Listener(UniqueFd fd) : fd_(std::move(fd)) {}

  int fd() const { return fd_.get(); }  // -1 once nothing is left that could notify

  // Waits for the first notification, which must be the exec of the interpreter by our own code,
  // and lets it pass. Nothing untrusted has run by then, so no argument can change under our eyes;
  // it is the one time that a call is continued. Returns the process, as we know it.
  Result<pid_t> admit_interpreter();

  // Takes one notification and refuses it. Nothing when the caller went away meanwhile.
  std::optional<Denial> refuse_one();

 private:
  void close_if_deserted();

  UniqueFd fd_;
};

}  // namespace pysb::jail
