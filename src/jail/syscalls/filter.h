// The seccomp filter of a run, and what the supervisor has to know of its calls. Made at compile
// time from the table of system calls (table.h): at run time nothing is left to do.
#pragma once

#include <linux/filter.h>

#include <span>
#include <string_view>

namespace pysb::jail {

// To be installed with SECCOMP_FILTER_FLAG_NEW_LISTENER just before the interpreter is executed.
// The execve that starts it arrives at the listener too: the supervisor lets exactly that one pass.
std::span<const sock_filter> run_filter();

// "socket" for 41. "unknown" for a number that the table lacks; the filter tells nobody of those.
std::string_view syscall_name(int number);

// What the supervisor answers a call that the filter handed over: EPERM, unless libraries fall back
// on another errno.
int denied_errno(int number);

}  // namespace pysb::jail
