// Thin typed doors to the kernel for what glibc does not wrap or what the jail does often. No
// policy and no logging here.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/unique_fd.h"

namespace pysb::jail {

// A process made by clone_process; pid 0 in the child.
struct Cloned {
  pid_t pid = 0;
  UniqueFd pidfd;
};

// fork(2) with clone flags (CLONE_NEW…). The caller has one thread only: glibc's fork handlers do
// not run in the child.
Result<Cloned> clone_process(std::uint64_t flags);

// A detached copy of a mount (open_tree(2), Linux 5.2), with all mounted below it.
Result<UniqueFd> clone_mount(const std::string& source);

// Sets MOUNT_ATTR_* flags (mount_setattr(2), Linux 5.12) on a mount and all below it, and makes
// them private: a copy of a shared mount would be told of what the host mounts there later.
Result<> set_mount_flags(int mount, std::uint64_t attributes, std::string_view name);

// Hangs a detached mount into the tree at `target`.
Result<> attach_mount(int mount, const std::string& target);

Result<> write_file(const std::string& path, std::string_view content);

// Every directory above `path`, mode 0755. Fails when one of them is not a directory.
Result<> make_parents(const std::string& path);

}  // namespace pysb::jail
