#include "engine/channel.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>

namespace pysb::engine {

void Channel::send(protocol::FrameType type, std::string_view payload) {
  outgoing_ += protocol::encode_frame(type, payload);
  flush();
}

void Channel::flush() {
  while (wants_to_write()) {
    const ssize_t sent =
        ::send(fd_.get(), outgoing_.data(), outgoing_.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) {
      if (errno != EAGAIN && errno != EINTR) {
        close();
      }
      return;
    }
    outgoing_.erase(0, static_cast<std::size_t>(sent));
  }
}

std::vector<protocol::Frame> Channel::receive() {
  std::vector<protocol::Frame> frames;
  std::array<char, 65536> piece;
  const ssize_t got = ::recv(fd_.get(), piece.data(), piece.size(), MSG_DONTWAIT);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
    return frames;
  }
  if (got <= 0) {
    close();
    return frames;
  }
  decoder_.feed({piece.data(), static_cast<std::size_t>(got)});
  protocol::Frame frame;
  while (true) {
    const Result<bool> whole = decoder_.next(frame);
    if (!whole) {
      close();
      return frames;
    }
    if (!*whole) {
      return frames;
    }
    frames.push_back(std::move(frame));
  }
}

}  // namespace pysb::engine
