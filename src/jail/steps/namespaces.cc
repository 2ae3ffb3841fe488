// What belongs to the namespaces themselves.
#include <unistd.h>

#include <string_view>

#include "jail/kernel.h"
#include "jail/steps/step.h"

namespace pysb::jail {

// No user namespace below this one (namespaces(7)): the door to most kernel bugs of the last years
// (CVE-2022-0185, CVE-2023-0386). A second fence: seccomp refuses the calls. /proc/sys may be
// read-only in a container; the result says so.
Result<> forbid_namespaces(Build& build) {
  const auto written = write_file("/proc/sys/user/max_user_namespaces", "0");
  build.ready.user_namespaces_forbidden = written.has_value();
  return {};
}

Result<> name_host(Build& /*build*/) {
  constexpr std::string_view kName = "sandbox";
  if (::sethostname(kName.data(), kName.size()) != 0) {
    return Error::from_errno("sethostname", kName);
  }
  return {};
}

}  // namespace pysb::jail
