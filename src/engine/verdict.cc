#include "engine/verdict.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "base/text.h"

namespace pysb::engine {
namespace {

using protocol::Ending;
using protocol::Outcome;
using protocol::RunResult;
using protocol::Verdict;

void fail(RunResult& result, Verdict verdict, std::string error) {
  result.verdict = verdict;
  result.error = std::move(error);
}

bool judge_stop(Stop stop, RunResult& result) {
  switch (stop) {
    case Stop::kNone:
      return false;
    case Stop::kWallLimit:
      result.verdict = Verdict::kTimeout;
      break;
    case Stop::kOutputLimit:
      result.verdict = Verdict::kOutputLimit;
      break;
    case Stop::kViolationLimit:
      result.verdict = Verdict::kViolationLimit;
      break;
    case Stop::kInterrupted:
      result.verdict = Verdict::kKilled;
      result.error = "interrupted";
      break;
  }
  result.signal = SIGKILL;
  return true;
}

// What the guest said before any user code ran. True when the program was not run at all.
bool judge_commit(const Facts& facts, RunResult& result) {
  if (!facts.commit) {
    return false;
  }
  switch (facts.commit->outcome) {
    case Outcome::kRun:
      return false;
    case Outcome::kBlocked:
      fail(result, Verdict::kBlocked, "a rule with action block was met; nothing was run");
      return true;
    case Outcome::kSyntaxError:
      fail(result, Verdict::kError, facts.commit->detail);
      result.exit_code = 1;
      return true;
    case Outcome::kRefused:
      fail(result, Verdict::kBlocked,
           "the program could not be analysed, so it was not run: " + facts.commit->detail);
      return true;
    case Outcome::kFailed:
      fail(result, Verdict::kInternalError, "the guest failed: " + facts.commit->detail);
      return true;
  }
  return false;
}

void judge_signal(const Facts& facts, int signal, RunResult& result) {
  result.signal = signal;
  const auto cpu_ms = static_cast<std::int64_t>(facts.ended->cpu_us / 1000);
  const bool spent = facts.cpu_limit.count() > 0 && cpu_ms >= facts.cpu_limit.count();
  if (signal == SIGXCPU || (signal == SIGKILL && spent)) {
    result.verdict = Verdict::kCpuLimit;
    return;
  }
  result.verdict = Verdict::kKilled;
  result.error =
      concat({"killed by signal ", std::to_string(signal), " (", ::strsignal(signal), ")"});
  if (!facts.commit) {
    result.error += " while the program was being read; it was not run";
  }
}

// exit_code is the kernel's; whether it came by sys.exit or by an exception is the guest's claim.
void judge_exit(const Facts& facts, RunResult& result) {
  if (!facts.commit) {
    fail(result, Verdict::kInternalError,
         concat({"the interpreter ended with status ", std::to_string(*result.exit_code),
                 " before the program was read"}));
    return;
  }
  const Ending ending = facts.claim ? facts.claim->ending : Ending::kExit;
  if (ending == Ending::kError && *result.exit_code != 0) {
    fail(result, Verdict::kError,
         facts.claim->message.empty()
             ? facts.claim->exception
             : concat({facts.claim->exception, ": ", facts.claim->message}));
  } else if (*result.exit_code == 0 && ending != Ending::kExit) {
    result.verdict = Verdict::kOk;
  } else {
    result.verdict = Verdict::kExit;
  }
}

}  // namespace

void judge(const Facts& facts, RunResult& result) {
  if (judge_stop(facts.stopped, result)) {
    return;
  }
  if (judge_commit(facts, result)) {
    return;
  }
  if (!facts.ended) {
    result.signal = SIGKILL;
    fail(result, Verdict::kKilled, "the jail was killed from outside");
  } else if (WIFSIGNALED(facts.ended->wait_status)) {
    judge_signal(facts, WTERMSIG(facts.ended->wait_status), result);
  } else {
    result.exit_code = WEXITSTATUS(facts.ended->wait_status);
    judge_exit(facts, result);
  }
}

}  // namespace pysb::engine
