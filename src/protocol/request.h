// What the supervisor asks of a guest, and what the guest answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "protocol/finding.h"

namespace pysb::protocol {

enum class Mode : std::uint8_t { kRun, kSession };

struct Request {
  Mode mode = Mode::kRun;
  std::string source;  // the program's bytes as given; empty in a session
  // For co_filename and tracebacks, a path inside the jail: "/workspace/prog.py", "<string>",
  // "<stdin>".
  std::string file_name;
  std::string display_name;           // the same for findings, as the user typed it: "dir/prog.py"
  std::string display_dir;            // in front of modules beside it: "dir/" for "dir/helper.py"
  std::vector<std::string> argv;      // sys.argv
  std::vector<std::string> sys_path;  // all of sys.path, in order
  // Code under these directories (standard library, packages) is not analysed.
  std::vector<std::string> trusted_dirs;
  std::string executable;         // sys.executable
  bool static_layer = true;       // layers.static
  bool interpreter_layer = true;  // layers.interpreter
  std::string rules;              // policy::RuleSet, encoded
  std::uint64_t nonce = 0;        // random per run: marks the placeholders of neutralised code
};

std::string encode(const Request& request);
Result<Request> decode_request(std::string_view payload);

// The guest's word at the end of the boot channel, given before the first user byte-code.
enum class Outcome : std::uint8_t {
  kRun,          // the program (or session) starts now
  kBlocked,      // a rule with action block was met; nothing runs
  kSyntaxError,  // the program does not compile; Python's own message went to stderr
  kRefused,      // it could not be analysed, so it is not run; `detail` says why
  kFailed,       // the guest could not do its work; `detail` says why
};

struct Commit {
  Outcome outcome = Outcome::kRun;
  std::string detail;
};

std::string encode(const Commit& commit);
Result<Commit> decode_commit(std::string_view payload);

// How the program ended, in the guest's words. The exit status comes from the kernel.
enum class Ending : std::uint8_t { kOk, kExit, kError };

struct End {
  Ending ending = Ending::kOk;
  std::string exception;   // "ZeroDivisionError"
  std::string message;     // "division by zero"
  std::uint32_t line = 0;  // of the innermost frame in the program's own files
};

std::string encode(const End& end);
Result<End> decode_end(std::string_view payload);

enum class CellOutcome : std::uint8_t {
  kDone,
  kIncomplete,   // a complete statement needs more lines
  kError,        // an exception; its traceback went to stderr
  kSyntaxError,  // likewise
  kBlocked,      // a rule with action block was met; the input did not run
  kExit,         // the program asked to leave
};

struct CellDone {
  CellOutcome outcome = CellOutcome::kDone;
  std::uint8_t exit_code = 0;  // with kExit
};

std::string encode(const CellDone& done);
Result<CellDone> decode_cell_done(std::string_view payload);

}  // namespace pysb::protocol
