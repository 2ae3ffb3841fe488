// Whole files, bounded, without surprises: no FIFO is waited for, no device read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.h"

namespace pysb::engine {

// The content of a regular file. Longer than `max_bytes`: an error for read_whole_file, cut for
// read_file.
Result<std::string> read_whole_file(const std::string& path, std::size_t max_bytes);
Result<std::string> read_file(const std::string& path, std::size_t max_bytes);

// Everything until end of file from any descriptor; more than `max_bytes` is an error.
Result<std::string> read_to_end(int fd, std::string_view name, std::size_t max_bytes);

// Writes a file of mode 0600 so that a reader sees the old or the new content, never half of it.
Result<> replace_file(const std::string& path, std::string_view content);

}  // namespace pysb::engine
