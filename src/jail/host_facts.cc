#include "jail/host_facts.h"

#include <linux/capability.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>

namespace pysb::jail {
namespace {

constexpr int kPrGetMdwe = 66;  // prctl(2), Linux 6.3
// Above the range that systemd hands to containers (524288 to 1879048191), below 2^31.
constexpr std::uint32_t kFirstRunId = 1879048192;
constexpr std::uint32_t kRunIds = 1U << 26U;
constexpr std::uint32_t kOverflowId = 65534;

bool has_capability(unsigned capability) {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[2] = {};
  return ::syscall(SYS_capget, &header, data) == 0 &&
         (data[capability / 32].effective >> (capability % 32) & 1U) != 0;
}

// The length of the map that begins at id 0 in our own user namespace.
std::uint64_t mapped_ids(const char* path) {
  std::ifstream map(path);
  std::uint64_t inside = 0;
  std::uint64_t outside = 0;
  std::uint64_t length = 0;
  std::uint64_t end = 0;
  while (map >> inside >> outside >> length) {
    if (inside <= end) {
      end = inside + length;
    }
  }
  return end;
}

// An id that no other run is likely to have at the same time, among those we may hand out.
std::uint32_t choose_id(std::uint64_t mapped, std::uint32_t chance, std::uint32_t own) {
  if (mapped > kFirstRunId + std::uint64_t{kRunIds}) {
    return kFirstRunId + chance % kRunIds;
  }
  // In a container with 65536 ids: from its upper half, below "nobody".
  if (mapped > kOverflowId) {
    return kOverflowId / 2 + chance % (kOverflowId / 2 - 1);
  }
  return own;
}

void choose_ids(HostFacts& facts) {
  facts.run_uid = facts.uid;
  facts.run_gid = facts.gid;
  if (!facts.root) {
    return;
  }
  std::uint32_t chance = 0;
  if (::getrandom(&chance, sizeof chance, 0) != static_cast<ssize_t>(sizeof chance)) {
    chance = static_cast<std::uint32_t>(::getpid());
  }
  facts.run_uid = choose_id(mapped_ids("/proc/self/uid_map"), chance, facts.uid);
  facts.run_gid = choose_id(mapped_ids("/proc/self/gid_map"), chance, facts.gid);
  // Root of a namespace that has no other id: as good as an ordinary user.
  facts.root = facts.run_uid != facts.uid && facts.run_gid != facts.gid;
  if (!facts.root) {
    facts.run_uid = facts.uid;
    facts.run_gid = facts.gid;
  }
}

}  // namespace

HostFacts probe_host() {
  HostFacts facts;
  facts.uid = ::geteuid();
  facts.gid = ::getegid();
  facts.root = facts.uid == 0 && has_capability(CAP_SYS_ADMIN) && has_capability(CAP_SETUID) &&
               has_capability(CAP_SETGID);
  utsname name{};
  if (::uname(&name) == 0 &&
      std::sscanf(name.release, "%d.%d", &facts.kernel_major, &facts.kernel_minor) != 2) {
    facts.kernel_major = 0;
  }
  const auto at_least = [&](int major, int minor) {
    return facts.kernel_major > major ||
           (facts.kernel_major == major && facts.kernel_minor >= minor);
  };
  const long abi =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  facts.landlock_abi = abi > 0 ? static_cast<int>(abi) : 0;
  seccomp_notif_sizes sizes{};
  facts.seccomp_notify = ::syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes) == 0;
  facts.wait_killable = at_least(5, 19);
  facts.mdwe = ::prctl(kPrGetMdwe, 0, 0, 0, 0) >= 0;
  choose_ids(facts);
  return facts;
}

}  // namespace pysb::jail
