#include "jail/init.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <vector>

#include "jail/left_behind.h"

namespace pysb::jail {
namespace {

[[noreturn]] void give_up(const Build& build, const Error& error) {
  send_failure(build.status, error);
  ::_exit(1);
}

std::vector<char*> c_strings(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (const auto& text : texts) {
    pointers.push_back(const_cast<char*>(text.c_str()));
  }
  pointers.push_back(nullptr);
  return pointers;
}

[[noreturn]] void become_interpreter(Build& build) {
  const std::vector<char*> arguments = c_strings(build.plan.command);
  const std::vector<char*> environment = c_strings(build.plan.environment);
  if (const auto built = run_steps(interpreter_steps(), build); !built) {
    give_up(build, built.error());
  }
  ::execve(arguments[0], arguments.data(), environment.data());
  give_up(build, Error::from_errno("execve", build.plan.command.front())
                     .remedy("the interpreter must run with what the jail shows of the system"));
}

// Waits for the interpreter; others that end meanwhile are its orphans, reaped and forgotten.
int wait_for(pid_t interpreter) {
  while (true) {
    int status = 0;
    const pid_t ended = ::waitpid(-1, &status, 0);
    if (ended == interpreter) {
      return status;
    }
    if (ended < 0 && errno != EINTR) {
      ::_exit(1);
    }
  }
}

// A daemon, a process in a group of its own: all that is left in this pid namespace.
void end_the_rest() {
  ::kill(-1, SIGKILL);
  while (::waitpid(-1, nullptr, 0) > 0 || errno == EINTR) {
  }
}

std::uint64_t microseconds(const timeval& time) {
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000 +
         static_cast<std::uint64_t>(time.tv_usec);
}

void add_usage(Ended& ended) {
  rusage usage{};
  if (::getrusage(RUSAGE_CHILDREN, &usage) == 0) {
    ended.cpu_us = microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
    ended.max_rss_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
  }
}

}  // namespace

void run_init(Build build, int go) {
  char byte = 0;
  if (::read(go, &byte, 1) != 1) {
    ::_exit(1);
  }
  if (const auto built = run_steps(init_steps(build.plan.as_root), build); !built) {
    give_up(build, built.error());
  }
  const pid_t interpreter = ::fork();
  if (interpreter < 0) {
    give_up(build, Error::from_errno("fork", "the interpreter"));
  }
  if (interpreter == 0) {
    become_interpreter(build);
  }
  // The ends of the pipes must close when the program's do. The status socket stays.
  const auto status = static_cast<unsigned>(build.status);
  ::close_range(0, status - 1, 0);
  ::close_range(status + 1, ~0U, 0);

  Ended ended;
  ended.wait_status = wait_for(interpreter);
  end_the_rest();
  add_usage(ended);
  look_for_left_behind(build.plan, ended);
  send_ended(build.status, ended);
  ::_exit(0);
}

}  // namespace pysb::jail
