// What this kernel offers, asked of the kernel itself; the plan, the tests' skips and later
// `doctor` share it.
#pragma once

#include <cstdint>
#include <string>

namespace pysb::jail {

struct HostFacts {
  bool root = false;  // effective uid 0 with CAP_SYS_ADMIN
  int kernel_major = 0;
  int kernel_minor = 0;
  int landlock_abi = 0;         // 0: none
  bool seccomp_notify = false;  // SECCOMP_RET_USER_NOTIF with a listener (5.0), CONTINUE (5.5)
  bool wait_killable = false;   // SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (5.19)
  bool mdwe = false;            // PR_SET_MDWE (6.3)
  std::uint32_t uid = 0;
  std::uint32_t gid = 0;
  // Host uid and gid of the run; as root one of the supervisor's own uid_map that nobody else has,
  // else the caller's own.
  std::uint32_t run_uid = 0;
  std::uint32_t run_gid = 0;
};

// Cheap: a handful of system calls, no process is made. Whether user namespaces may be made shows
// only when one is: Jail::start says so.
HostFacts probe_host();

}  // namespace pysb::jail
