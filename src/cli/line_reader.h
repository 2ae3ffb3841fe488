// Lines from a descriptor, one read at a time, so that waiting can happen in somebody's poll.
#pragma once

#include <optional>
#include <string>

namespace pysb::cli {

class LineReader {
 public:
  explicit LineReader(int fd) : fd_(fd) {}

  bool has_line() const { return buffer_.find('\n') != std::string::npos; }
  // The next line with its line feed; at end of file what is left, then nothing.
  std::optional<std::string> take();
  // Reads what is there. False at end of file.
  bool fill();
  // True when fill() would not wait.
  bool readable() const;

  // Waits for the next line, or until `other_fd` is readable: then nothing, as at end of file.
  std::optional<std::string> next(int other_fd);

 private:
  int fd_;
  std::string buffer_;
};

}  // namespace pysb::cli
