#include "base/error.h"

#include <cstring>

namespace pysb {

Error Error::from_errno(std::string_view call, std::string_view object) {
  const int saved = errno;
  const ErrorKind kind =
      saved == EPERM || saved == EACCES ? ErrorKind::kDenied : ErrorKind::kUnavailable;
  std::string what(call);
  what.append("(").append(object).append("): ").append(std::strerror(saved));
  return {kind, std::move(what), saved};
}

std::string Error::to_string() const {
  std::string text;
  for (auto line = story_.rbegin(); line != story_.rend(); ++line) {
    text.append(text.empty() ? "" : ": ").append(*line);
  }
  return text;
}

}  // namespace pysb
