#include "engine/guest_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/log.h"
#include "engine/channel.h"
#include "engine/denial.h"
#include "jail/plan.h"

namespace pysb::engine {
namespace {

using protocol::Frame;
using protocol::FrameType;

struct Pair {
  UniqueFd ours;
  UniqueFd theirs;
};

Result<Pair> make_pipe(bool we_read) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return Error::from_errno("pipe2", "");
  }
  UniqueFd reader(ends[0]);
  UniqueFd writer(ends[1]);
  return we_read ? Pair{std::move(reader), std::move(writer)}
                 : Pair{std::move(writer), std::move(reader)};
}

Result<Pair> make_channel() {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return Error::from_errno("socketpair", "");
  }
  return Pair{UniqueFd(ends[0]), UniqueFd(ends[1])};
}

int milliseconds_until(Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now()).count();
  // A day at most: poll takes an int.
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 86'400'000));
}

short channel_events(const Channel& channel) {
  return static_cast<short>(POLLIN | (channel.wants_to_write() ? POLLOUT : 0));
}

}  // namespace

// A descriptor to wait for, and what to do then; a negative descriptor is left out.
struct GuestProcess::Watch {
  int fd;
  short events;
  void (*react)(State&);
};

struct GuestProcess::State {
  State(jail::Jail started, OutputRelay out_relay, OutputRelay err_relay, InputRelay in_relay,
        GuestEvents& listener)
      : jail(std::move(started)),
        out(std::move(out_relay)),
        err(std::move(err_relay)),
        in(std::move(in_relay)),
        events(listener) {}

  std::vector<Watch> watches() const;
  void serve_boot();
  void serve_session();
  void on_boot_frame(const Frame& frame);
  void on_session_frame(const Frame& frame);
  void take_finding(std::string_view payload, protocol::Origin origin);
  void count_violation(std::uint64_t count);
  void read_output(OutputRelay& relay);
  void take_denial();
  void kill(Stop why);
  bool finished() const {
    return ended.has_value() && out.finished() && err.finished() && !boot.open() && !session.open();
  }

  jail::Jail jail;
  OutputRelay out;
  OutputRelay err;
  InputRelay in;
  GuestEvents& events;
  Channel boot;
  Channel session;
  std::optional<protocol::Commit> commit;
  std::optional<Result<jail::Ended>> ended;
  std::uint64_t output_left = 0;
  std::uint64_t violations_left = 0;
  bool truncated = false;
  Stop stopped = Stop::kNone;
};

void GuestProcess::State::kill(Stop why) {
  if (stopped == Stop::kNone) {
    stopped = why;
  }
  jail.kill();
}

void GuestProcess::State::count_violation(std::uint64_t count) {
  if (count >= violations_left) {
    violations_left = 0;
    kill(Stop::kViolationLimit);
  } else {
    violations_left -= count;
  }
}

void GuestProcess::State::take_finding(std::string_view payload, protocol::Origin origin) {
  protocol::Reader reader(payload);
  protocol::Finding finding = protocol::decode_finding(reader);
  if (!reader.complete()) {
    return;
  }
  // Only who received it says where it comes from and how often it counts.
  finding.origin = origin;
  finding.count = 1;
  if (finding.layer == protocol::Layer::kKernel || finding.layer == protocol::Layer::kLimit) {
    finding.layer = protocol::Layer::kInterpreter;
  }
  count_violation(1);
  events.on_finding(std::move(finding));
}

void GuestProcess::State::on_boot_frame(const Frame& frame) {
  if (commit) {
    return;
  }
  if (frame.type == FrameType::kFinding) {
    take_finding(frame.payload, protocol::Origin::kSupervisor);
  } else if (frame.type == FrameType::kCommit) {
    if (auto decoded = protocol::decode_commit(frame.payload)) {
      commit = *std::move(decoded);
    }
  }
}

void GuestProcess::State::on_session_frame(const Frame& frame) {
  if (frame.type == FrameType::kFinding) {
    take_finding(frame.payload, protocol::Origin::kGuest);
  } else {
    events.on_frame(frame);
  }
}

void GuestProcess::State::read_output(OutputRelay& relay) {
  const std::uint64_t came = relay.read_piece(output_left);
  if (came <= output_left) {
    output_left -= came;
    return;
  }
  output_left = 0;
  truncated = true;
  kill(Stop::kOutputLimit);
}

void GuestProcess::State::take_denial() {
  if (const auto denial = jail.receive_denial()) {
    count_violation(1);
    events.on_finding(finding_of(*denial));
  }
}

void GuestProcess::State::serve_boot() {
  boot.flush();
  for (const auto& frame : boot.receive()) {
    on_boot_frame(frame);
  }
}

void GuestProcess::State::serve_session() {
  session.flush();
  for (const auto& frame : session.receive()) {
    on_session_frame(frame);
  }
}

// Denials come first: a program that waits for its answer writes nothing more until it has it.
std::vector<GuestProcess::Watch> GuestProcess::State::watches() const {
  const bool running = !ended.has_value();
  const auto while_running = [&](int fd) { return running ? fd : -1; };
  return {
      {while_running(jail.listener_fd()), POLLIN, [](State& s) { s.take_denial(); }},
      {boot.fd(), channel_events(boot), [](State& s) { s.serve_boot(); }},
      {session.fd(), channel_events(session), [](State& s) { s.serve_session(); }},
      {out.read_fd(), POLLIN, [](State& s) { s.read_output(s.out); }},
      {out.write_fd(), POLLOUT, [](State& s) { s.out.write_piece(); }},
      {err.read_fd(), POLLIN, [](State& s) { s.read_output(s.err); }},
      {err.write_fd(), POLLOUT, [](State& s) { s.err.write_piece(); }},
      {while_running(in.read_fd()), POLLIN, [](State& s) { s.in.read_piece(); }},
      {while_running(in.write_fd()), POLLOUT, [](State& s) { s.in.write_piece(); }},
      {while_running(jail.status_fd()), POLLIN, [](State& s) { s.ended = s.jail.receive_end(); }},
  };
}

GuestProcess::GuestProcess(std::unique_ptr<State> state) : state_(std::move(state)) {}
GuestProcess::~GuestProcess() = default;

Result<std::unique_ptr<GuestProcess>> GuestProcess::start(const jail::Plan& plan,
                                                          const protocol::Request& request,
                                                          const GuestOptions& options,
                                                          GuestEvents& events) {
  log(LogLevel::kDebug, "plan", [&] { return jail::to_text(plan); });
  PYSB_TRY(Pair in, make_pipe(false));
  PYSB_TRY(Pair out, make_pipe(true));
  PYSB_TRY(Pair err, make_pipe(true));
  PYSB_TRY(Pair boot, make_channel());
  PYSB_TRY(Pair session, make_channel());
  const jail::Stdio stdio{.in = in.theirs.get(),
                          .out = out.theirs.get(),
                          .err = err.theirs.get(),
                          .boot = boot.theirs.get(),
                          .session = session.theirs.get()};
  PYSB_TRY(jail::Jail jail, jail::Jail::start(plan, stdio));
  auto state = std::make_unique<State>(
      std::move(jail), OutputRelay(std::move(out.ours), options.standard_output),
      OutputRelay(std::move(err.ours), options.standard_error),
      InputRelay(options.standard_input, std::move(in.ours)), events);
  state->boot = Channel(std::move(boot.ours));
  state->session = Channel(std::move(session.ours));
  state->output_left = options.output_limit;
  state->violations_left = options.violation_limit;
  state->boot.send(FrameType::kRequest, protocol::encode(request));
  return std::make_unique<GuestProcess>(std::move(state));
}

bool GuestProcess::pump(Clock::time_point deadline, std::span<const int> also) {
  if (state_->finished()) {
    return false;
  }
  const std::vector<Watch> watches = state_->watches();
  std::vector<pollfd> fds;
  for (const auto& watch : watches) {
    fds.push_back({watch.fd, watch.events, 0});
  }
  for (const int fd : also) {
    fds.push_back({fd, POLLIN, 0});
  }
  if (::poll(fds.data(), fds.size(), milliseconds_until(deadline)) <= 0) {
    return true;
  }
  for (std::size_t i = 0; i < watches.size(); ++i) {
    if (fds[i].revents != 0) {
      watches[i].react(*state_);
    }
  }
  return !state_->finished();
}

void GuestProcess::settle() {
  State& s = *state_;
  while (true) {
    std::array<pollfd, 4> fds = {{{s.out.read_fd(), POLLIN, 0},
                                  {s.err.read_fd(), POLLIN, 0},
                                  {s.out.write_fd(), POLLOUT, 0},
                                  {s.err.write_fd(), POLLOUT, 0}}};
    const bool writing = fds[2].fd >= 0 || fds[3].fd >= 0;
    if (::poll(fds.data(), fds.size(), writing ? -1 : 0) <= 0) {
      return;
    }
    if (fds[0].revents != 0) {
      s.read_output(s.out);
    }
    if (fds[1].revents != 0) {
      s.read_output(s.err);
    }
    if (fds[2].revents != 0) {
      s.out.write_piece();
    }
    if (fds[3].revents != 0) {
      s.err.write_piece();
    }
  }
}

void GuestProcess::renew_output_limit(std::uint64_t bytes) { state_->output_left = bytes; }

void GuestProcess::stop(Stop why) { state_->kill(why); }
Stop GuestProcess::stopped() const { return state_->stopped; }
void GuestProcess::interrupt() { state_->jail.interrupt(); }

Result<> GuestProcess::send(FrameType type, std::string_view payload) {
  if (!state_->session.open()) {
    return Error(ErrorKind::kUnavailable, "the session has ended");
  }
  state_->session.send(type, payload);
  return {};
}

void GuestProcess::close_session() { state_->session.close(); }

const std::optional<protocol::Commit>& GuestProcess::commit() const { return state_->commit; }
bool GuestProcess::output_truncated() const { return state_->truncated; }
const Result<jail::Ended>& GuestProcess::ended() const { return *state_->ended; }
const protocol::Isolation& GuestProcess::isolation() const { return state_->jail.isolation(); }
std::uint64_t GuestProcess::cpu_us() { return state_->jail.interpreter_cpu_us(); }

}  // namespace pysb::engine
