// What reaches a terminal, and how relays move bytes.
#include "engine/stream.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>

namespace pysb::engine {
namespace {

std::string shown(std::string_view bytes) {
  TerminalFilter filter;
  std::string out = filter.pass(bytes);
  return out + filter.finish();
}

TEST(TerminalFilter, LetsTextColoursAndSimpleMovesPass) {
  EXPECT_EQ(shown("plain \x1b[1;31mred\x1b[0m\r\n\tx\b"), "plain \x1b[1;31mred\x1b[0m\r\n\tx\b");
  EXPECT_EQ(shown("żółw €"), "żółw €");
}

TEST(TerminalFilter, ShowsWhatCouldDriveATerminal) {
  EXPECT_EQ(shown("\x1b]0;title\x07"), "\\x1b]0;title\\x07");
  EXPECT_EQ(shown("\x1b[6n"), "\\x1b[6n");
  EXPECT_EQ(shown("\x1b[2J"), "\\x1b[2J");
  EXPECT_EQ(shown("\x1bP1$r\x1b\\"), "\\x1bP1$r\\x1b\\");
  EXPECT_EQ(shown(std::string_view("\0", 1)), "\\x00");
}

TEST(TerminalFilter, ShowsC1ControlsInUtf8) {
  EXPECT_EQ(shown("\xC2\x9B"
                  "6n"),
            "\\x9b6n");
}

TEST(TerminalFilter, KeepsTwoByteCharactersThatAreNoControls) {
  EXPECT_EQ(shown("\xC2\xA7"), "\xC2\xA7");
}

TEST(TerminalFilter, RemembersASequenceCutInTwo) {
  TerminalFilter filter;
  EXPECT_EQ(filter.pass("a\x1b["), "a");
  EXPECT_EQ(filter.pass("32m"), "\x1b[32m");
  EXPECT_EQ(filter.pass("\x1b"), "");
  EXPECT_EQ(filter.pass("]8;;x"), "\\x1b]8;;x");
}

TEST(TerminalFilter, AnEscapeInsideAnEscapeIsNotSwallowed) {
  EXPECT_EQ(shown("\x1b[3\x1b[31mx"), "\\x1b[3\x1b[31mx");
}

TEST(TerminalFilter, AnEndlessSequenceIsNotHeldForEver) {
  TerminalFilter filter;
  const std::string out = filter.pass("\x1b[" + std::string(1000, '1'));
  EXPECT_GT(out.size(), 900U);
}

struct Pipe {
  Pipe() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::pipe2(ends.data(), O_CLOEXEC), 0);
    reader.reset(ends[0]);
    writer.reset(ends[1]);
  }
  UniqueFd reader;
  UniqueFd writer;
};

TEST(OutputRelay, KeepsNoMoreThanItsBudget) {
  Pipe guest;
  std::string captured;
  ASSERT_EQ(::write(guest.writer.get(), "0123456789", 10), 10);
  OutputRelay relay(std::move(guest.reader), {.capture = &captured});
  EXPECT_EQ(relay.read_piece(4), 10U);
  EXPECT_EQ(captured, "0123");
}

TEST(OutputRelay, FinishesAtEndOfFileOnceAllIsWritten) {
  Pipe guest;
  Pipe outside;
  ASSERT_EQ(::write(guest.writer.get(), "hello", 5), 5);
  OutputRelay relay(std::move(guest.reader), {.fd = outside.writer.get()});
  relay.read_piece(100);
  EXPECT_EQ(relay.read_fd(), -1) << "the next piece waits until this one is written";
  relay.write_piece();
  guest.writer.reset();
  relay.read_piece(100);
  EXPECT_TRUE(relay.finished());
  std::array<char, 16> got{};
  EXPECT_EQ(::read(outside.reader.get(), got.data(), got.size()), 5);
}

TEST(OutputRelay, StopsReadingWhenNobodyListens) {
  ::signal(SIGPIPE, SIG_IGN);
  Pipe guest;
  Pipe outside;
  outside.reader.reset();
  ASSERT_EQ(::write(guest.writer.get(), "hello", 5), 5);
  OutputRelay relay(std::move(guest.reader), {.fd = outside.writer.get()});
  relay.read_piece(100);
  relay.write_piece();
  EXPECT_TRUE(relay.finished());
}

TEST(InputRelay, WithoutASourceTheGuestReadsEndOfFile) {
  Pipe guest;
  const InputRelay relay(-1, std::move(guest.writer));
  char byte = 0;
  EXPECT_EQ(::read(guest.reader.get(), &byte, 1), 0);
}

TEST(InputRelay, PassesBytesAndEndOfFile) {
  Pipe source;
  Pipe guest;
  ASSERT_EQ(::write(source.writer.get(), "line\n", 5), 5);
  source.writer.reset();
  InputRelay relay(source.reader.get(), std::move(guest.writer));
  relay.read_piece();
  relay.write_piece();
  relay.read_piece();
  std::array<char, 16> got{};
  EXPECT_EQ(::read(guest.reader.get(), got.data(), got.size()), 5);
  EXPECT_EQ(::read(guest.reader.get(), got.data(), got.size()), 0);
}

}  // namespace
}  // namespace pysb::engine
