// What Py Sandbox does, for whoever looks for a fault: lines on standard error, none unless the
// environment variable PY_SANDBOX_LOG names a level. What users are to know is no log line.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace pysb {

enum class LogLevel { kOff, kInfo, kDebug };

inline constexpr const char* kLogVariable = "PY_SANDBOX_LOG";

// "off", "info", "debug"; nothing for any other word.
std::optional<LogLevel> parse_log_level(std::string_view word);

// Writes the lines of what `text` gives, each escaped and with time (UTC), level and part, when
// that level is asked for. `text` is not called otherwise. An unknown level in the environment is
// none.
void log(LogLevel level, std::string_view part, const std::function<std::string()>& text);

}  // namespace pysb
