#include "base/log.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "base/text.h"
#include "base/timestamp.h"

namespace pysb {
namespace {

LogLevel level_asked_for() {
  const char* word = std::getenv(kLogVariable);
  return word == nullptr ? LogLevel::kOff : parse_log_level(word).value_or(LogLevel::kOff);
}

}  // namespace

std::optional<LogLevel> parse_log_level(std::string_view word) {
  if (word == "off") {
    return LogLevel::kOff;
  }
  if (word == "info") {
    return LogLevel::kInfo;
  }
  if (word == "debug") {
    return LogLevel::kDebug;
  }
  return std::nullopt;
}

void log(LogLevel level, std::string_view part, const std::function<std::string()>& text) {
  if (level > level_asked_for()) {
    return;
  }
  const std::string whole = text();
  const std::string head = concat({timestamp(std::chrono::system_clock::now()),
                                   level == LogLevel::kDebug ? " debug " : " info ", part, ": "});
  std::string lines;
  std::string_view rest = whole;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    lines += concat({head, escape_line(rest.substr(0, end)), "\n"});
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  // In one piece, so that lines of several processes do not mix; there is nobody to tell of a loss.
  [[maybe_unused]] const ssize_t written = ::write(STDERR_FILENO, lines.data(), lines.size());
}

}  // namespace pysb
