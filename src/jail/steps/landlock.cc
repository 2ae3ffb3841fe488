// Landlock (landlock(7)): a second fence around files, TCP and signals, should a mount be wrong.
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

#include "base/unique_fd.h"
#include "jail/steps/step.h"

namespace pysb::jail {
namespace {

// Rights and fields newer than the headers of Debian 12 (Linux 6.1).
constexpr std::uint64_t kTruncate = 1ULL << 14U;     // ABI 3, Linux 6.2
constexpr std::uint64_t kIoctlDevice = 1ULL << 15U;  // ABI 5, Linux 6.10
constexpr std::uint64_t kTcp = 3;                    // ABI 4, Linux 6.7: bind and connect
constexpr std::uint64_t kScopes = 3;                 // ABI 6, Linux 6.12: abstract sockets, signals

struct RulesetAttributes {
  std::uint64_t files = 0;
  std::uint64_t network = 0;
  std::uint64_t scoped = 0;
};

constexpr std::uint64_t kRead = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t kAbi1 = (1ULL << 13U) - 1;

std::uint64_t handled_files(int abi) {
  // ABI 1 refuses every rename across directories once it handles files.
  if (abi < 2) {
    return 0;
  }
  std::uint64_t rights = kAbi1 | LANDLOCK_ACCESS_FS_REFER;
  rights |= abi >= 3 ? kTruncate : 0;
  rights |= abi >= 5 ? kIoctlDevice : 0;
  return rights;
}

std::uint64_t rights_for(Reach reach) {
  switch (reach) {
    case Reach::kRead:
      return kRead;
    case Reach::kExecute:
      return LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_EXECUTE;
    case Reach::kWriteDevice:
      return LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate;
    case Reach::kWrite:
      return kRead | LANDLOCK_ACCESS_FS_WRITE_FILE | kTruncate | LANDLOCK_ACCESS_FS_REFER |
             LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
             LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
             LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_SYM;
  }
  return 0;
}

// Rights that mean something for a file that is not a directory; more is EINVAL.
constexpr std::uint64_t kOfFiles = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                   LANDLOCK_ACCESS_FS_READ_FILE | kTruncate | kIoctlDevice;

Result<> add_rule(int ruleset, const PathRule& rule, std::uint64_t handled) {
  const UniqueFd path(::open(rule.path.c_str(), O_PATH | O_CLOEXEC));
  if (!path) {
    return errno == ENOENT ? Result<>() : Error::from_errno("open", rule.path);
  }
  struct stat info {};
  if (::fstat(path.get(), &info) != 0) {
    return Error::from_errno("fstat", rule.path);
  }
  landlock_path_beneath_attr beneath{};
  beneath.parent_fd = path.get();
  beneath.allowed_access = rights_for(rule.reach) & handled;
  if (!S_ISDIR(info.st_mode)) {
    beneath.allowed_access &= kOfFiles;
  }
  if (::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) != 0) {
    return Error::from_errno("landlock_add_rule", rule.path);
  }
  return {};
}

}  // namespace

Result<> restrict_files(Build& build) {
  const int abi = build.plan.landlock_abi;
  RulesetAttributes wanted;
  wanted.files = handled_files(abi);
  wanted.network = abi >= 4 ? kTcp : 0;
  wanted.scoped = abi >= 6 ? kScopes : 0;
  if (wanted.files == 0) {
    return {};  // the plan reports it as reduced or absent
  }
  // Older kernels take the longer structure as long as its new fields are 0.
  const UniqueFd ruleset(
      static_cast<int>(::syscall(SYS_landlock_create_ruleset, &wanted, sizeof wanted, 0)));
  if (!ruleset) {
    return Error::from_errno("landlock_create_ruleset", "");
  }
  for (const auto& rule : build.plan.path_rules) {
    PYSB_CHECK(add_rule(ruleset.get(), rule, wanted.files));
  }
  if (::syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0) {
    return Error::from_errno("landlock_restrict_self", "");
  }
  return {};
}

}  // namespace pysb::jail
