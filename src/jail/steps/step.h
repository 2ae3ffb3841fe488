// A step of building the jail: what it is called and the function that does it.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/unique_fd.h"
#include "jail/plan.h"
#include "jail/status.h"

namespace pysb::jail {

// What the steps of one jail hand to one another.
struct Build {
  const Plan& plan;
  const Stdio& stdio;
  int status = -1;  // socket between supervisor and jail, the end of whose steps these are
  std::vector<UniqueFd>
      sources;  // detached copies, one per plan.binds; none for a missing optional
  Ready ready;
};

struct Step {
  std::string_view name;
  Result<> (*apply)(Build&);
};

// In the supervisor, in init (pid 1), in the process that becomes the interpreter. The order is the
// point: see steps.cc.
std::span<const Step> supervisor_steps(bool as_root);
std::span<const Step> init_steps(bool as_root);
std::span<const Step> interpreter_steps();

// Runs the steps; an Error carries the name of the step that failed.
Result<> run_steps(std::span<const Step> steps, Build& build);

// One declaration per step file.
Result<> clone_sources(Build& build);        // sources.cc
Result<> send_sources(Build& build);         // sources.cc
Result<> receive_sources(Build& build);      // sources.cc
Result<> become_inner_user(Build& build);    // identity.cc
Result<> die_with_supervisor(Build& build);  // identity.cc
Result<> build_frame(Build& build);          // root.cc
Result<> attach_binds(Build& build);         // root.cc
Result<> forbid_namespaces(Build& build);    // namespaces.cc
Result<> name_host(Build& build);            // namespaces.cc
Result<> enter_root(Build& build);           // root.cc
Result<> arrange_descriptors(Build& build);  // descriptors.cc
Result<> limit_resources(Build& build);      // limits.cc
Result<> drop_privileges(Build& build);      // privileges.cc
Result<> restrict_files(Build& build);       // landlock.cc
Result<> install_filter(Build& build);       // seccomp.cc

}  // namespace pysb::jail
