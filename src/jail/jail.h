// The jail of a single run: from a policy and what the run needs to a process tree that the kernel
// holds. Plan is pure (make_plan, no system call, printable); start applies it.
//
//   supervisor ── init (pid 1 of the namespaces, our code, waits and reports) ── interpreter
//   (guest)
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/unique_fd.h"
#include "jail/host_facts.h"
#include "policy/policy.h"
#include "protocol/run_result.h"

namespace pysb::jail {

// A host file or directory that appears in the jail, with everything mounted below it,
// nosuid,nodev; read-only unless `writable` (then also noexec).
struct Bind {
  std::string source;  // absolute host path
  std::string target;  // absolute path in the jail; parents are made
  bool writable = false;
  bool optional = false;  // a missing source is skipped; otherwise it is an error naming it
};

struct Symlink {
  std::string target;  // what the link says
  std::string path;    // where it is, absolute in the jail
};

// A file with our content, made before the program starts. Under /workspace: owned by the program.
struct File {
  std::string path;  // absolute in the jail
  std::string content;
};

// What has to be there for one run.
struct Need {
  std::vector<Bind> binds;
  std::vector<Symlink> links;
  std::vector<File> files;
  std::vector<std::string> command;      // absolute path of the interpreter, then its arguments
  std::vector<std::string> environment;  // NAME=value
  bool session = false;  // an interactive session: no CPU limit for the process as a whole
};

struct Plan;  // plan.h: mounts, rules, filter, limits as values

// Refuses (kUnsupported, with a remedy) when the host lacks what policy.minimum asks for.
Result<Plan> make_plan(const policy::Policy& policy, const HostFacts& facts, Need need);

// Descriptors that the guest gets; everything else is closed there.
struct Stdio {
  int in = -1;
  int out = -1;
  int err = -1;
  int boot = -1;     // becomes descriptor 3
  int session = -1;  // becomes descriptor 4
};

// How the interpreter ended, told by our own init and checked by the supervisor.
struct Ended {
  int wait_status = 0;       // as waitpid gives it
  std::uint64_t cpu_us = 0;  // user + system, all processes of the run
  std::uint64_t max_rss_bytes = 0;
  std::vector<std::string> left_behind;  // paths relative to /workspace, at most kMaxLeftBehind
  std::uint64_t left_behind_total = 0;
};

inline constexpr std::size_t kMaxLeftBehind = 20;

// A system call that the filter handed to the supervisor; it has been answered with an error.
struct Denial {
  std::string_view syscall;  // "socket"
  int number = 0;
  pid_t pid = 0;
  std::uint64_t arguments[6] = {};
};

// A jailed process tree. Its destructor kills and reaps whatever is left. One thread only.
class Jail {
  struct State;

 public:
  // Starts the plan's command. Fails with the step's name, cause and remedy when any step does;
  // then nothing runs. Returns when the interpreter is about to start: its filter stands.
  static Result<Jail> start(const Plan& plan, const Stdio& stdio);

  Jail(Jail&&) noexcept;
  Jail& operator=(Jail&&) noexcept;
  ~Jail();

  // Poll these for input; then call the function of the same row.
  int listener_fd() const;  // receive_denial()
  int status_fd() const;    // receive_end()

  // Takes one notification and refuses the call. Nothing when it went away meanwhile.
  std::optional<Denial> receive_denial();

  // The end of the run, once status_fd() is readable: Error when init died without a word (killed).
  Result<Ended> receive_end();

  void kill();                         // the whole tree, at once
  void interrupt();                    // SIGINT to the interpreter alone
  std::uint64_t interpreter_cpu_us();  // CPU time of the interpreter so far

  const protocol::Isolation& isolation() const;

 private:
  explicit Jail(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace pysb::jail
