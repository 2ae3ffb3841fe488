// The program holds five descriptors and no other: runc's CVE-2024-21626 was one too many.
#include <fcntl.h>
#include <unistd.h>

#include <array>

#include "jail/steps/step.h"

namespace pysb::jail {
namespace {

constexpr int kKept = 5;
// Above all that is kept, so that moving one never overwrites another.
constexpr int kAside = 64;

Result<int> move_aside(int fd) {
  const int moved = ::fcntl(fd, F_DUPFD_CLOEXEC, kAside);
  if (moved < 0) {
    return Error::from_errno("fcntl", "F_DUPFD_CLOEXEC");
  }
  return moved;
}

}  // namespace

Result<> arrange_descriptors(Build& build) {
  const Stdio& stdio = build.stdio;
  const std::array<int, kKept> wanted = {stdio.in, stdio.out, stdio.err, stdio.boot, stdio.session};
  std::array<int, kKept> aside{};
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    PYSB_TRY(aside[i], move_aside(wanted[i]));
  }
  PYSB_TRY(build.status, move_aside(build.status));
  for (int fd = 0; fd < kKept; ++fd) {
    if (::dup2(aside[static_cast<std::size_t>(fd)], fd) < 0) {
      return Error::from_errno("dup2", "");
    }
  }
  // All but the status socket, which closes itself when the interpreter starts.
  const auto status = static_cast<unsigned>(build.status);
  if (::close_range(kKept, status - 1, 0) != 0 || ::close_range(status + 1, ~0U, 0) != 0) {
    return Error::from_errno("close_range", "");
  }
  return {};
}

}  // namespace pysb::jail
