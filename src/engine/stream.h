// Relays between the guest's pipes and the outside: never blocks the supervisor, holds a bounded
// buffer, and shows a terminal nothing that could drive it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/unique_fd.h"

namespace pysb::engine {

// Where a stream of the guest goes: to a descriptor, or into a string.
struct OutputTarget {
  int fd = -1;
  bool terminal = false;           // escape control sequences on the way
  std::string* capture = nullptr;  // when set, used instead of fd
};

// Makes a byte stream harmless for a terminal: colours (SGR), \r, \n, tab and backspace pass; other
// control characters and escape sequences come out as visible text ("\x1b"). Remembers a sequence
// that was cut between two pieces.
class TerminalFilter {
 public:
  std::string pass(std::string_view bytes);
  std::string finish();  // what is held back at the end

 private:
  void settle(std::string& out, char byte);
  std::string held_;  // an escape sequence of which the end is not known yet
};

// guest pipe ─► target. One piece at a time: the next is read when the last was written.
class OutputRelay {
 public:
  OutputRelay(UniqueFd source, OutputTarget target);

  int read_fd() const { return pending_.empty() ? source_.get() : -1; }
  int write_fd() const { return pending_.empty() ? -1 : target_.fd; }
  bool finished() const { return !source_ && pending_.empty(); }

  // Reads a piece, at most `budget` bytes of it are kept. Returns how many bytes came.
  std::size_t read_piece(std::uint64_t budget);
  void write_piece();
  void close_source();

 private:
  void take(std::string_view bytes);
  UniqueFd source_;
  OutputTarget target_;
  TerminalFilter filter_;
  std::string pending_;
};

// source ─► guest pipe. Reads only while the guest has room, and from a terminal only in its
// foreground process group.
class InputRelay {
 public:
  InputRelay(int source, UniqueFd pipe);

  int read_fd() const;
  int write_fd() const { return pending_.empty() ? -1 : pipe_.get(); }
  void read_piece();
  void write_piece();

 private:
  int source_;
  UniqueFd pipe_;
  std::string pending_;
  bool ended_ = false;
};

}  // namespace pysb::engine
