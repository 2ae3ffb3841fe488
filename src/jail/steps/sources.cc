// Detached, restricted copies of everything that is bound into the jail.
#include <linux/mount.h>
#include <unistd.h>

#include "base/text.h"
#include "jail/kernel.h"
#include "jail/steps/step.h"

namespace pysb::jail {
namespace {

bool is_device(const Bind& bind) { return bind.target.starts_with("/dev/"); }

// nosuid: a set-uid file inside gives nothing (CVE-2020-5291 is what happens otherwise). Read-only
// does not keep anyone from writing to a device node, which is as it should be for /dev/null.
std::uint64_t flags_for(const Bind& bind) {
  std::uint64_t flags = MOUNT_ATTR_NOSUID;
  flags |= is_device(bind) ? MOUNT_ATTR_NOEXEC : MOUNT_ATTR_NODEV;
  flags |= bind.writable ? MOUNT_ATTR_NOEXEC : MOUNT_ATTR_RDONLY;
  return flags;
}

Error unreadable(Error error, const Bind& bind) {
  if (error.kind() == ErrorKind::kDenied) {
    return std::move(error).remedy(
        concat({"the user who runs py_sandbox must be able to reach ", bind.source,
                "; check the modes of the directories above it"}));
  }
  return error;
}

}  // namespace

Result<> clone_sources(Build& build) {
  for (const auto& bind : build.plan.binds) {
    auto source = clone_mount(bind.source);
    if (!source && bind.optional && source.error().os_errno() == ENOENT) {
      build.sources.emplace_back();
      continue;
    }
    if (!source) {
      return unreadable(std::move(source).error(), bind);
    }
    PYSB_CHECK(set_mount_flags(source->get(), flags_for(bind), bind.source));
    build.sources.push_back(*std::move(source));
  }
  return {};
}

}  // namespace pysb::jail
