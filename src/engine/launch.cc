#include "engine/launch.h"

#include <sys/random.h>

#include <filesystem>

#include "base/text.h"

namespace pysb::engine {
namespace {

namespace fs = std::filesystem;

constexpr const char* kGuestInJail = "/run/py_sandbox/_guest.abi3.so";

// Loads the guest module without the import system and hands over to it. Its main() never returns.
constexpr const char* kBoot =
    "import _imp,_frozen_importlib as f;"
    "m=_imp.create_dynamic(f.ModuleSpec('_guest',None,origin='/run/py_sandbox/_guest.abi3.so'));"
    "_imp.exec_dynamic(m);m.main()";

Result<std::uint64_t> random_number() {
  std::uint64_t number = 0;
  if (::getrandom(&number, sizeof number, 0) != static_cast<ssize_t>(sizeof number)) {
    return Error::from_errno("getrandom", "");
  }
  return number;
}

// The file as it lies in the working directory: "dir/prog.py" is /workspace/prog.py there.
std::string jail_path(std::string_view name) { return concat({kWorkingDir, "/", name}); }

std::string file_name_in_jail(const Program& program) {
  return program.is_file ? jail_path(program.files.front().name) : program.name;
}

std::string directory_prefix(const Program& program) {
  const std::size_t slash = program.is_file ? program.name.rfind('/') : std::string::npos;
  return slash == std::string::npos ? "" : program.name.substr(0, slash + 1);
}

std::vector<std::string> search_path(const Program& program, const Interpreter& interpreter) {
  std::vector<std::string> path = {program.is_file ? std::string(kWorkingDir) : ""};
  path.insert(path.end(), interpreter.sys_path.begin(), interpreter.sys_path.end());
  return path;
}

std::vector<std::string> trusted_dirs(const Interpreter& interpreter) {
  std::vector<std::string> dirs = interpreter.stdlib;
  dirs.insert(dirs.end(), interpreter.sys_path.begin(), interpreter.sys_path.end());
  return dirs;
}

// Clean by default: what CPython and numeric libraries need to behave the same everywhere.
std::vector<std::string> environment(const policy::Policy& policy) {
  std::vector<std::string> variables = {
      "HOME=/workspace",        "TMPDIR=/tmp",       "LANG=C.UTF-8",
      "MALLOC_ARENA_MAX=2",  // RLIMIT_AS counts arenas: without it 16 threads do not start
      "OPENBLAS_NUM_THREADS=1", "OMP_NUM_THREADS=1", "MKL_NUM_THREADS=1",
  };
  for (const auto& [name, value] : policy.access.env) {
    const std::string assignment = concat({name, "="});
    std::erase_if(variables, [&](const std::string& v) { return v.starts_with(assignment); });
    variables.push_back(assignment + value);
  }
  return variables;
}

Result<> expose_access(const policy::Access& access, jail::Need& need) {
  std::error_code failed;
  const fs::path here = fs::current_path(failed);
  const auto add = [&](const std::string& path, bool writable) {
    const bool absolute = path.starts_with('/');
    need.binds.push_back({.source = absolute ? path : (here / path).lexically_normal().string(),
                          .target = absolute ? path : jail_path(path),
                          .writable = writable});
  };
  if (failed) {
    return Error(ErrorKind::kUnavailable,
                 "the current directory cannot be found: " + failed.message());
  }
  for (const auto& path : access.read) {
    add(path, false);
  }
  for (const auto& path : access.write) {
    add(path, true);
  }
  return {};
}

}  // namespace

Result<Launch> make_launch(const policy::Policy& policy, const Installation& installation,
                           const Interpreter& interpreter, const Program& program,
                           protocol::Mode mode) {
  Launch launch;
  jail::Need& need = launch.need;
  expose_interpreter(interpreter, policy.python.packages, need);
  need.binds.push_back({.source = installation.guest_module, .target = kGuestInJail});
  PYSB_CHECK(expose_access(policy.access, need));
  for (const auto& file : program.files) {
    need.files.push_back({.path = jail_path(file.name), .content = file.content});
  }
  // -X utf8: the same text encoding whatever locales the host has; -I -S: nothing of the
  // environment and no site module, sys.path comes with the request.
  need.command = {interpreter.executable, "-I", "-S", "-X", "utf8", "-c", kBoot};
  need.environment = environment(policy);
  need.session = mode == protocol::Mode::kSession;

  PYSB_TRY(const std::uint64_t nonce, random_number());
  launch.request = {.mode = mode,
                    .source = program.source,
                    .file_name = file_name_in_jail(program),
                    .display_name = program.name,
                    .display_dir = directory_prefix(program),
                    .argv = program.argv,
                    .sys_path = search_path(program, interpreter),
                    .trusted_dirs = trusted_dirs(interpreter),
                    .executable = interpreter.executable,
                    .static_layer = policy.layers.static_analysis,
                    .interpreter_layer = policy.layers.interpreter,
                    .rules = policy::encode(policy.rules),
                    .nonce = nonce};
  return launch;
}

}  // namespace pysb::engine
