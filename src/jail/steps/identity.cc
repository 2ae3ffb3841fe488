// Who the jail's processes are, and whom they must not outlive.
#include <grp.h>
#include <poll.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>

#include "jail/steps/step.h"

namespace pysb::jail {

Result<> become_inner_user(Build& build) {
  // An ordinary user may not call setgroups in its namespace (user_namespaces(7)); the groups it
  // has stay, and only what is bound into the jail is there to use them on.
  if (build.plan.as_root && ::setgroups(0, nullptr) != 0) {
    return Error::from_errno("setgroups", "");
  }
  if (::setresgid(kInnerId, kInnerId, kInnerId) != 0) {
    return Error::from_errno("setresgid", std::to_string(kInnerId));
  }
  if (::setresuid(kInnerId, kInnerId, kInnerId) != 0) {
    return Error::from_errno("setresuid", std::to_string(kInnerId));
  }
  return {};
}

Result<> die_with_supervisor(Build& build) {
  if (::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) {
    return Error::from_errno("prctl", "PR_SET_PDEATHSIG");
  }
  if (::prctl(PR_SET_DUMPABLE, 0) != 0) {
    return Error::from_errno("prctl", "PR_SET_DUMPABLE");
  }
  // It may have died before. getppid() is 0 in a pid namespace, so its end of the socket tells.
  pollfd peer{build.status, POLLRDHUP, 0};
  if (::poll(&peer, 1, 0) > 0 && (peer.revents & (POLLHUP | POLLRDHUP)) != 0) {
    ::_exit(1);
  }
  return {};
}

}  // namespace pysb::jail
