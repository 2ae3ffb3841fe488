#include "cli/line_reader.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace pysb::cli {

std::optional<std::string> LineReader::take() {
  const std::size_t end = buffer_.find('\n');
  const std::size_t size = end == std::string::npos ? buffer_.size() : end + 1;
  if (size == 0) {
    return std::nullopt;
  }
  std::string line = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return line;
}

bool LineReader::fill() {
  std::array<char, 65536> piece;
  const ssize_t got = ::read(fd_, piece.data(), piece.size());
  if (got < 0 && errno == EINTR) {
    return true;
  }
  if (got <= 0) {
    return false;
  }
  buffer_.append(piece.data(), static_cast<std::size_t>(got));
  return true;
}

bool LineReader::readable() const {
  pollfd wait{fd_, POLLIN, 0};
  return ::poll(&wait, 1, 0) > 0;
}

std::optional<std::string> LineReader::next(int other_fd) {
  while (!has_line()) {
    std::array<pollfd, 2> wait = {{{fd_, POLLIN, 0}, {other_fd, POLLIN, 0}}};
    if (::poll(wait.data(), wait.size(), -1) < 0 && errno != EINTR) {
      return std::nullopt;
    }
    if (wait[1].revents != 0) {
      return std::nullopt;
    }
    if (wait[0].revents != 0 && !fill()) {
      break;
    }
  }
  return take();
}

}  // namespace pysb::cli
