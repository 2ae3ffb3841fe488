// One jailed guest, watched: relays its streams, takes its frames and the kernel's notifications,
// keeps its limits. Both a single run and an interactive session stand on it.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/unique_fd.h"
#include "engine/stream.h"
#include "jail/jail.h"
#include "protocol/frame.h"
#include "protocol/request.h"

namespace pysb::engine {

using Clock = std::chrono::steady_clock;

// Who wants to know what a guest does. Called from pump(), one at a time.
class GuestEvents {
 public:
  virtual ~GuestEvents() = default;
  virtual void on_finding(protocol::Finding finding) = 0;
  // A frame of the session channel that is not a finding: the guest's claim.
  virtual void on_frame(const protocol::Frame& frame) = 0;
};

// Why the supervisor ended the guest, if it did.
enum class Stop : std::uint8_t { kNone, kWallLimit, kOutputLimit, kViolationLimit, kInterrupted };

struct GuestOptions {
  OutputTarget standard_output;
  OutputTarget standard_error;
  int standard_input = -1;            // relayed to the guest; -1: it reads end of file at once
  std::uint64_t output_limit = 0;     // bytes, both streams together
  std::uint64_t violation_limit = 0;  // findings and denied calls
};

class GuestProcess {
  struct State;
  struct Watch;

 public:
  // Starts the plan and hands the request over.
  static Result<std::unique_ptr<GuestProcess>> start(const jail::Plan& plan,
                                                     const protocol::Request& request,
                                                     const GuestOptions& options,
                                                     GuestEvents& events);
  explicit GuestProcess(std::unique_ptr<State> state);
  ~GuestProcess();
  GuestProcess(const GuestProcess&) = delete;
  GuestProcess& operator=(const GuestProcess&) = delete;

  // Waits for something to happen, at most until `deadline`, and deals with it. Returns, too, when
  // one of `also` is readable (-1: ignored). False when the guest has ended and all it wrote was
  // taken.
  bool pump(Clock::time_point deadline, std::span<const int> also = {});

  // Passes on what the guest has written so far, without waiting for more.
  void settle();
  // Gives a session's next input its own allowance of output.
  void renew_output_limit(std::uint64_t bytes);

  void stop(Stop why);  // kills the whole tree; the first reason stays
  Stop stopped() const;
  void interrupt();  // SIGINT to the program

  Result<> send(protocol::FrameType type, std::string_view payload);  // to a session

  void close_session();  // the guest sees end of file and ends as a program does

  const std::optional<protocol::Commit>& commit() const;
  bool output_truncated() const;
  // How it ended; call after pump() gave false.
  const Result<jail::Ended>& ended() const;
  const protocol::Isolation& isolation() const;
  std::uint64_t cpu_us();

 private:
  std::unique_ptr<State> state_;
};

}  // namespace pysb::engine
