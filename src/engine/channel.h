// One end of a frame channel to a guest, from the supervisor's side: never blocks, trusts nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/unique_fd.h"
#include "protocol/frame.h"

namespace pysb::engine {

class Channel {
 public:
  Channel() : decoder_(protocol::kMaxGuestFrame) {}
  explicit Channel(UniqueFd fd) : fd_(std::move(fd)), decoder_(protocol::kMaxGuestFrame) {}

  int fd() const { return fd_.get(); }
  bool open() const { return static_cast<bool>(fd_); }
  bool wants_to_write() const { return open() && !outgoing_.empty(); }

  void send(protocol::FrameType type, std::string_view payload);
  // Writes what fits now. A broken channel is closed.
  void flush();
  // The whole frames that have arrived. End of file or a malformed frame closes the channel.
  std::vector<protocol::Frame> receive();
  void close() { fd_.reset(); }

 private:
  UniqueFd fd_;
  protocol::FrameDecoder decoder_;
  std::string outgoing_;
};

}  // namespace pysb::engine
