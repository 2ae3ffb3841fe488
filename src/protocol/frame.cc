#include "protocol/frame.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>

#include "protocol/wire.h"

namespace pysb::protocol {
namespace {

constexpr std::size_t kHeader = 4;
constexpr auto kLastType = static_cast<std::uint8_t>(FrameType::kLine);

std::uint32_t length_in(std::string_view header) {
  Reader reader(header.substr(0, kHeader));
  return reader.u32();
}

Error malformed() { return {ErrorKind::kInvalidInput, "a malformed frame from the guest"}; }

Result<> read_exactly(int fd, char* at, std::size_t size) {
  while (size > 0) {
    const ssize_t got = ::read(fd, at, size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Error::from_errno("read", "channel");
    if (got == 0) return Error(ErrorKind::kUnavailable, "the channel was closed by its other end");
    at += got;
    size -= static_cast<std::size_t>(got);
  }
  return {};
}

}  // namespace

std::string encode_frame(FrameType type, std::string_view payload) {
  Writer out;
  out.u32(static_cast<std::uint32_t>(payload.size() + 1));
  out.u8(static_cast<std::uint8_t>(type));
  std::string bytes = out.take();
  bytes.append(payload);
  return bytes;
}

Result<bool> FrameDecoder::next(Frame& frame) {
  if (broken_) return malformed();
  if (buffer_.size() < kHeader + 1) return false;
  const std::uint32_t length = length_in(buffer_);
  const auto type = static_cast<std::uint8_t>(buffer_[kHeader]);
  if (length == 0 || length > max_frame_ || type > kLastType) {
    broken_ = true;
    buffer_.clear();
    return malformed();
  }
  if (buffer_.size() < kHeader + length) return false;
  frame.type = static_cast<FrameType>(type);
  frame.payload = buffer_.substr(kHeader + 1, length - 1);
  buffer_.erase(0, kHeader + length);
  return true;
}

Result<> write_frame(int fd, FrameType type, std::string_view payload) {
  const std::string bytes = encode_frame(type, payload);
  std::string_view rest = bytes;
  while (!rest.empty()) {
    const ssize_t sent = ::send(fd, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return Error::from_errno("send", "channel");
    rest.remove_prefix(static_cast<std::size_t>(sent));
  }
  return {};
}

Result<Frame> read_frame(int fd, std::uint32_t max_frame) {
  std::string header(kHeader, '\0');
  PYSB_CHECK(read_exactly(fd, header.data(), header.size()));
  const std::uint32_t length = length_in(header);
  if (length == 0 || length > max_frame) return malformed();
  std::string body(length, '\0');
  PYSB_CHECK(read_exactly(fd, body.data(), body.size()));
  const auto type = static_cast<std::uint8_t>(body[0]);
  if (type > kLastType) return malformed();
  return Frame{static_cast<FrameType>(type), body.substr(1)};
}

}  // namespace pysb::protocol
