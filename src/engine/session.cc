#include "engine/session.h"

#include <signal.h>
#include <sys/wait.h>

#include <array>

#include "base/log.h"
#include "base/text.h"
#include "engine/launch.h"
#include "engine/verdict.h"
#include "jail/host_facts.h"
#include "jail/plan.h"

namespace pysb::engine {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kSlice{100};  // how often the CPU clock of an input is looked at
constexpr milliseconds kGrace{500};  // between interrupting an input and ending its session
constexpr milliseconds kFarewell{2000};

}  // namespace

Session::Session(const policy::Limits& limits, SessionOptions options)
    : limits_(limits), options_(std::move(options)), recorder_(options_.on_finding) {}

Result<std::unique_ptr<Session>> Session::start(const policy::Policy& policy,
                                                const Installation& installation,
                                                const Interpreter& interpreter,
                                                SessionOptions options) {
  Program program = program_from_text("", {});
  program.name = "<stdin>";
  program.argv = {""};
  PYSB_TRY(Launch launch,
           make_launch(policy, installation, interpreter, program, protocol::Mode::kSession));
  PYSB_TRY(const jail::Plan plan,
           jail::make_plan(policy, jail::probe_host(), std::move(launch.need)));
  log(LogLevel::kInfo, "session", [&] {
    return concat(
        {"policy ", policy.origin, ", ", interpreter.executable, " ", interpreter.version});
  });
  auto session = std::make_unique<Session>(policy.limits, std::move(options));
  PYSB_TRY(session->guest_,
           GuestProcess::start(plan, launch.request,
                               {.standard_output = session->options_.standard_output,
                                .standard_error = session->options_.standard_error,
                                .standard_input = -1,
                                .output_limit = policy.limits.output,
                                .violation_limit = policy.limits.violations},
                               *session));
  const auto deadline = Clock::now() + policy.limits.wall;
  while (!session->guest_->commit() && session->guest_->pump(deadline) && Clock::now() < deadline) {
  }
  const auto& commit = session->guest_->commit();
  if (!commit || commit->outcome != protocol::Outcome::kRun) {
    return Error(ErrorKind::kInternal,
                 "the session did not start: " + (commit ? commit->detail : "no answer"));
  }
  return session;
}

void Session::on_finding(protocol::Finding finding) { recorder_.add(std::move(finding)); }

void Session::on_frame(const protocol::Frame& frame) {
  if (frame.type == protocol::FrameType::kCellDone) {
    if (auto decoded = protocol::decode_cell_done(frame.payload)) {
      done_ = *decoded;
    }
  } else if (frame.type == protocol::FrameType::kReadLine) {
    guest_->settle();
    const auto line = options_.read_line();
    // An empty line frame is end of file; a line has its line feed.
    if (auto sent = guest_->send(protocol::FrameType::kLine, line.value_or("")); !sent) {
      guest_->stop(Stop::kInterrupted);
    }
  }
}

InputResult Session::run(std::string_view text, SignalWatch& signals) {
  done_.reset();
  guest_->renew_output_limit(limits_.output);
  if (auto sent = guest_->send(protocol::FrameType::kCell, text); !sent) {
    return lost();
  }
  InputResult result = wait_for_answer(signals);
  guest_->settle();
  return result;
}

bool Session::over_limit(std::uint64_t cpu_at_start, Clock::time_point deadline) {
  if (Clock::now() >= deadline) {
    return true;
  }
  const auto cpu_ms = static_cast<std::int64_t>((guest_->cpu_us() - cpu_at_start) / 1000);
  return cpu_ms >= limits_.cpu.count();
}

InputResult Session::wait_for_answer(SignalWatch& signals) {
  const std::array<int, 1> also = {signals.fd()};
  const auto cpu_at_start = guest_->cpu_us();
  const auto deadline = Clock::now() + limits_.wall;
  std::optional<Clock::time_point> interrupted;
  while (guest_->pump(Clock::now() + kSlice, also)) {
    if (done_) {
      InputResult result = answer();
      if (interrupted) {
        result.state = InputResult::State::kStopped;
        result.reason = "the input was stopped at its limit";
      }
      return result;
    }
    while (const auto signal = signals.next()) {
      if (*signal == SIGINT) {
        guest_->interrupt();
      } else {
        guest_->stop(Stop::kInterrupted);
      }
    }
    if (!interrupted && over_limit(cpu_at_start, deadline)) {
      interrupted = Clock::now();
      guest_->interrupt();
    } else if (interrupted && Clock::now() - *interrupted >= kGrace) {
      guest_->stop(Stop::kWallLimit);
    }
  }
  return lost();
}

InputResult Session::answer() {
  using protocol::CellOutcome;
  switch (done_->outcome) {
    case CellOutcome::kIncomplete:
      return {.state = InputResult::State::kIncomplete, .exit_code = 0, .reason = {}};
    case CellOutcome::kExit:
      return {.state = InputResult::State::kExit, .exit_code = done_->exit_code, .reason = {}};
    default:
      return {};
  }
}

InputResult Session::lost() {
  while (guest_->pump(Clock::now() + kFarewell)) {
  }
  protocol::RunResult ending;
  Facts facts{.stopped = guest_->stopped(),
              .commit = guest_->commit(),
              .claim = std::nullopt,
              .ended = std::nullopt,
              .cpu_limit = milliseconds(0)};
  if (const auto& ended = guest_->ended()) {
    facts.ended = *ended;
  }
  judge(facts, ending);
  InputResult result{
      .state = InputResult::State::kLost, .exit_code = exit_status(ending), .reason = {}};
  if (ending.exit_code) {
    result.state = InputResult::State::kExit;
  } else {
    result.reason =
        concat({name_of(ending.verdict), ending.error.empty() ? "" : ": ", ending.error});
  }
  return result;
}

bool Session::idle(std::span<const int> fds) { return guest_->pump(Clock::time_point::max(), fds); }

void Session::finish() {
  guest_->close_session();
  const auto deadline = Clock::now() + kFarewell;
  while (guest_->pump(deadline)) {
    if (Clock::now() >= deadline) {
      guest_->stop(Stop::kWallLimit);
    }
  }
}

}  // namespace pysb::engine
