#include "jail/status.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <vector>

#include "protocol/wire.h"

namespace pysb::jail {
namespace {

using protocol::Reader;
using protocol::Writer;

constexpr std::size_t kMaxMessage = 64U << 10U;
constexpr std::size_t kMaxName = 1024;

bool send_bytes(int socket, const std::string& bytes) {
  return ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
         static_cast<ssize_t>(bytes.size());
}

Error decode_failure(Reader& in) {
  const auto kind = in.enumerator(ErrorKind::kInternal);
  const auto number = static_cast<int>(in.u32());
  std::string text = in.text();
  return Error(kind, std::move(text), number).remedy(in.text());
}

Ended decode_ended(Reader& in) {
  Ended ended;
  ended.wait_status = static_cast<int>(in.u32());
  ended.cpu_us = in.u64();
  ended.max_rss_bytes = in.u64();
  ended.left_behind_total = in.u64();
  ended.left_behind = in.texts();
  if (ended.left_behind.size() > kMaxLeftBehind) {
    in.fail();
  }
  return ended;
}

UniqueFd descriptor_in(msghdr& message) {
  for (cmsghdr* part = CMSG_FIRSTHDR(&message); part != nullptr;
       part = CMSG_NXTHDR(&message, part)) {
    if (part->cmsg_level == SOL_SOCKET && part->cmsg_type == SCM_RIGHTS) {
      int fd = -1;
      std::memcpy(&fd, CMSG_DATA(part), sizeof fd);
      return UniqueFd(fd);
    }
  }
  return {};
}

}  // namespace

void send_failure(int socket, const Error& error) {
  Writer out;
  out.u8(static_cast<std::uint8_t>(StatusKind::kFailure));
  out.u8(static_cast<std::uint8_t>(error.kind()));
  out.u32(static_cast<std::uint32_t>(error.os_errno()));
  out.text(error.to_string());
  out.text(error.remedy());
  send_bytes(socket, out.bytes());
}

bool send_ready(int socket, const Ready& ready, int listener) {
  Writer out;
  out.u8(static_cast<std::uint8_t>(StatusKind::kReady));
  out.boolean(ready.user_namespaces_forbidden);
  std::string bytes = out.take();
  iovec part{bytes.data(), bytes.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  cmsghdr* rights = CMSG_FIRSTHDR(&message);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof(int));
  std::memcpy(CMSG_DATA(rights), &listener, sizeof listener);
  return ::sendmsg(socket, &message, MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

void send_ended(int socket, const Ended& ended) {
  Writer out;
  out.u8(static_cast<std::uint8_t>(StatusKind::kEnded));
  out.u32(static_cast<std::uint32_t>(ended.wait_status));
  out.u64(ended.cpu_us);
  out.u64(ended.max_rss_bytes);
  out.u64(ended.left_behind_total);
  std::vector<std::string> names = ended.left_behind;
  for (auto& name : names) {
    name.resize(std::min(name.size(), kMaxName));
  }
  out.texts(names);
  send_bytes(socket, out.bytes());
}

Result<StatusMessage> receive_status(int socket) {
  std::string bytes(kMaxMessage, '\0');
  iovec part{bytes.data(), bytes.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  ssize_t got = 0;
  do {
    got = ::recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  } while (got < 0 && errno == EINTR);
  if (got < 0) {
    return Error::from_errno("recvmsg", "status");
  }
  StatusMessage status;
  status.listener = descriptor_in(message);
  if (got == 0) {
    return Error(ErrorKind::kUnavailable, "the jail ended without a word");
  }
  Reader in(std::string_view(bytes).substr(0, static_cast<std::size_t>(got)));
  status.kind = in.enumerator(StatusKind::kEnded);
  switch (status.kind) {
    case StatusKind::kFailure:
      status.failure = decode_failure(in);
      break;
    case StatusKind::kReady:
      status.ready.user_namespaces_forbidden = in.boolean();
      break;
    case StatusKind::kEnded:
      status.ended = decode_ended(in);
      break;
  }
  if (!in.complete()) {
    return Error(ErrorKind::kInternal, "the jail sent a malformed status");
  }
  return status;
}

}  // namespace pysb::jail
