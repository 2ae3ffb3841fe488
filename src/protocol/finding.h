// One occurrence of something the policy names: what, where, what was done about it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocol/wire.h"

namespace pysb::protocol {

enum class Severity : std::uint8_t { kInfo, kLow, kMedium, kHigh, kCritical };
enum class Action : std::uint8_t { kRemove, kRaise, kReplace, kBlock, kAlert };
// Which layer saw it.
enum class Layer : std::uint8_t { kStatic, kInterpreter, kKernel, kLimit };
// Who says so. kSupervisor: from before the first user byte-code, or the supervisor's own
// observation; kKernel: seccomp notification; kGuest: claimed by the guest process after user code
// had started, so it may be forged or missing.
enum class Origin : std::uint8_t { kSupervisor, kKernel, kGuest };

struct Finding {
  std::string
      rule;  // "import.denied", "call.denied", "attr.denied", "name.denied", "path.denied" …
  Severity severity = Severity::kHigh;
  std::string message;  // one sentence for people
  std::string subject;  // "os.system", "__subclasses__", a system call's name
  Action action = Action::kRemove;
  Layer layer = Layer::kStatic;
  Origin origin = Origin::kSupervisor;
  std::uint64_t count = 1;
  std::string file;          // as the user knows it; "" when there is no place (kernel findings)
  std::uint32_t line = 0;    // from 1; 0: unknown
  std::uint32_t column = 0;  // from 1, in characters; 0: unknown
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;
  std::string source;  // the source line, without its end
  std::string hint;    // how to allow it: "calls: {allow: [os.system]}"
};

std::string_view name_of(Severity severity);
std::string_view name_of(Action action);
std::string_view name_of(Layer layer);
std::string_view name_of(Origin origin);

void encode(Writer& out, const Finding& finding);
// On malformed bytes the reader is failed; the value is then without meaning.
Finding decode_finding(Reader& in);

}  // namespace pysb::protocol
