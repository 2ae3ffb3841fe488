// The signals that end or interrupt a run, as a descriptor to poll.
#pragma once

#include <optional>

#include "base/error.h"
#include "base/unique_fd.h"

namespace pysb::engine {

// Blocks SIGINT, SIGTERM and SIGHUP for its lifetime and ignores SIGPIPE. One per process.
class SignalWatch {
 public:
  static Result<SignalWatch> start();
  SignalWatch(SignalWatch&&) = default;
  SignalWatch& operator=(SignalWatch&&) = delete;
  ~SignalWatch();

  int fd() const { return fd_.get(); }
  // The next signal that has arrived, if any.
  std::optional<int> next();

 private:
  explicit SignalWatch(UniqueFd fd) : fd_(std::move(fd)) {}
  UniqueFd fd_;
};

}  // namespace pysb::engine
