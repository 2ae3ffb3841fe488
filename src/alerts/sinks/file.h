// The sink of `type: file`: one JSON line per finding, appended.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "base/unique_fd.h"

namespace pysb::alerts {

class FileSink {
 public:
  // Opens or makes a regular file (mode 0600). A FIFO, device or link is refused: it could stall or
  // redirect alerts.
  static Result<FileSink> open(const std::string& path);

  // Appends the line and a line feed in one write, so that lines of parallel runs do not mix.
  Result<> write_line(std::string_view line);

 private:
  FileSink(UniqueFd fd, std::string path) : fd_(std::move(fd)), path_(std::move(path)) {}
  UniqueFd fd_;
  std::string path_;
};

}  // namespace pysb::alerts
