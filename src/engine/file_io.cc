#include "engine/file_io.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>

#include "base/text.h"
#include "base/unique_fd.h"

namespace pysb::engine {
namespace {

Result<UniqueFd> open_regular(const std::string& path) {
  UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!fd) {
    return Error::from_errno("open", path);
  }
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0) {
    return Error::from_errno("fstat", path);
  }
  if (!S_ISREG(info.st_mode)) {
    return Error(ErrorKind::kInvalidInput, path + " is not a regular file");
  }
  return fd;
}

// Reads until end of file or until there are more than `max_bytes`.
Result<std::string> read_some(int fd, std::string_view name, std::size_t max_bytes) {
  std::string content;
  std::array<char, 65536> chunk;
  while (content.size() <= max_bytes) {
    const ssize_t got = ::read(fd, chunk.data(), chunk.size());
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return Error::from_errno("read", name);
    }
    if (got == 0) {
      break;
    }
    content.append(chunk.data(), static_cast<std::size_t>(got));
  }
  return content;
}

Result<std::string> within(Result<std::string> content, std::string_view name,
                           std::size_t max_bytes) {
  if (content && content->size() > max_bytes) {
    return Error(ErrorKind::kInvalidInput,
                 concat({name, " is larger than ", std::to_string(max_bytes), " bytes"}));
  }
  return content;
}

}  // namespace

Result<std::string> read_whole_file(const std::string& path, std::size_t max_bytes) {
  PYSB_TRY(const UniqueFd fd, open_regular(path));
  return within(read_some(fd.get(), path, max_bytes), path, max_bytes);
}

Result<std::string> read_file(const std::string& path, std::size_t max_bytes) {
  PYSB_TRY(const UniqueFd fd, open_regular(path));
  PYSB_TRY(std::string content, read_some(fd.get(), path, max_bytes));
  content.resize(std::min(content.size(), max_bytes));
  return content;
}

Result<std::string> read_to_end(int fd, std::string_view name, std::size_t max_bytes) {
  return within(read_some(fd, name, max_bytes), name, max_bytes);
}

Result<> replace_file(const std::string& path, std::string_view content) {
  std::string temporary = path + ".XXXXXX";
  const UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!fd) {
    return Error::from_errno("mkostemp", temporary);
  }
  const ssize_t written = ::write(fd.get(), content.data(), content.size());
  if (written != static_cast<ssize_t>(content.size()) ||
      std::rename(temporary.c_str(), path.c_str()) != 0) {
    Error error = Error::from_errno("write", path);
    ::unlink(temporary.c_str());
    return error;
  }
  return {};
}

}  // namespace pysb::engine
