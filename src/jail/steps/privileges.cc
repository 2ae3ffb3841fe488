// No capability, no way to one, and no memory that is both written and run.
#include <linux/capability.h>
#include <linux/securebits.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "jail/steps/step.h"

namespace pysb::jail {
namespace {

constexpr int kPrSetMdwe = 65;  // prctl(2), Linux 6.3
constexpr unsigned long kPrMdweRefuseExecGain = 1;

Result<> drop_bounding_set() {
  for (unsigned long capability = 0; capability < 64; ++capability) {
    if (::prctl(PR_CAPBSET_DROP, capability) != 0) {
      // EINVAL: past the last one that this kernel knows.
      return errno == EINVAL ? Result<>() : Error::from_errno("prctl", "PR_CAPBSET_DROP");
    }
  }
  return {};
}

Result<> drop_capabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[2] = {};
  if (::syscall(SYS_capset, &header, none) != 0) {
    return Error::from_errno("capset", "");
  }
  return {};
}

// Dispositions and mask are inherited over exec: the supervisor's must not reach the program.
Result<> reset_signals() {
  for (int signal = 1; signal < NSIG; ++signal) {
    ::signal(signal, SIG_DFL);  // EINVAL for SIGKILL, SIGSTOP and glibc's own: they have none
  }
  sigset_t none;
  ::sigemptyset(&none);
  if (::sigprocmask(SIG_SETMASK, &none, nullptr) != 0) {
    return Error::from_errno("sigprocmask", "");
  }
  return {};
}

}  // namespace

Result<> drop_privileges(Build& build) {
  ::setsid();  // no controlling terminal, whatever the supervisor has
  PYSB_CHECK(reset_signals());
  constexpr unsigned long kLocked = SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_SETUID_FIXUP |
                                    SECBIT_NO_SETUID_FIXUP_LOCKED | SECBIT_KEEP_CAPS_LOCKED |
                                    SECBIT_NO_CAP_AMBIENT_RAISE |
                                    SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED;
  if (::prctl(PR_SET_SECUREBITS, kLocked) != 0) {
    return Error::from_errno("prctl", "PR_SET_SECUREBITS");
  }
  PYSB_CHECK(drop_bounding_set());
  PYSB_CHECK(drop_capabilities());
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    return Error::from_errno("prctl", "PR_SET_NO_NEW_PRIVS");
  }
  if (build.plan.mdwe && ::prctl(kPrSetMdwe, kPrMdweRefuseExecGain, 0, 0, 0) != 0) {
    return Error::from_errno("prctl", "PR_SET_MDWE");
  }
  return {};
}

}  // namespace pysb::jail
