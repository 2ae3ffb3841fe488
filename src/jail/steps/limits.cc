// Resource limits (setrlimit(2)), soft and hard: the program cannot raise them.
#include <sys/resource.h>

#include "jail/steps/step.h"

namespace pysb::jail {

Result<> limit_resources(Build& build) {
  for (const auto& limit : build.plan.limits) {
    const rlimit value{limit.soft, limit.hard};
    if (::setrlimit(static_cast<__rlimit_resource_t>(limit.resource), &value) != 0) {
      return Error::from_errno("setrlimit", std::to_string(limit.resource));
    }
  }
  return {};
}

}  // namespace pysb::jail
