#include "jail/plan.h"

#include <sys/resource.h>

#include <algorithm>

#include "base/text.h"

namespace pysb::jail {
namespace {

constexpr std::uint64_t kMiB = 1ULL << 20U;
// OpenBLAS and thread stacks map far more than they use: numpy with two threads has 365 MiB of
// address space against 14 MiB of a bare interpreter.
constexpr std::uint64_t kAddressSpaceBeyondMemory = 512 * kMiB;
constexpr std::uint64_t kStack = 8 * kMiB;
constexpr int kLandlockWithRename =
    2;  // ABI 1 (Linux 5.13) refuses every rename across directories

std::string number(std::uint64_t value) { return std::to_string(value); }

// The system's own files that programs expect, with nothing of the host's in them.
std::vector<File> synthetic_files() {
  return {
      {"/etc/passwd", "sandbox:x:1000:1000:sandbox:/workspace:/bin/false\n"},
      {"/etc/group", "sandbox:x:1000:\n"},
      {"/etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files\n"},
      {"/etc/hosts", "127.0.0.1 localhost\n::1 localhost\n"},
  };
}

// Linux needs these five; a device node cannot be made in a user namespace, so they are bound.
void add_devices(std::vector<Bind>& binds) {
  for (const char* device :
       {"/dev/full", "/dev/null", "/dev/random", "/dev/urandom", "/dev/zero"}) {
    binds.push_back({.source = device, .target = device});
  }
}

std::vector<ResourceLimit> resource_limits(const policy::Limits& limits, bool session) {
  const auto same = [](int resource, std::uint64_t value) {
    return ResourceLimit{resource, value, value};
  };
  std::vector<ResourceLimit> all = {
      same(RLIMIT_AS, limits.memory + kAddressSpaceBeyondMemory),
      same(RLIMIT_DATA, limits.memory),
      same(RLIMIT_STACK, kStack),
      same(RLIMIT_CORE, 0),
      same(RLIMIT_FSIZE, limits.file_size),
      same(RLIMIT_NOFILE, limits.open_files),
      // Counted per user namespace since Linux 5.14: our init and the main thread, and the rest.
      same(RLIMIT_NPROC, limits.threads + 2ULL),
      same(RLIMIT_MEMLOCK, 0),
      same(RLIMIT_MSGQUEUE, 0),
      same(RLIMIT_SIGPENDING, 256),
      same(RLIMIT_NICE, 0),
      same(RLIMIT_RTPRIO, 0),
  };
  if (!session) {
    // Whole seconds, rounded up. SIGXCPU at the soft limit ends a program that does not catch it;
    // one that does has a second more.
    const auto seconds = static_cast<std::uint64_t>((limits.cpu.count() + 999) / 1000);
    all.push_back({RLIMIT_CPU, seconds, seconds + 1});
  }
  return all;
}

std::vector<PathRule> path_rules(const std::vector<Bind>& binds, const std::string& interpreter) {
  std::vector<PathRule> rules = {{"/", Reach::kRead},
                                 {interpreter, Reach::kExecute},
                                 {"/lib64/ld-linux-x86-64.so.2", Reach::kExecute},
                                 {"/dev", Reach::kWriteDevice},
                                 {"/tmp", Reach::kWrite},
                                 {"/workspace", Reach::kWrite}};
  for (const auto& bind : binds) {
    if (bind.writable) {
      rules.push_back({bind.target, Reach::kWrite});
    }
  }
  return rules;
}

std::vector<protocol::Mechanism> mechanisms(const HostFacts& facts) {
  using protocol::Strength;
  std::vector<protocol::Mechanism> all;
  for (const char* name :
       {"user_namespace", "pid_namespace", "mount_namespace", "network_namespace", "ipc_namespace",
        "uts_namespace", "seccomp", "no_new_privileges", "capabilities_dropped"}) {
    all.push_back({name, Strength::kEnforced, ""});
  }
  if (facts.landlock_abi >= kLandlockWithRename) {
    all.push_back({"landlock", Strength::kEnforced, "ABI " + std::to_string(facts.landlock_abi)});
  } else if (facts.landlock_abi == 1) {
    all.push_back({"landlock", Strength::kReduced,
                   "ABI 1 would refuse renames in the working directory: no file rules"});
  } else {
    all.push_back({"landlock", Strength::kAbsent, "this kernel has none"});
  }
  all.push_back({"w_xor_x", Strength::kEnforced, facts.mdwe ? "seccomp, PR_SET_MDWE" : "seccomp"});
  all.push_back({"memory", Strength::kReduced,
                 "rlimit: per process; files in /tmp and the working directory come on top"});
  all.push_back({"cpu", Strength::kEnforced, "rlimit"});
  return all;
}

Result<> check_host(const HostFacts& facts) {
  if (facts.kernel_major < 5 || (facts.kernel_major == 5 && facts.kernel_minor < 15)) {
    return Error(ErrorKind::kUnsupported,
                 concat({"Linux ", std::to_string(facts.kernel_major), ".",
                         std::to_string(facts.kernel_minor), " is too old for the jail"}))
        .remedy("use Linux 5.15 or later");
  }
  if (!facts.seccomp_notify) {
    return Error(ErrorKind::kUnsupported, "this kernel has no seccomp user notification")
        .remedy("use a kernel with CONFIG_SECCOMP_FILTER");
  }
  return {};
}

std::string_view name_of(Reach reach) {
  switch (reach) {
    case Reach::kRead:
      return "read";
    case Reach::kExecute:
      return "execute";
    case Reach::kWriteDevice:
      return "write-device";
    case Reach::kWrite:
      return "write";
  }
  return "";
}

}  // namespace

Result<Plan> make_plan(const policy::Policy& policy, const HostFacts& facts, Need need) {
  PYSB_CHECK(check_host(facts));
  if (policy.limits.processes > 0) {
    return Error(ErrorKind::kUnsupported, "limits.processes: this version runs one process only")
        .remedy("set processes: 0");
  }
  const policy::Limits& limits = policy.limits;
  Plan plan;
  plan.host_uid = facts.run_uid;
  plan.host_gid = facts.run_gid;
  plan.as_root = facts.root;
  plan.scratch = {{"/tmp", limits.disk, limits.files}, {"/workspace", limits.disk, limits.files}};
  plan.binds = std::move(need.binds);
  add_devices(plan.binds);
  std::stable_sort(plan.binds.begin(), plan.binds.end(),
                   [](const Bind& a, const Bind& b) { return a.target < b.target; });
  plan.links = std::move(need.links);
  plan.files = synthetic_files();
  plan.files.insert(plan.files.end(), need.files.begin(), need.files.end());
  plan.path_rules = path_rules(plan.binds, need.command.front());
  plan.limits = resource_limits(limits, need.session);
  plan.landlock_abi = facts.landlock_abi;
  plan.mdwe = facts.mdwe;
  plan.wait_killable = facts.wait_killable;
  plan.command = std::move(need.command);
  plan.environment = std::move(need.environment);
  plan.max_files = limits.files;
  plan.mechanisms = mechanisms(facts);
  return plan;
}

std::string to_text(const Plan& plan) {
  std::string text = concat({"ids ", number(kInnerId), " = ", number(plan.host_uid), ":",
                             number(plan.host_gid), plan.as_root ? " (as root)\n" : "\n"});
  for (const auto& tmpfs : plan.scratch) {
    text += concat({"tmpfs ", tmpfs.target, " size=", number(tmpfs.size),
                    " inodes=", number(tmpfs.inodes), "\n"});
  }
  for (const auto& bind : plan.binds) {
    text += concat({"bind ", bind.target, bind.source == bind.target ? "" : " from " + bind.source,
                    bind.writable ? " writable" : "", bind.optional ? " optional" : "", "\n"});
  }
  for (const auto& link : plan.links) {
    text += concat({"link ", link.path, " -> ", link.target, "\n"});
  }
  for (const auto& file : plan.files) {
    text += concat({"file ", file.path, " ", number(file.content.size()), " bytes\n"});
  }
  for (const auto& rule : plan.path_rules) {
    text += concat({"landlock ", name_of(rule.reach), " ", rule.path, "\n"});
  }
  for (const auto& limit : plan.limits) {
    text += concat({"rlimit ", std::to_string(limit.resource), " ", number(limit.soft), " ",
                    number(limit.hard), "\n"});
  }
  for (const auto& mechanism : plan.mechanisms) {
    text += concat({"mechanism ", mechanism.name, " ", protocol::name_of(mechanism.strength),
                    mechanism.detail.empty() ? "" : ": " + mechanism.detail, "\n"});
  }
  return text;
}

}  // namespace pysb::jail
