// What every command stands on: the installation, and how to say that something is wrong.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "engine/installation.h"
#include "engine/stream.h"
#include "policy/load.h"

namespace pysb::cli {

// Exit status for a wrong policy or usage, a host that cannot, an internal error.
inline constexpr int kOurFailure = 125;

// One line on standard error.
void say(std::string_view line);

// True when standard error is a terminal and NO_COLOR (no-color.org) is not set.
bool wants_colour();

// A descriptor of ours as the place where a program's output goes.
engine::OutputTarget output_to(int fd);

struct Context {
  engine::Installation installation;
};

// "py_sandbox: error: …" and "hint: …" on standard error; returns kOurFailure.
int report(const Error& error);
// Each diagnostic on a line of its own; returns kOurFailure.
int report(const std::vector<policy::Diagnostic>& diagnostics);

// Loads a policy by preset name or by path: what holds a '/' or ends in .yaml or .yml, or lies in
// the current directory, is a path.
policy::LoadResult load_policy(const Context& context, const std::string& name_or_path);

}  // namespace pysb::cli
