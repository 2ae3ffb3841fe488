// Frames on the two channels between supervisor and guest.
//
//   frame   := length:u32 type:u8 payload           length counts type and payload
//   boot    (descriptor kBootFd):    supervisor ─ kRequest ─► guest
//                                    guest ─ kFinding* kCommit ─► supervisor; the guest closes it
//   session (descriptor kSessionFd): guest ─ kFinding* kEnd ─► supervisor            (one run)
//                                    supervisor ─ kCell ─► guest ─ kFinding* kCellDone ─► …  (-i)
//                                    guest ─ kReadLine ─► supervisor ─ kLine ─► guest  (input())
//
// What comes over the session channel is the guest's claim: user code may have written it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"

namespace pysb::protocol {

inline constexpr int kBootFd = 3;
inline constexpr int kSessionFd = 4;

enum class FrameType : std::uint8_t {
  kRequest,
  kFinding,
  kCommit,
  kEnd,
  kCell,
  kCellDone,
  kReadLine,
  kLine,
};

struct Frame {
  FrameType type = FrameType::kRequest;
  std::string payload;
};

// Largest frame that a supervisor takes from a guest; a longer one ends the channel.
inline constexpr std::uint32_t kMaxGuestFrame = 1U << 20U;
// Largest frame that a guest takes from its supervisor: a program and its policy.
inline constexpr std::uint32_t kMaxSupervisorFrame = 64U << 20U;

std::string encode_frame(FrameType type, std::string_view payload);

// Cuts frames out of a byte stream that arrives in pieces. Holds at most one incomplete frame of
// `max_frame` bytes; a bad length or type is an error, and every later call repeats it.
class FrameDecoder {
 public:
  explicit FrameDecoder(std::uint32_t max_frame) : max_frame_(max_frame) {}
  // Take every whole frame with next() before feeding more. What comes after a break is dropped.
  void feed(std::string_view bytes) {
    if (!broken_) {
      buffer_.append(bytes);
    }
  }
  // True and a frame; false when more bytes are needed; an Error when the stream is broken.
  Result<bool> next(Frame& frame);

 private:
  std::uint32_t max_frame_;
  std::string buffer_;
  bool broken_ = false;
};

// Blocking forms, for the guest's side and for tests. EOF before a whole frame is kUnavailable.
Result<> write_frame(int fd, FrameType type, std::string_view payload);
Result<Frame> read_frame(int fd, std::uint32_t max_frame);

}  // namespace pysb::protocol
