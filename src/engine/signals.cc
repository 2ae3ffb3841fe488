#include "engine/signals.h"

#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace pysb::engine {
namespace {

sigset_t watched() {
  sigset_t set;
  ::sigemptyset(&set);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    ::sigaddset(&set, signal);
  }
  return set;
}

}  // namespace

Result<SignalWatch> SignalWatch::start() {
  const sigset_t set = watched();
  UniqueFd fd(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!fd) {
    return Error::from_errno("signalfd", "");
  }
  ::sigprocmask(SIG_BLOCK, &set, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
  return SignalWatch(std::move(fd));
}

SignalWatch::~SignalWatch() {
  if (fd_) {
    const sigset_t set = watched();
    ::sigprocmask(SIG_UNBLOCK, &set, nullptr);
  }
}

std::optional<int> SignalWatch::next() {
  signalfd_siginfo info{};
  if (::read(fd_.get(), &info, sizeof info) != static_cast<ssize_t>(sizeof info)) {
    return std::nullopt;
  }
  return static_cast<int>(info.ssi_signo);
}

}  // namespace pysb::engine
