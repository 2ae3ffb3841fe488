#include "guest/trusted_paths.h"

#include <algorithm>

namespace pysb::guest {

TrustedPaths::TrustedPaths(std::vector<std::string> directories)
    : directories_(std::move(directories)) {
  for (auto& directory : directories_) {
    while (directory.ends_with('/')) {
      directory.pop_back();
    }
  }
  std::erase_if(directories_, [](const std::string& d) { return !d.starts_with('/'); });
}

bool TrustedPaths::holds(std::string_view path) const {
  if (path.find("/../") != std::string_view::npos || path.ends_with("/..")) {
    return false;
  }
  return std::ranges::any_of(directories_, [path](const std::string& directory) {
    return path.starts_with(directory) &&
           (path.size() == directory.size() || path[directory.size()] == '/');
  });
}

}  // namespace pysb::guest
