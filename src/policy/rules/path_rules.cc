// Which paths a program may use: comparison of whole components, nothing is looked up.
#include <algorithm>
#include <array>

#include "policy/rules/rules.h"

namespace pysb::policy {
namespace {

// What every program may have: they hold nothing of the host's and keep nothing of the program's.
constexpr std::array<std::string_view, 4> kReadableDevices = {"/dev/null", "/dev/zero",
                                                              "/dev/random", "/dev/urandom"};
constexpr std::string_view kWritableDevice = "/dev/null";

bool is_normalised(std::string_view path) {
  if (!path.starts_with('/') || path.find('\0') != std::string_view::npos) {
    return false;
  }
  if (path == "/") {
    return true;
  }
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view part = path.substr(0, path.find('/'));
    if (part.empty() || part == "." || part == "..") {
      return false;
    }
    path.remove_prefix(part.size());
  }
  return true;
}

bool is_at_or_below(std::string_view path, std::string_view directory) {
  return path.starts_with(directory) &&
         (path.size() == directory.size() || path[directory.size()] == '/');
}

bool is_covered(std::string_view path, const std::vector<std::string>& directories) {
  return std::any_of(directories.begin(), directories.end(),
                     [&](const std::string& directory) { return is_at_or_below(path, directory); });
}

}  // namespace

bool PathRules::may_write(std::string_view absolute) const {
  return is_normalised(absolute) && (absolute == kWritableDevice || is_covered(absolute, write));
}

bool PathRules::may_read(std::string_view absolute) const {
  if (!is_normalised(absolute)) {
    return false;
  }
  return may_write(absolute) || is_covered(absolute, read) ||
         std::find(kReadableDevices.begin(), kReadableDevices.end(), absolute) !=
             kReadableDevices.end();
}

}  // namespace pysb::policy
