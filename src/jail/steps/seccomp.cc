// The system call filter. Its listener goes to the supervisor: receiving it is the proof that the
// filter stands.
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/unique_fd.h"
#include "jail/steps/step.h"
#include "jail/syscalls/filter.h"

namespace pysb::jail {
namespace {

constexpr unsigned kWaitKillable = 1U << 5U;  // SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, Linux 5.19

}  // namespace

Result<> install_filter(Build& build) {
  const auto filter = run_filter();
  const sock_fprog program{static_cast<unsigned short>(filter.size()),
                           const_cast<sock_filter*>(filter.data())};
  const unsigned flags =
      SECCOMP_FILTER_FLAG_NEW_LISTENER | (build.plan.wait_killable ? kWaitKillable : 0);
  const UniqueFd listener(
      static_cast<int>(::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program)));
  if (!listener) {
    Error error = Error::from_errno("seccomp", "");
    return errno == EBUSY ? std::move(error).remedy(
                                "another seccomp listener is installed already (WSL, a nested "
                                "sandbox): run py_sandbox outside of it")
                          : error;
  }
  if (!send_ready(build.status, build.ready, listener.get())) {
    return Error::from_errno("sendmsg", "the seccomp listener");
  }
  return {};
}

}  // namespace pysb::jail
