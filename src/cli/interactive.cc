#include "cli/interactive.h"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <memory>
#include <optional>

#include "alerts/alerts.h"
#include "alerts/console.h"
#include "base/text.h"
#include "cli/line_reader.h"
#include "cli/setup.h"
#include "cli/version.h"
#include "engine/run.h"
#include "engine/session.h"

namespace pysb::cli {
namespace {

using engine::InputResult;
using engine::Session;

constexpr std::string_view kPrompt = "sandbox$ ";
constexpr std::string_view kContinuation = "...      ";

void show(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

// The loop between a person and a session.
class Conversation {
 public:
  Conversation(const Context& context, const Setup& setup, engine::SignalWatch& signals,
               engine::Recorder::Tell tell)
      : context_(context),
        setup_(setup),
        signals_(signals),
        tell_(std::move(tell)),
        terminal_(::isatty(STDIN_FILENO) != 0) {}

  Result<int> hold() {
    PYSB_CHECK(start());
    if (terminal_) {
      say(concat({"Py Sandbox ", kVersion, ", Python ", setup_.interpreter.version,
                  ". Leave with Ctrl-D or exit()."}));
    }
    while (true) {
      show(input_.empty() ? kPrompt : kContinuation);
      auto line = next_line();
      if (!line && !interrupted_) {
        break;
      }
      if (interrupted_) {
        forget_input();
        continue;
      }
      input_ += *line;
      PYSB_TRY(const auto left, take_input());
      if (left) {
        return *left;
      }
    }
    return leave_at_end();
  }

 private:
  Result<> start() {
    engine::SessionOptions options;
    options.standard_output = output_to(STDOUT_FILENO);
    options.standard_error = output_to(STDERR_FILENO);
    options.on_finding = tell_;
    options.read_line = [this] { return reader_.next(signals_.fd()); };
    PYSB_TRY(session_, Session::start(setup_.policy, context_.installation, setup_.interpreter,
                                      std::move(options)));
    return {};
  }

  // The next line; nothing at end of file or when interrupted_.
  std::optional<std::string> next_line() {
    interrupted_ = false;
    const std::array<int, 2> fds = {STDIN_FILENO, signals_.fd()};
    while (!reader_.has_line()) {
      if (!session_->idle(fds)) {
        return std::nullopt;
      }
      while (const auto signal = signals_.next()) {
        interrupted_ = *signal == SIGINT;
        return std::nullopt;
      }
      if (reader_.readable() && !reader_.fill()) {
        break;
      }
    }
    return reader_.take();
  }

  void forget_input() {
    input_.clear();
    show("\nKeyboardInterrupt\n");
  }

  // The exit status when the session is over.
  Result<std::optional<int>> take_input() {
    const InputResult result = session_->run(input_, signals_);
    if (result.state == InputResult::State::kIncomplete) {
      return std::nullopt;
    }
    input_.clear();
    if (result.state == InputResult::State::kExit) {
      session_->finish();
      return result.exit_code;
    }
    if (!result.reason.empty()) {
      say("py_sandbox: " + escape_line(result.reason));
    }
    if (result.state == InputResult::State::kLost) {
      say("py_sandbox: a new session begins; the names of the old one are gone");
      PYSB_CHECK(start());
    }
    return std::nullopt;
  }

  Result<int> leave_at_end() {
    if (!input_.empty()) {
      // What was typed last may be complete now that nothing follows.
      input_ += "\n";
      PYSB_TRY(const auto left, take_input());
      if (left) {
        return *left;
      }
    }
    show("\n");
    session_->finish();
    return 0;
  }

  const Context& context_;
  const Setup& setup_;
  engine::SignalWatch& signals_;
  engine::Recorder::Tell tell_;
  bool terminal_;
  bool interrupted_ = false;
  LineReader reader_{STDIN_FILENO};
  std::unique_ptr<Session> session_;
  std::string input_;
};

}  // namespace

int interactive(const Context& context, const RunOptions& options) {
  auto prepared = make_setup(context, options);
  if (const int* status = std::get_if<int>(&prepared)) {
    return *status;
  }
  const Setup& setup = std::get<Setup>(prepared);
  const auto run_id = engine::new_run_id();
  if (!run_id) {
    return report(run_id.error());
  }
  auto alerts = alerts::Alerts::open(setup.policy.sinks, *run_id);
  if (!alerts) {
    return report(alerts.error());
  }
  auto signals = engine::SignalWatch::start();
  if (!signals) {
    return report(signals.error());
  }
  const bool colour = wants_colour();
  Conversation conversation(context, setup, *signals, [&](const protocol::Finding& finding) {
    alerts->tell(finding);
    if (!options.quiet) {
      say(alerts::console_line(finding, colour));
    }
  });
  const auto status = conversation.hold();
  return status ? *status : report(status.error());
}

}  // namespace pysb::cli
