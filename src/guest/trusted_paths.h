// Which files hold code that needs no analysis: the standard library and installed packages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pysb::guest {

class TrustedPaths {
 public:
  explicit TrustedPaths(std::vector<std::string> directories);

  // By the text of the path alone. What is not absolute or has ".." in it is not trusted: with
  // links it could lead anywhere.
  bool holds(std::string_view path) const;

 private:
  std::vector<std::string> directories_;  // without a slash at the end
};

}  // namespace pysb::guest
