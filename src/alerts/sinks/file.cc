#include "alerts/sinks/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

namespace pysb::alerts {

Result<FileSink> FileSink::open(const std::string& path) {
  UniqueFd fd(::open(path.c_str(),
                     O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY,
                     S_IRUSR | S_IWUSR));
  if (!fd) {
    return Error::from_errno("open", path);
  }
  struct stat info {};
  if (::fstat(fd.get(), &info) != 0) {
    return Error::from_errno("fstat", path);
  }
  if (!S_ISREG(info.st_mode)) {
    return Error(ErrorKind::kInvalidInput, path + " is not a regular file")
        .remedy("name a regular file, or one that does not exist yet");
  }
  return FileSink(std::move(fd), path);
}

Result<> FileSink::write_line(std::string_view line) {
  const std::string bytes = concat({line, "\n"});
  const ssize_t written = ::write(fd_.get(), bytes.data(), bytes.size());
  if (written != static_cast<ssize_t>(bytes.size())) {
    return Error::from_errno("write", path_);
  }
  return {};
}

}  // namespace pysb::alerts
