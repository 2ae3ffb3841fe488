#include "jail/listener.h"

#include <linux/seccomp.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "jail/syscalls/filter.h"

namespace pysb::jail {
namespace {

constexpr int kPatienceMs = 10'000;

// Kernels may write more than our header's structure (SECCOMP_GET_NOTIF_SIZES): room for growth.
template <class Message>
union Roomy {
  Message message;
  unsigned char room[512];
};

bool receive(int fd, seccomp_notif& notification) {
  Roomy<seccomp_notif> buffer{};
  std::fill(std::begin(buffer.room), std::end(buffer.room), 0);
  if (::ioctl(fd, SECCOMP_IOCTL_NOTIF_RECV, &buffer.message) != 0) {
    return false;
  }
  notification = buffer.message;
  return true;
}

bool respond(int fd, std::uint64_t id, int error, std::uint32_t flags) {
  Roomy<seccomp_notif_resp> buffer{};
  std::fill(std::begin(buffer.room), std::end(buffer.room), 0);
  buffer.message.id = id;
  buffer.message.error = -error;
  buffer.message.flags = flags;
  return ::ioctl(fd, SECCOMP_IOCTL_NOTIF_SEND, &buffer.message) == 0;
}

}  // namespace

Result<pid_t> Listener::admit_interpreter() {
  pollfd wait{fd_.get(), POLLIN, 0};
  if (::poll(&wait, 1, kPatienceMs) <= 0) {
    return Error(ErrorKind::kInternal, "the interpreter was not started in time");
  }
  seccomp_notif notification{};
  if (!receive(fd_.get(), notification)) {
    return Error::from_errno("ioctl", "SECCOMP_IOCTL_NOTIF_RECV");
  }
  if (notification.data.nr != SYS_execve) {
    return Error(ErrorKind::kInternal, "the jail asked for another call before its first execve");
  }
  if (!respond(fd_.get(), notification.id, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE)) {
    return Error::from_errno("ioctl", "SECCOMP_IOCTL_NOTIF_SEND");
  }
  return static_cast<pid_t>(notification.pid);
}

// Once nothing runs under the filter any more, poll(2) reports a hang-up for ever.
void Listener::close_if_deserted() {
  pollfd now{fd_.get(), POLLIN, 0};
  if (::poll(&now, 1, 0) > 0 && (now.revents & POLLHUP) != 0) {
    fd_.reset();
  }
}

std::optional<Denial> Listener::refuse_one() {
  seccomp_notif notification{};
  if (!receive(fd_.get(), notification)) {
    close_if_deserted();
    return std::nullopt;
  }
  const int number = notification.data.nr;
  if (!respond(fd_.get(), notification.id, denied_errno(number), 0)) {
    return std::nullopt;
  }
  Denial denial;
  denial.syscall = syscall_name(number);
  denial.number = number;
  denial.pid = static_cast<pid_t>(notification.pid);
  std::copy(std::begin(notification.data.args), std::end(notification.data.args),
            std::begin(denial.arguments));
  return denial;
}

}  // namespace pysb::jail
