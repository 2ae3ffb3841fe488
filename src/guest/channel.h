// One of the two sockets to the supervisor, as long as it is that socket.
#pragma once

#include <sys/types.h>

#include <vector>

#include "protocol/finding.h"
#include "protocol/frame.h"

namespace pysb::guest {

class Channel {
 public:
  explicit Channel(int fd);

  int fd() const { return fd_; }
  // Sends nothing when user code has closed the descriptor or put something else in its place: its
  // file must not get our bytes. Nobody here could be told.
  void send(protocol::FrameType type, std::string_view payload) const;
  void report(std::vector<protocol::Finding> findings, protocol::Origin origin) const;
  bool is_intact() const;

 private:
  int fd_;
  dev_t device_ = 0;
  ino_t inode_ = 0;
};

}  // namespace pysb::guest
