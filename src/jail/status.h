// The messages of the jail's own processes to their supervisor, over a sequenced-packet socket that
// no user code ever holds.
#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "base/unique_fd.h"
#include "jail/jail.h"

namespace pysb::jail {

enum class StatusKind : std::uint8_t {
  kFailure,  // a step failed: text, errno, remedy
  kReady,    // the filter stands; its listener comes with the message
  kEnded,    // the run is over
};

struct Ready {
  bool user_namespaces_forbidden = false;  // max_user_namespaces could be set to 0
};

struct StatusMessage {
  StatusKind kind = StatusKind::kFailure;
  std::optional<Error> failure;
  Ready ready;
  Ended ended;
  UniqueFd listener;
};

// Senders; what cannot be sent is lost, and the supervisor sees the end of the socket.
void send_failure(int socket, const Error& error);
bool send_ready(int socket, const Ready& ready, int listener);
void send_ended(int socket, const Ended& ended);

// Takes one message. kUnavailable when the other end is closed.
Result<StatusMessage> receive_status(int socket);

}  // namespace pysb::jail
