// Frames: cut right whatever the pieces, and hostile lengths and types end the channel.
#include "protocol/frame.h"

#include <gtest/gtest.h>
#include <sys/socket.h>

#include <thread>
#include <vector>

#include "base/unique_fd.h"
#include "protocol/wire.h"

namespace pysb::protocol {
namespace {

constexpr std::uint32_t kSmall = 64;

std::string raw_frame(std::uint32_t length, std::uint8_t type, std::string_view payload) {
  Writer out;
  out.u32(length);
  out.u8(type);
  return out.take().append(payload);
}

struct Pair {
  UniqueFd one;
  UniqueFd other;
};

Pair make_pair() {
  int fds[2] = {-1, -1};
  EXPECT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), 0);
  return {UniqueFd(fds[0]), UniqueFd(fds[1])};
}

void send_all(const UniqueFd& fd, std::string_view bytes) {
  ASSERT_EQ(::send(fd.get(), bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
}

TEST(EncodeFrame, CountsTypeAndPayload) {
  EXPECT_EQ(encode_frame(FrameType::kCommit, "ab"), std::string("\3\0\0\0\2ab", 7));
}

TEST(FrameDecoder, CutsTheSameFramesWhereverTheStreamIsSplit) {
  const std::string stream = encode_frame(FrameType::kFinding, "one") +
                             encode_frame(FrameType::kCommit, "") +
                             encode_frame(FrameType::kEnd, std::string(kSmall - 1, 'x'));
  for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
    FrameDecoder decoder(kSmall);
    std::vector<Frame> frames;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
      decoder.feed(std::string_view(stream).substr(at, piece));
      for (Frame frame; *decoder.next(frame);) {
        frames.push_back(frame);
      }
    }
    ASSERT_EQ(frames.size(), 3U) << piece;
    EXPECT_EQ(frames[0].type, FrameType::kFinding);
    EXPECT_EQ(frames[0].payload, "one");
    EXPECT_EQ(frames[1].type, FrameType::kCommit);
    EXPECT_EQ(frames[1].payload, "");
    EXPECT_EQ(frames[2].payload.size(), kSmall - 1);
  }
}

TEST(FrameDecoder, RefusesHostileLengthsAndTypes) {
  const std::vector<std::string> streams = {
      raw_frame(0, 0, ""),
      raw_frame(kSmall + 1, 0, ""),
      raw_frame(0x7FFFFFFF, 0, ""),
      raw_frame(0x80000000, 0, ""),
      raw_frame(0xFFFFFFFF, 0, ""),
      raw_frame(0xFFFFFFFC, 0, ""),  // header + length is 0 in 32 bits
      raw_frame(1, static_cast<std::uint8_t>(FrameType::kLine) + 1, ""),
      raw_frame(1, 255, ""),
  };
  for (const auto& stream : streams) {
    FrameDecoder decoder(kSmall);
    decoder.feed(stream);
    Frame frame;
    const auto got = decoder.next(frame);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().kind(), ErrorKind::kInvalidInput);
  }
}

TEST(FrameDecoder, RefusesALongFrameBeforeItsPayloadComes) {
  FrameDecoder decoder(kMaxGuestFrame);
  decoder.feed(raw_frame(kMaxGuestFrame + 1, 0, ""));
  Frame frame;
  EXPECT_FALSE(decoder.next(frame));
}

TEST(FrameDecoder, StaysBrokenWhateverComesAfter) {
  FrameDecoder decoder(kSmall);
  decoder.feed(raw_frame(0, 0, ""));
  Frame frame;
  ASSERT_FALSE(decoder.next(frame));
  decoder.feed(encode_frame(FrameType::kCommit, "forged"));
  EXPECT_FALSE(decoder.next(frame));
  EXPECT_FALSE(decoder.next(frame));
}

TEST(FrameDecoder, GivesTheFramesThatCameBeforeABrokenOne) {
  FrameDecoder decoder(kSmall);
  decoder.feed(encode_frame(FrameType::kFinding, "kept") + raw_frame(0, 0, ""));
  Frame frame;
  ASSERT_TRUE(*decoder.next(frame));
  EXPECT_EQ(frame.payload, "kept");
  EXPECT_FALSE(decoder.next(frame));
}

TEST(ReadFrame, ReadsWhatWriteFrameWrote) {
  const Pair pair = make_pair();
  const std::string payload(300'000, 'p');  // more than a socket buffer takes at once
  std::thread writer([&] { EXPECT_TRUE(write_frame(pair.one.get(), FrameType::kCell, payload)); });
  const auto got = read_frame(pair.other.get(), kMaxGuestFrame);
  writer.join();
  ASSERT_TRUE(got);
  EXPECT_EQ(got->type, FrameType::kCell);
  EXPECT_EQ(got->payload, payload);
}

TEST(ReadFrame, TellsAClosedChannelFromAMalformedOne) {
  const std::string whole = encode_frame(FrameType::kFinding, "text");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    Pair pair = make_pair();
    send_all(pair.one, std::string_view(whole).substr(0, size));
    pair.one.reset();
    const auto got = read_frame(pair.other.get(), kSmall);
    ASSERT_FALSE(got) << size;
    EXPECT_EQ(got.error().kind(), ErrorKind::kUnavailable) << size;
  }
}

TEST(ReadFrame, RefusesHostileLengthsAndTypes) {
  for (const auto& stream : {raw_frame(0, 0, ""), raw_frame(kSmall + 1, 0, ""),
                             raw_frame(0xFFFFFFFF, 0, ""), raw_frame(1, 200, "")}) {
    const Pair pair = make_pair();
    send_all(pair.one, stream);
    const auto got = read_frame(pair.other.get(), kSmall);
    ASSERT_FALSE(got);
    EXPECT_EQ(got.error().kind(), ErrorKind::kInvalidInput);
  }
}

TEST(WriteFrame, ReportsAnEndThatWentAwayWithoutASignal) {
  Pair pair = make_pair();
  pair.other.reset();
  const auto sent = write_frame(pair.one.get(), FrameType::kEnd, "");
  ASSERT_FALSE(sent);
  EXPECT_EQ(sent.error().os_errno(), EPIPE);
}

}  // namespace
}  // namespace pysb::protocol
