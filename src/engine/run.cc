#include "engine/run.h"

#include <signal.h>
#include <sys/random.h>

#include <array>

#include "base/log.h"
#include "base/text.h"
#include "engine/guest_process.h"
#include "engine/launch.h"
#include "engine/recorder.h"
#include "engine/signals.h"
#include "engine/verdict.h"
#include "jail/host_facts.h"
#include "jail/plan.h"

namespace pysb::engine {
namespace {

using protocol::RunResult;

class RunEvents : public GuestEvents {
 public:
  explicit RunEvents(Recorder::Tell tell) : recorder_(std::move(tell)) {}

  void on_finding(protocol::Finding finding) override { recorder_.add(std::move(finding)); }
  void on_frame(const protocol::Frame& frame) override {
    if (frame.type != protocol::FrameType::kEnd || claim_) {
      return;
    }
    if (auto decoded = protocol::decode_end(frame.payload)) {
      claim_ = *std::move(decoded);
    }
  }

  Recorder& recorder() { return recorder_; }
  const std::optional<protocol::End>& claim() const { return claim_; }

 private:
  Recorder recorder_;
  std::optional<protocol::End> claim_;
};

// The first SIGINT is the program's to handle; anything else ends the run.
void pass_on(int signal, bool& interrupted, GuestProcess& guest) {
  if (signal == SIGINT && !interrupted) {
    interrupted = true;
    guest.interrupt();
  } else {
    guest.stop(Stop::kInterrupted);
  }
}

void watch_to_the_end(GuestProcess& guest, SignalWatch& signals, Clock::time_point deadline) {
  const std::array<int, 1> also = {signals.fd()};
  bool interrupted = false;
  while (guest.pump(guest.stopped() == Stop::kNone ? deadline : Clock::time_point::max(), also)) {
    while (const auto signal = signals.next()) {
      pass_on(*signal, interrupted, guest);
    }
    if (guest.stopped() == Stop::kNone && Clock::now() >= deadline) {
      guest.stop(Stop::kWallLimit);
    }
  }
}

protocol::Usage usage_of(const Result<jail::Ended>& ended, Clock::duration wall) {
  protocol::Usage usage;
  usage.wall_ms = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(wall).count());
  if (ended) {
    usage.cpu_ms = ended->cpu_us / 1000;
    usage.max_rss_bytes = ended->max_rss_bytes;
  }
  return usage;
}

}  // namespace

Result<std::string> new_run_id() {
  std::array<unsigned char, 16> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    return Error::from_errno("getrandom", "");
  }
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string id;
  for (const unsigned char byte : bytes) {
    id.push_back(kDigits[byte >> 4U]);
    id.push_back(kDigits[byte & 0xFU]);
  }
  return id;
}

Result<RunResult> run_program(const policy::Policy& policy, const Installation& installation,
                              const Interpreter& interpreter, const Program& program,
                              const std::string& run_id, const RunOptions& options) {
  PYSB_TRY(Launch launch,
           make_launch(policy, installation, interpreter, program, protocol::Mode::kRun));
  PYSB_TRY(const jail::Plan plan,
           jail::make_plan(policy, jail::probe_host(), std::move(launch.need)));
  log(LogLevel::kInfo, "run", [&] {
    return concat({run_id, " of ", program.name, ", policy ", policy.origin, ", ",
                   interpreter.executable, " ", interpreter.version});
  });
  PYSB_TRY(SignalWatch signals, SignalWatch::start());
  RunEvents events(options.on_finding);
  const auto started = Clock::now();
  PYSB_TRY(const auto guest, GuestProcess::start(plan, launch.request,
                                                 {.standard_output = options.standard_output,
                                                  .standard_error = options.standard_error,
                                                  .standard_input = options.standard_input,
                                                  .output_limit = policy.limits.output,
                                                  .violation_limit = policy.limits.violations},
                                                 events));
  watch_to_the_end(*guest, signals, started + policy.limits.wall);

  RunResult result;
  result.run_id = run_id;
  result.usage = usage_of(guest->ended(), Clock::now() - started);
  result.truncated = guest->output_truncated();
  result.isolation = guest->isolation();
  result.isolation.static_layer = policy.layers.static_analysis;
  result.isolation.interpreter_layer = policy.layers.interpreter;
  Facts facts{.stopped = guest->stopped(),
              .commit = guest->commit(),
              .claim = events.claim(),
              .ended = std::nullopt,
              .cpu_limit = policy.limits.cpu};
  if (const auto& ended = guest->ended()) {
    facts.ended = *ended;
    result.left_behind = ended->left_behind;
    result.left_behind_total = ended->left_behind_total;
  }
  judge(facts, result);
  result.findings = events.recorder().take();
  log(LogLevel::kInfo, "run", [&] {
    return concat({run_id, " ended: ", protocol::name_of(result.verdict), ", ",
                   std::to_string(result.usage.wall_ms), " ms, findings ",
                   std::to_string(result.findings.size())});
  });
  return result;
}

}  // namespace pysb::engine
