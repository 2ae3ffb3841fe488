// The order in which a jail is built, written once.
#include <array>

#include "base/text.h"
#include "jail/steps/step.h"

namespace pysb::jail {
namespace {

// Beside init, which has other things to make. Root copies the sources as root: below a directory
// of mode 0700 that is another user's, no process of a user namespace gets through.
constexpr std::array kSupervisorAsRoot = {Step{"sources", clone_sources},
                                          Step{"sending sources", send_sources}};

constexpr std::array kInitAsRoot = {
    Step{"identity", become_inner_user},        // a tmpfs belongs to the id that mounts it
    Step{"parent death", die_with_supervisor},  // after the ids: setresuid(2) clears it
    Step{"frame", build_frame},
    Step{"sources", receive_sources},
    Step{"binds", attach_binds},
    Step{"namespaces", forbid_namespaces},  // /proc of the host is there until the next step
    Step{"host name", name_host},
    Step{"enter", enter_root},
};

constexpr std::array kInitAsUser = {
    Step{"sources", clone_sources},  // before any tmpfs hides a source
    Step{"identity", become_inner_user},
    Step{"parent death", die_with_supervisor},
    Step{"frame", build_frame},
    Step{"binds", attach_binds},
    Step{"namespaces", forbid_namespaces},
    Step{"host name", name_host},
    Step{"enter", enter_root},
};

constexpr std::array kInterpreter = {
    Step{"descriptors", arrange_descriptors},
    Step{"limits", limit_resources},
    Step{"privileges", drop_privileges},  // no new privileges: the next two need it
    Step{"landlock", restrict_files},
    Step{"seccomp", install_filter},  // last: it refuses what the steps above use
};

}  // namespace

std::span<const Step> supervisor_steps(bool as_root) {
  return as_root ? std::span<const Step>(kSupervisorAsRoot) : std::span<const Step>();
}

std::span<const Step> init_steps(bool as_root) {
  return as_root ? std::span<const Step>(kInitAsRoot) : std::span<const Step>(kInitAsUser);
}

std::span<const Step> interpreter_steps() { return kInterpreter; }

Result<> run_steps(std::span<const Step> steps, Build& build) {
  for (const Step& step : steps) {
    PYSB_CHECK(step.apply(build).context([&] {
      return concat({"building the jail, step \"", step.name, "\""});
    }));
  }
  return {};
}

}  // namespace pysb::jail
