#include "engine/installation.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "base/text.h"
#include "engine/file_io.h"

namespace pysb::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kModule = "_guest.abi3.so";
// The console script that pip writes beside the binary, with its own interpreter in the first line.
constexpr std::string_view kScript = "py-sandbox-python";
constexpr std::size_t kScriptHead = 4096;

// PREFIX/lib/python3.*/{site,dist}-packages/py_sandbox, newest Python first.
std::vector<fs::path> package_dirs(const fs::path& prefix) {
  std::vector<fs::path> dirs;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(prefix / "lib", ignored)) {
    if (!entry.path().filename().string().starts_with("python3")) {
      continue;
    }
    for (const char* packages : {"site-packages", "dist-packages"}) {
      dirs.push_back(entry.path() / packages / "py_sandbox");
    }
  }
  std::sort(dirs.rbegin(), dirs.rend());
  return dirs;
}

bool is_there(const fs::path& path) { return ::access(path.c_str(), F_OK) == 0; }

// BUILD/src/py_sandbox beside BUILD/src/_guest.abi3.so, presets in the source tree.
bool find_in_build(const fs::path& bin_dir, Installation& found) {
  if (!is_there(bin_dir / kModule)) {
    return false;
  }
  found.guest_module = bin_dir / kModule;
  for (fs::path dir = bin_dir; dir.has_relative_path(); dir = dir.parent_path()) {
    if (is_there(dir / "policies" / "default.yaml")) {
      found.preset_dir = dir / "policies";
      return true;
    }
  }
  return false;
}

std::string installing_interpreter(const fs::path& bin_dir) {
  const auto script = read_file((bin_dir / kScript).string(), kScriptHead);
  return script ? interpreter_of_script(*script) : std::string();
}

}  // namespace

std::string interpreter_of_script(std::string_view text) {
  if (!text.starts_with("#!")) {
    return {};
  }
  std::string_view line = text.substr(2, text.find('\n') - 2);
  if (line == "/bin/sh") {
    // pip: "#!/bin/sh\n'''exec' \"/long path/python\" \"$0\" \"$@\"\n' '''"
    const std::size_t exec = text.find("'''exec' ");
    if (exec == std::string_view::npos) {
      return {};
    }
    line = text.substr(exec + 9, text.find(" \"$0\"", exec) - exec - 9);
    if (line.size() >= 2 && line.front() == '"') {
      line = line.substr(1, line.size() - 2);
    }
    return std::string(line);
  }
  while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) {
    line.remove_suffix(1);
  }
  if (line.size() >= 2 && line.front() == '"' && line.back() == '"') {
    line = line.substr(1, line.size() - 2);
  }
  return std::string(line);
}

Result<Installation> find_installation(std::string_view binary) {
  const fs::path bin_dir = fs::path(binary).parent_path();
  Installation found;
  if (find_in_build(bin_dir, found)) {
    return found;
  }
  std::string looked;
  for (const auto& package : package_dirs(bin_dir.parent_path())) {
    if (is_there(package / kModule)) {
      found.guest_module = package / kModule;
      found.preset_dir = package / "policies";
      found.interpreter = installing_interpreter(bin_dir);
      return found;
    }
    looked.append(looked.empty() ? "" : ", ").append(package.string());
  }
  return Error(ErrorKind::kUnavailable,
               concat({"the guest module ", kModule, " was not found (looked in: ",
                       looked.empty() ? (bin_dir.parent_path() / "lib/python3*").string() : looked,
                       ")"}))
      .remedy("install py_sandbox again with pip, so that its package lies beside its binary");
}

}  // namespace pysb::engine
