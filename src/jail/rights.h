// Descriptors that travel with bytes over a Unix socket (unix(7), SCM_RIGHTS).
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/unique_fd.h"

namespace pysb::jail {

inline constexpr std::size_t kMaxRights = 253;  // in one message; SCM_MAX_FD, include/net/scm.h

struct Received {
  std::size_t size = 0;  // 0: the other end is closed
  std::vector<UniqueFd> descriptors;
};

// False: nothing was sent, errno is set. At least one byte, at most kMaxRights descriptors.
bool send_with_rights(int socket, std::string_view bytes, std::span<const int> descriptors);

// One message into `bytes`.
Result<Received> receive_with_rights(int socket, std::span<char> bytes);

}  // namespace pysb::jail
