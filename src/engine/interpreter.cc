#include "engine/interpreter.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/log.h"
#include "base/text.h"
#include "engine/file_io.h"
#include "engine/interpreter_cache.h"

namespace pysb::engine {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// Run as `python -E -c`: with site-packages, without PYTHON* variables. The first statement takes
// the current directory off sys.path, so that nothing lying there is imported. Loading the
// extension modules below shows which shared libraries the standard library maps.
constexpr const char* kDescribe = R"(import sys
sys.path.pop(0)
import os, json, sysconfig
for name in ("ssl", "sqlite3", "hashlib", "zlib", "bz2", "lzma", "decimal", "ctypes", "uuid"):
    try:
        __import__(name)
    except ImportError:
        pass
maps = {line.split(None, 5)[5].strip() for line in open("/proc/self/maps") if ".so" in line}
config = os.path.join(sys.prefix, "pyvenv.cfg")
print(json.dumps({
    "executable": sys.executable,
    "real_executable": os.path.realpath(sys.executable),
    "version": "%d.%d.%d" % sys.version_info[:3],
    "implementation": sys.implementation.name,
    "sys_path": [p for p in sys.path if p],
    "stdlib": sorted({sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"),
                      os.path.dirname(os.__file__)}),
    "libraries": sorted(os.path.realpath(m) for m in maps if m.startswith("/")),
    "venv_config": config if sys.prefix != sys.base_prefix and os.path.exists(config) else "",
}))
)";

constexpr std::size_t kMaxDescription = 1U << 20U;
constexpr unsigned kPatienceSeconds = 30;

bool is_executable_file(const std::string& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
}

Result<std::string> find_command(std::string_view command) {
  if (command.find('/') != std::string_view::npos) {
    std::error_code ignored;
    std::string path = fs::absolute(command, ignored).lexically_normal().string();
    if (is_executable_file(path)) {
      return path;
    }
  } else if (const char* path = std::getenv("PATH"); path != nullptr) {
    std::string_view rest = path;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(':'), rest.size());
      std::string candidate = concat({rest.substr(0, end), "/", command});
      if (end > 0 && is_executable_file(candidate)) {
        return candidate;
      }
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return Error(ErrorKind::kInvalidInput, concat({"no Python interpreter at ", command}))
      .remedy("name one with --python, or with python: {interpreter: PATH} in the policy");
}

[[noreturn]] void become_interpreter(const std::string& path, int output) {
  ::alarm(kPatienceSeconds);
  const int null = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(null, STDIN_FILENO);
  ::dup2(output, STDOUT_FILENO);
  ::dup2(null, STDERR_FILENO);
  if (::chdir("/") == 0) {
    ::execl(path.c_str(), path.c_str(), "-E", "-c", kDescribe, nullptr);
  }
  ::_exit(127);
}

Result<std::string> ask(const std::string& path) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return Error::from_errno("pipe2", "");
  }
  const UniqueFd reader(ends[0]);
  UniqueFd writer(ends[1]);
  const pid_t child = ::fork();
  if (child < 0) {
    return Error::from_errno("fork", path);
  }
  if (child == 0) {
    become_interpreter(path, writer.get());
  }
  writer.reset();
  auto answer = read_to_end(reader.get(), path, kMaxDescription);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!answer || status != 0) {
    return Error(ErrorKind::kUnavailable, path + " does not run as a Python interpreter")
        .remedy(concat({"try: ", path, " -c 'import sys, json, sysconfig'"}));
  }
  return answer;
}

Result<Interpreter> parse(const json& fields, const std::string& path) {
  Interpreter found;
  try {
    if (fields.at("implementation") != "cpython") {
      return Error(ErrorKind::kUnsupported, path + " is not CPython");
    }
    fields.at("executable").get_to(found.executable);
    fields.at("real_executable").get_to(found.real_executable);
    fields.at("version").get_to(found.version);
    fields.at("sys_path").get_to(found.sys_path);
    fields.at("stdlib").get_to(found.stdlib);
    fields.at("libraries").get_to(found.libraries);
    fields.at("venv_config").get_to(found.venv_config);
  } catch (const json::exception& error) {
    return Error(
        ErrorKind::kUnavailable,
        concat({path, " described itself in a way that is not understood: ", error.what()}));
  }
  static constexpr std::array<std::string_view, 4> kSupported = {"3.10.", "3.11.", "3.12.",
                                                                 "3.13."};
  for (const auto version : kSupported) {
    if (found.version.starts_with(version)) {
      return found;
    }
  }
  return Error(ErrorKind::kUnsupported,
               concat({path, " is Python ", found.version, "; 3.10 to 3.13 are supported"}))
      .remedy("name another interpreter with --python");
}

}  // namespace

Result<Interpreter> describe_interpreter(std::string_view command) {
  PYSB_TRY(const std::string path, find_command(command));
  if (const auto cached = load_description(path)) {
    if (auto known = parse(*cached, path)) {
      return known;
    }
  }
  log(LogLevel::kInfo, "interpreter", [&] { return concat({"asking ", path, " what it is"}); });
  PYSB_TRY(const std::string answer, ask(path));
  const json description = json::parse(answer, nullptr, /*allow_exceptions=*/false);
  PYSB_TRY(Interpreter found, parse(description, path));
  store_description(path, description);
  return found;
}

}  // namespace pysb::engine
