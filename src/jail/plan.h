// The jail of one run as a value: everything that will be done, decided before anything is. Pure
// and printable, so that most tests need no kernel.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "jail/host_facts.h"
#include "jail/jail.h"
#include "protocol/run_result.h"

namespace pysb::jail {

// A tmpfs of its own inside the jail: nosuid, nodev, noexec.
struct Tmpfs {
  std::string target;
  std::uint64_t size = 0;  // bytes
  std::uint64_t inodes = 0;
};

struct ResourceLimit {
  int resource = 0;  // RLIMIT_*
  std::uint64_t soft = 0;
  std::uint64_t hard = 0;
};

// What Landlock allows below one path of the jail.
enum class Reach : std::uint8_t { kRead, kExecute, kWriteDevice, kWrite };
struct PathRule {
  std::string path;
  Reach reach = Reach::kRead;
};

struct Plan {
  // Ids as user namespaces map them: inside always kInnerId.
  std::uint32_t host_uid = 0;
  std::uint32_t host_gid = 0;
  bool as_root = false;  // the caller may map foreign ids and read below private directories

  std::vector<Tmpfs> scratch;  // /tmp, /workspace
  std::vector<Bind> binds;     // sorted by target: parents first
  std::vector<Symlink> links;
  std::vector<File> files;
  std::vector<PathRule> path_rules;
  std::vector<ResourceLimit> limits;
  int landlock_abi = 0;
  bool mdwe = false;
  bool wait_killable = false;
  std::vector<std::string> command;
  std::vector<std::string> environment;
  std::uint32_t max_files = 0;  // bound of what is looked at afterwards

  // What every result says of this jail; max_user_namespaces is added when it was tried.
  std::vector<protocol::Mechanism> mechanisms;
};

// The uid and gid of the program as it sees itself.
inline constexpr std::uint32_t kInnerId = 1000;

// A stable text of the plan for golden tests and for people.
std::string to_text(const Plan& plan);

}  // namespace pysb::jail
