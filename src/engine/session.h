// An interactive session: one guest that keeps its names, fed one input after the other, each
// within the policy's limits.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "engine/guest_process.h"
#include "engine/installation.h"
#include "engine/interpreter.h"
#include "engine/recorder.h"
#include "engine/signals.h"
#include "policy/policy.h"
#include "protocol/run_result.h"

namespace pysb::engine {

struct SessionOptions {
  OutputTarget standard_output;
  OutputTarget standard_error;
  Recorder::Tell on_finding;
  // The next line for the program's input(), its end included; nothing at end of file.
  std::function<std::optional<std::string>()> read_line;
};

// What became of an input.
struct InputResult {
  enum class State : std::uint8_t {
    kDone,
    kIncomplete,  // give more lines
    kExit,        // the program asked to leave, with `exit_code`
    kStopped,     // over a limit and interrupted in time; the names are still there
    kLost,        // the guest is gone: `reason` says why; start a new session
  };
  State state = State::kDone;
  int exit_code = 0;
  std::string reason;
};

class Session : private GuestEvents {
 public:
  static Result<std::unique_ptr<Session>> start(const policy::Policy& policy,
                                                const Installation& installation,
                                                const Interpreter& interpreter,
                                                SessionOptions options);

  // Without a guest yet: start() is the way to a session.
  Session(const policy::Limits& limits, SessionOptions options);

  // Gives the guest an input and waits for its end. SIGINT goes to the program.
  InputResult run(std::string_view text, SignalWatch& signals);

  // Waits for one of `fds`, passing on what the program's threads print meanwhile. False when the
  // guest has ended.
  bool idle(std::span<const int> fds);

  // Ends the session as a program ends: atexit handlers run, for a short while.
  void finish();

 private:
  void on_finding(protocol::Finding finding) override;
  void on_frame(const protocol::Frame& frame) override;

  InputResult wait_for_answer(SignalWatch& signals);
  InputResult lost();
  InputResult answer();
  bool over_limit(std::uint64_t cpu_at_start, Clock::time_point deadline);

  policy::Limits limits_;
  SessionOptions options_;
  Recorder recorder_;
  std::unique_ptr<GuestProcess> guest_;
  std::optional<protocol::CellDone> done_;
};

}  // namespace pysb::engine
