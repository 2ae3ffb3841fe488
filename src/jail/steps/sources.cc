// Detached, restricted copies of everything that is bound into the jail.
#include <linux/mount.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"
#include "jail/kernel.h"
#include "jail/rights.h"
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

Error cut_off() { return Error(ErrorKind::kUnavailable, "the supervisor sent no more sources"); }

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

// One byte for each bind, '1' with a descriptor and '0' for a missing optional one.
Result<> send_sources(Build& build) {
  const std::span<const UniqueFd> all = build.sources;
  for (std::size_t sent = 0; sent < all.size(); sent += kMaxRights) {
    std::string present;
    std::vector<int> descriptors;
    for (const UniqueFd& source : all.subspan(sent, std::min(kMaxRights, all.size() - sent))) {
      present.push_back(source ? '1' : '0');
      if (source) {
        descriptors.push_back(source.get());
      }
    }
    if (!send_with_rights(build.status, present, descriptors)) {
      return Error::from_errno("sendmsg", "the sources");
    }
  }
  build.sources.clear();
  return {};
}

Result<> receive_sources(Build& build) {
  while (build.sources.size() < build.plan.binds.size()) {
    std::array<char, kMaxRights> present{};
    PYSB_TRY(Received received, receive_with_rights(build.status, present));
    auto next = received.descriptors.begin();
    for (const char is_present : std::span(present).first(received.size)) {
      if (is_present == '1' && next == received.descriptors.end()) {
        return cut_off();
      }
      build.sources.push_back(is_present == '1' ? std::move(*next++) : UniqueFd());
    }
    if (received.size == 0) {
      return cut_off();
    }
  }
  return {};
}

}  // namespace pysb::jail
