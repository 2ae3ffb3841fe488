#include "engine/denial.h"

#include <sys/socket.h>

#include <array>
#include <string>
#include <string_view>

#include "base/text.h"

namespace pysb::engine {
namespace {

struct Attempt {
  std::string_view syscall;
  std::string_view what;
};

// What a system call is for, in words. A call that is not here is named alone.
constexpr std::array kAttempts = {
    Attempt{"socket", "open a network socket"},
    Attempt{"connect", "connect to another process or host"},
    Attempt{"bind", "listen on an address"},
    Attempt{"execve", "run another program"},
    Attempt{"execveat", "run another program"},
    Attempt{"clone", "start another process"},
    Attempt{"fork", "start another process"},
    Attempt{"vfork", "start another process"},
    Attempt{"ptrace", "trace another process"},
    Attempt{"process_vm_readv", "read the memory of another process"},
    Attempt{"process_vm_writev", "write the memory of another process"},
    Attempt{"unshare", "make new namespaces"},
    Attempt{"setns", "enter other namespaces"},
    Attempt{"mount", "mount a file system"},
    Attempt{"umount2", "unmount a file system"},
    Attempt{"pivot_root", "change the root directory"},
    Attempt{"chroot", "change the root directory"},
    Attempt{"bpf", "load a kernel program"},
    Attempt{"memfd_create", "make a file in memory that could be run"},
    Attempt{"mmap", "map memory that can be both written and run"},
    Attempt{"mprotect", "make memory executable"},
    Attempt{"io_uring_setup", "queue system calls past the filter"},
};

std::string message_for(std::string_view syscall) {
  for (const auto& attempt : kAttempts) {
    if (attempt.syscall == syscall) {
      return concat({"the program tried to ", attempt.what});
    }
  }
  return concat({"the program used the system call ", syscall, ", which is not allowed"});
}

// The address families an attempt may name (socket(2)).
std::string_view family_name(std::uint64_t family) {
  switch (family) {
    case AF_UNIX:
      return "AF_UNIX";
    case AF_INET:
      return "AF_INET";
    case AF_INET6:
      return "AF_INET6";
    case AF_NETLINK:
      return "AF_NETLINK";
    case AF_PACKET:
      return "AF_PACKET";
    case AF_ALG:
      return "AF_ALG";
    case AF_VSOCK:
      return "AF_VSOCK";
    default:
      return "";
  }
}

}  // namespace

protocol::Finding finding_of(const jail::Denial& denial) {
  protocol::Finding finding;
  finding.rule = "syscall.denied";
  finding.subject = denial.syscall;
  if (denial.syscall == "socket") {
    if (const auto family = family_name(denial.arguments[0]); !family.empty()) {
      finding.subject = concat({"socket(", family, ")"});
    }
  }
  finding.message = message_for(denial.syscall);
  finding.action = protocol::Action::kRemove;
  finding.layer = protocol::Layer::kKernel;
  finding.origin = protocol::Origin::kKernel;
  return finding;
}

}  // namespace pysb::engine
