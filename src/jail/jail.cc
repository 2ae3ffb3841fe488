#include "jail/jail.h"

#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <ctime>

#include "base/text.h"
#include "jail/init.h"
#include "jail/kernel.h"
#include "jail/listener.h"
#include "jail/plan.h"
#include "jail/status.h"
#include "jail/steps/step.h"

namespace pysb::jail {
namespace {

constexpr std::uint64_t kNamespaces =
    CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS;
constexpr int kPatienceMs = 10'000;

struct SocketPair {
  UniqueFd ours;
  UniqueFd theirs;
};

Result<SocketPair> make_status_socket() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return Error::from_errno("socketpair", "");
  }
  return SocketPair{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

Error without_namespaces(Error error) {
  return std::move(error)
      .with("this host lets us make no user namespace, so there is no jail")
      .remedy(
          "set user.max_user_namespaces above 0 (and kernel.unprivileged_userns_clone=1 where it "
          "exists); in a container allow clone and unshare in its seccomp profile; on Ubuntu 23.10 "
          "and later give py_sandbox an AppArmor profile with `userns,`");
}

// Inside always kInnerId. Only the creator's own id can be mapped without privilege, and only after
// setgroups was given up (user_namespaces(7)).
Result<> write_id_maps(pid_t child, const Plan& plan) {
  const std::string proc = concat({"/proc/", std::to_string(child), "/"});
  const auto line = [](std::uint32_t host) {
    return concat({std::to_string(kInnerId), " ", std::to_string(host), " 1"});
  };
  if (!plan.as_root) {
    PYSB_CHECK(write_file(proc + "setgroups", "deny"));
  }
  PYSB_CHECK(write_file(proc + "gid_map", line(plan.host_gid)));
  return write_file(proc + "uid_map", line(plan.host_uid));
}

// The next message of the jail's own processes, or why there is none.
Result<StatusMessage> next_message(int status) {
  pollfd wait{status, POLLIN, 0};
  if (::poll(&wait, 1, kPatienceMs) <= 0) {
    return Error(ErrorKind::kInternal, "the jail was not built in time");
  }
  PYSB_TRY(StatusMessage message, receive_status(status));
  if (message.failure) {
    return *std::move(message.failure);
  }
  return message;
}

}  // namespace

struct Jail::State {
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (init > 0) {
      ::syscall(SYS_pidfd_send_signal, init_pidfd.get(), SIGKILL, nullptr, 0);
      listener = Listener();  // whoever waits for an answer gets ENOSYS and can be killed
      while (::waitpid(init, nullptr, 0) < 0 && errno == EINTR) {
      }
    }
  }

  pid_t init = 0;
  UniqueFd init_pidfd;
  UniqueFd interpreter_pidfd;
  pid_t interpreter = 0;
  UniqueFd status;
  Listener listener;
  protocol::Isolation isolation;
};

Jail::Jail(std::unique_ptr<State> state) : state_(std::move(state)) {}
Jail::Jail(Jail&&) noexcept = default;
Jail& Jail::operator=(Jail&&) noexcept = default;
Jail::~Jail() = default;

Result<Jail> Jail::start(const Plan& plan, const Stdio& stdio) {
  PYSB_TRY(SocketPair socket, make_status_socket());
  std::array<int, 2> go{};
  if (::pipe2(go.data(), O_CLOEXEC) != 0) {
    return Error::from_errno("pipe2", "");
  }
  const UniqueFd go_reader(go[0]);
  const UniqueFd go_writer(go[1]);
  Build build{
      .plan = plan, .stdio = stdio, .status = socket.theirs.get(), .sources = {}, .ready = {}};
  auto state = std::make_unique<State>();
  auto cloned = clone_process(kNamespaces);
  if (!cloned) {
    return without_namespaces(std::move(cloned).error());
  }
  if (cloned->pid == 0) {
    run_init(std::move(build), go_reader.get());
  }
  state->init = cloned->pid;
  state->init_pidfd = std::move(cloned->pidfd);
  state->status = std::move(socket.ours);
  socket.theirs.reset();
  if (auto written = write_id_maps(state->init, plan); !written) {
    return without_namespaces(std::move(written).error());
  }
  if (::write(go_writer.get(), "g", 1) != 1) {
    return Error::from_errno("write", "the jail");
  }
  Build ours{
      .plan = plan, .stdio = stdio, .status = state->status.get(), .sources = {}, .ready = {}};
  PYSB_CHECK(run_steps(supervisor_steps(plan.as_root), ours));
  PYSB_TRY(StatusMessage ready, next_message(state->status.get()));
  state->listener = Listener(std::move(ready.listener));
  PYSB_TRY(state->interpreter, state->listener.admit_interpreter());
  state->interpreter_pidfd.reset(
      static_cast<int>(::syscall(SYS_pidfd_open, state->interpreter, 0)));
  state->isolation.mechanisms = plan.mechanisms;
  state->isolation.mechanisms.push_back(
      {"no_further_namespaces",
       ready.ready.user_namespaces_forbidden ? protocol::Strength::kEnforced
                                             : protocol::Strength::kReduced,
       ready.ready.user_namespaces_forbidden ? "sysctl, seccomp"
                                             : "seccomp; /proc/sys is read-only"});
  return Jail(std::move(state));
}

int Jail::listener_fd() const { return state_->listener.fd(); }
int Jail::status_fd() const { return state_->status.get(); }
std::optional<Denial> Jail::receive_denial() { return state_->listener.refuse_one(); }

Result<Ended> Jail::receive_end() {
  PYSB_TRY(StatusMessage message, receive_status(state_->status.get()));
  if (message.failure) {
    return *std::move(message.failure);
  }
  if (message.kind != StatusKind::kEnded) {
    return Error(ErrorKind::kInternal, "the jail said that it is ready a second time");
  }
  return std::move(message.ended);
}

void Jail::kill() {
  ::syscall(SYS_pidfd_send_signal, state_->init_pidfd.get(), SIGKILL, nullptr, 0);
}

void Jail::interrupt() {
  if (state_->interpreter_pidfd) {
    ::syscall(SYS_pidfd_send_signal, state_->interpreter_pidfd.get(), SIGINT, nullptr, 0);
  }
}

std::uint64_t Jail::interpreter_cpu_us() {
  clockid_t clock{};
  timespec time{};
  if (::clock_getcpuclockid(state_->interpreter, &clock) != 0 ||
      ::clock_gettime(clock, &time) != 0) {
    return 0;
  }
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000 +
         static_cast<std::uint64_t>(time.tv_nsec) / 1000;
}

const protocol::Isolation& Jail::isolation() const { return state_->isolation; }

}  // namespace pysb::jail
