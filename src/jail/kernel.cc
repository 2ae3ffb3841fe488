#include "jail/kernel.h"

#include <fcntl.h>
#include <linux/mount.h>
#include <linux/sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <csignal>

namespace pysb::jail {

Result<Cloned> clone_process(std::uint64_t flags) {
  int pidfd = -1;
  clone_args arguments{};
  arguments.flags = flags | CLONE_PIDFD;
  arguments.pidfd = reinterpret_cast<std::uint64_t>(&pidfd);
  arguments.exit_signal = SIGCHLD;
  const long pid = ::syscall(SYS_clone3, &arguments, sizeof arguments);
  if (pid < 0) {
    return Error::from_errno("clone3", "");
  }
  Cloned cloned;
  cloned.pid = static_cast<pid_t>(pid);
  cloned.pidfd.reset(pidfd);
  return cloned;
}

Result<UniqueFd> clone_mount(const std::string& source) {
  UniqueFd mount(static_cast<int>(::syscall(SYS_open_tree, AT_FDCWD, source.c_str(),
                                            OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE)));
  if (!mount) {
    return Error::from_errno("open_tree", source);
  }
  return mount;
}

Result<> set_mount_flags(int mount, std::uint64_t attributes, std::string_view name) {
  mount_attr wanted{};
  wanted.attr_set = attributes;
  wanted.propagation = MS_PRIVATE;
  if (::syscall(SYS_mount_setattr, mount, "", AT_EMPTY_PATH | AT_RECURSIVE, &wanted,
                sizeof wanted) != 0) {
    return Error::from_errno("mount_setattr", name);
  }
  return {};
}

Result<> attach_mount(int mount, const std::string& target) {
  if (::syscall(SYS_move_mount, mount, "", AT_FDCWD, target.c_str(), MOVE_MOUNT_F_EMPTY_PATH) !=
      0) {
    return Error::from_errno("move_mount", target);
  }
  return {};
}

Result<> write_file(const std::string& path, std::string_view content) {
  const UniqueFd fd(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (!fd) {
    return Error::from_errno("open", path);
  }
  while (!content.empty()) {
    const ssize_t written = ::write(fd.get(), content.data(), content.size());
    if (written < 0) {
      return Error::from_errno("write", path);
    }
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

// From below: most often the nearest one is there already.
Result<> make_parents(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos || slash == 0) {
    return {};
  }
  const std::string dir = path.substr(0, slash);
  if (::mkdir(dir.c_str(), 0755) == 0 || errno == EEXIST) {
    return {};
  }
  if (errno != ENOENT) {
    return Error::from_errno("mkdir", dir);
  }
  PYSB_CHECK(make_parents(dir));
  if (::mkdir(dir.c_str(), 0755) != 0) {
    return Error::from_errno("mkdir", dir);
  }
  return {};
}

}  // namespace pysb::jail
