// The py_sandbox command: dispatch, and nothing else.
#include <fcntl.h>
#include <unistd.h>

#include <climits>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "base/log.h"
#include "base/text.h"
#include "cli/command.h"
#include "cli/context.h"
#include "cli/interactive.h"
#include "cli/options.h"
#include "cli/run.h"

namespace pysb::cli {
namespace {

Result<std::string> own_path() {
  std::string path(PATH_MAX, '\0');
  const ssize_t length = ::readlink("/proc/self/exe", path.data(), path.size());
  if (length < 0) {
    return Error::from_errno("readlink", "/proc/self/exe");
  }
  path.resize(static_cast<std::size_t>(length));
  return path;
}

Result<Context> make_context() {
  PYSB_TRY(const std::string path, own_path());
  PYSB_TRY(engine::Installation installation, engine::find_installation(path));
  return Context{std::move(installation)};
}

// Started with 0, 1 or 2 closed, a pipe of ours could get that number and be taken for a stream.
bool have_standard_descriptors() {
  int fd = 0;
  do {
    fd = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  } while (fd >= 0 && fd <= STDERR_FILENO);
  return fd >= 0 && ::close(fd) == 0;
}

const Command* command_named(std::string_view name) {
  for (const Command* command : all_commands()) {
    if (command->name == name) {
      return command;
    }
  }
  return nullptr;
}

Result<> check_log_level() {
  const char* word = std::getenv(kLogVariable);
  if (word != nullptr && !parse_log_level(word)) {
    return Error(ErrorKind::kInvalidInput, concat({kLogVariable, ": there is no level ", word}))
        .remedy("it is off, info or debug");
  }
  return {};
}

int dispatch(std::vector<std::string> arguments) {
  if (const auto level = check_log_level(); !level) {
    return report(level.error());
  }
  const Command* command = arguments.empty() ? nullptr : command_named(arguments.front());
  std::variant<RunOptions, int> options = 0;
  if (command == nullptr) {
    options = parse_options(arguments);
    if (const int* status = std::get_if<int>(&options)) {
      return *status;
    }
  }
  const auto context = make_context();
  if (!context) {
    return report(context.error());
  }
  if (command != nullptr) {
    arguments.erase(arguments.begin());
    return command->run(*context, std::move(arguments));
  }
  const RunOptions& wanted = std::get<RunOptions>(options);
  return wanted.interactive ? interactive(*context, wanted) : run(*context, wanted);
}

}  // namespace
}  // namespace pysb::cli

int main(int argc, char** argv) {
  if (!pysb::cli::have_standard_descriptors()) {
    return pysb::cli::kOurFailure;
  }
  try {
    return pysb::cli::dispatch({argv + 1, argv + argc});
  } catch (const std::exception& error) {
    return pysb::cli::report(pysb::Error(pysb::ErrorKind::kInternal, error.what()));
  }
}
