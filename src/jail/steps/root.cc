// The jail's own root: an empty tmpfs into which just what the plan names is hung.
#include <fcntl.h>
#include <linux/mount.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "base/text.h"
#include "jail/kernel.h"
#include "jail/steps/step.h"

namespace pysb::jail {
namespace {

// Where the new root is built in our private copy of the mount tree; any directory would do.
constexpr const char* kStage = "/tmp";
constexpr unsigned long kNoTricks = MS_NOSUID | MS_NODEV | MS_NOEXEC;

std::string staged(const std::string& path) { return kStage + path; }

Result<> mount_tmpfs(const std::string& target, const std::string& options) {
  if (::mount("tmpfs", target.c_str(), "tmpfs", kNoTricks, options.c_str()) != 0) {
    return Error::from_errno("mount tmpfs", target);
  }
  return {};
}

Result<> mount_scratch(const Tmpfs& scratch) {
  const std::string target = staged(scratch.target);
  if (::mkdir(target.c_str(), 0755) != 0) {
    return Error::from_errno("mkdir", target);
  }
  return mount_tmpfs(target, concat({"mode=0700,size=", std::to_string(scratch.size),
                                     ",nr_inodes=", std::to_string(scratch.inodes)}));
}

// Something to mount over: a directory for a directory, an empty file for anything else.
Result<> make_mount_point(int source, const std::string& target) {
  struct stat info {};
  if (::fstat(source, &info) != 0) {
    return Error::from_errno("fstat", target);
  }
  PYSB_CHECK(make_parents(target));
  const bool made = S_ISDIR(info.st_mode) ? ::mkdir(target.c_str(), 0755) == 0
                                          : ::mknod(target.c_str(), S_IFREG | 0644, 0) == 0;
  if (!made && errno != EEXIST) {
    return Error::from_errno(S_ISDIR(info.st_mode) ? "mkdir" : "mknod", target);
  }
  return {};
}

Result<> make_links(const Plan& plan) {
  for (const auto& link : plan.links) {
    const std::string path = staged(link.path);
    PYSB_CHECK(make_parents(path));
    if (::symlink(link.target.c_str(), path.c_str()) != 0 && errno != EEXIST) {
      return Error::from_errno("symlink", path);
    }
  }
  return {};
}

Result<> make_files(const Plan& plan) {
  for (const auto& file : plan.files) {
    const std::string path = staged(file.path);
    PYSB_CHECK(make_parents(path));
    PYSB_CHECK(write_file(path, file.content));
  }
  return {};
}

}  // namespace

// All that needs no source: links, files, the writable places. Links before binds, because /lib may
// be a link that a bind's path goes through. Files before binds, because one that is written
// afterwards would go through a writable bind into the host's file of that name.
Result<> build_frame(Build& build) {
  const Plan& plan = build.plan;
  // Nothing that is mounted here may reach the host, and nothing of the host's may appear here.
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) {
    return Error::from_errno("mount private", "/");
  }
  PYSB_CHECK(mount_tmpfs(kStage, "mode=0755,size=1m,nr_inodes=4096"));
  // Scratch first: an interpreter that lies in /tmp must not vanish below it.
  for (const auto& scratch : plan.scratch) {
    PYSB_CHECK(mount_scratch(scratch));
  }
  PYSB_CHECK(make_links(plan));
  return make_files(plan);
}

Result<> attach_binds(Build& build) {
  const Plan& plan = build.plan;
  for (std::size_t i = 0; i < plan.binds.size(); ++i) {
    if (build.sources[i]) {
      const std::string target = staged(plan.binds[i].target);
      PYSB_CHECK(make_mount_point(build.sources[i].get(), target));
      PYSB_CHECK(attach_mount(build.sources[i].get(), target));
    }
  }
  build.sources.clear();
  return {};
}

Result<> enter_root(Build& /*build*/) {
  if (::chdir(kStage) != 0) {
    return Error::from_errno("chdir", kStage);
  }
  // pivot_root(2): with both the same directory, the old root ends up on top and is detached.
  if (::syscall(SYS_pivot_root, ".", ".") != 0) {
    return Error::from_errno("pivot_root", kStage);
  }
  if (::umount2(".", MNT_DETACH) != 0) {
    return Error::from_errno("umount2", "the old root");
  }
  mount_attr wanted{};
  wanted.attr_set = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV | MOUNT_ATTR_NOEXEC;
  if (::syscall(SYS_mount_setattr, AT_FDCWD, "/", 0, &wanted, sizeof wanted) != 0) {
    return Error::from_errno("mount_setattr", "/");
  }
  if (::chdir("/workspace") != 0) {
    return Error::from_errno("chdir", "/workspace");
  }
  return {};
}

}  // namespace pysb::jail
