// Everything a guest can send: a byte stream cut into frames, and each frame's payload decoded.
// Checked beside memory errors: the cut does not depend on how the stream arrives, and a message
// that was accepted encodes to as many bytes as it came in.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/finding.h"
#include "protocol/frame.h"
#include "protocol/request.h"

namespace pysb::protocol {
namespace {

constexpr std::uint32_t kMaxFrame = 1024;  // small, so that lengths beyond it are met often

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

std::vector<Frame> cut(std::string_view stream, std::size_t piece) {
  FrameDecoder decoder(kMaxFrame);
  std::vector<Frame> frames;
  while (!stream.empty()) {
    decoder.feed(stream.substr(0, piece));
    stream.remove_prefix(std::min(piece, stream.size()));
    Frame frame;
    for (auto got = decoder.next(frame); got && *got; got = decoder.next(frame)) {
      frames.push_back(frame);
    }
  }
  return frames;
}

template <class Message>
void check_size(const Result<Message>& message, std::string_view payload) {
  require(!message || encode(*message).size() == payload.size());
}

void decode_as_everything(std::string_view payload) {
  check_size(decode_request(payload), payload);
  check_size(decode_commit(payload), payload);
  check_size(decode_end(payload), payload);
  check_size(decode_cell_done(payload), payload);
  Reader in(payload);
  const Finding finding = decode_finding(in);
  if (in.complete()) {
    Writer out;
    encode(out, finding);
    require(out.bytes().size() == payload.size());
  }
}

void try_stream(std::string_view bytes) {
  const std::vector<Frame> whole = cut(bytes, bytes.size());
  const std::vector<Frame> pieces = cut(bytes, 3);
  require(whole.size() == pieces.size());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    require(whole[i].type == pieces[i].type && whole[i].payload == pieces[i].payload);
    decode_as_everything(whole[i].payload);
  }
  decode_as_everything(bytes);
}

}  // namespace
}  // namespace pysb::protocol

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  pysb::protocol::try_stream({reinterpret_cast<const char*>(data), size});
  return 0;
}
