#include "jail/status.h"

#include <sys/socket.h>

#include <algorithm>
#include <memory>
#include <span>
#include <vector>

#include "jail/rights.h"
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
  return send_with_rights(socket, out.bytes(), std::span(&listener, 1));
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
  // Not filled with zeros: most messages are short, and each page costs a fault while a run waits.
  const auto bytes = std::make_unique_for_overwrite<char[]>(kMaxMessage);
  PYSB_TRY(Received received, receive_with_rights(socket, {bytes.get(), kMaxMessage}));
  if (received.size == 0) {
    return Error(ErrorKind::kUnavailable, "the jail ended without a word");
  }
  StatusMessage status;
  if (!received.descriptors.empty()) {
    status.listener = std::move(received.descriptors.front());
  }
  Reader in(std::string_view(bytes.get(), received.size));
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
