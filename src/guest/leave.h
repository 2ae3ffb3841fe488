// The end of the guest's process: what Python does at its end, as far as a program can see it, and
// then _exit, which saves the teardown of an interpreter that nobody uses any more.
#pragma once

#include "guest/channel.h"
#include "guest/ending.h"

namespace pysb::guest {

// The guest's own status when it could not do its work; what counts is the commit that was sent.
inline constexpr int kGuestFailed = 125;

// Waits for the program's threads, runs atexit functions, flushes, lets finalizers run and files be
// written by dropping the program's modules. `claim`: tell the supervisor how it ended.
[[noreturn]] void leave(const Originals& originals, const TrustedPaths& trusted,
                        const Channel& session, const Finish& finish, bool claim);

// Flushes sys.stdout and sys.stderr; false when one of them cannot be. No error stays set.
bool flush_standard_files();

}  // namespace pysb::guest
