// How an interpreter appears in the jail: under its own names, and nothing beside it.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>

#include "base/text.h"
#include "engine/interpreter.h"
#include "policy/rules/name_pattern.h"

namespace pysb::engine {
namespace {

namespace fs = std::filesystem;

bool is_below(std::string_view path, std::string_view dir) {
  return path.starts_with(dir) && (path.size() == dir.size() || path[dir.size()] == '/');
}

bool is_directory(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

// Collects what to bind; a path below one that is there already adds nothing.
class View {
 public:
  explicit View(jail::Need& need) : need_(need) {}

  void add(const std::string& path) {
    const bool shown = std::any_of(paths_.begin(), paths_.end(),
                                   [&](const std::string& dir) { return is_below(path, dir); });
    if (!shown) {
      paths_.insert(path);
      need_.binds.push_back({.source = path, .target = path, .optional = true});
    }
  }
  void link(const std::string& target, const std::string& path) {
    need_.links.push_back({.target = target, .path = path});
  }

 private:
  jail::Need& need_;
  std::set<std::string> paths_;
};

// The directories that the loader searches on its own; libraries elsewhere are shown one by one.
bool is_system_library_dir(std::string_view dir) {
  static constexpr std::array<std::string_view, 6> kParents = {
      "/usr/lib", "/lib", "/usr/lib64", "/lib64", "/usr/local/lib", ""};
  const std::string_view base = dir.substr(dir.rfind('/') + 1);
  const std::string_view parent = dir.substr(0, dir.size() - base.size() - 1);
  const bool multiarch = base.ends_with("-linux-gnu");
  return dir == "/usr/lib64" || dir == "/lib64" ||
         (multiarch && std::find(kParents.begin(), kParents.end(), parent) != kParents.end());
}

void show_libraries(const Interpreter& interpreter, View& view) {
  for (const auto& library : interpreter.libraries) {
    const std::string dir = fs::path(library).parent_path().string();
    view.add(is_system_library_dir(dir) ? dir : library);
  }
}

// The program loader and the names under which libraries ask for one another.
void show_loader(View& view) {
  std::error_code failed;
  if (fs::is_symlink("/lib", failed)) {
    view.link(fs::read_symlink("/lib", failed).string(), "/lib");
  }
  constexpr const char* kLoader = "/lib64/ld-linux-x86-64.so.2";
  const fs::path real = fs::canonical(kLoader, failed);
  if (!failed && real != kLoader) {
    view.link(real.string(), kLoader);
  }
  view.add("/etc/ld.so.cache");
  view.add("/etc/alternatives");  // Debian's libblas.so.3 and its like go through here
  view.add("/usr/share/zoneinfo");
}

// "numpy" of "numpy", "numpy.libs", "numpy-1.24.2.dist-info", "six.py".
std::string import_name(const std::string& file_name) {
  return file_name.substr(0, file_name.find_first_of(".-"));
}

bool is_chosen(const std::string& file_name, const std::vector<policy::NamePattern>& patterns) {
  const std::string name = import_name(file_name);
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const policy::NamePattern& pattern) { return pattern.matches(name); });
}

std::vector<policy::NamePattern> parse_all(const std::vector<std::string>& packages) {
  std::vector<policy::NamePattern> patterns;
  for (const auto& package : packages) {
    if (auto pattern = policy::NamePattern::parse(package)) {
      patterns.push_back(*std::move(pattern));
    }
  }
  return patterns;
}

void show_packages(const std::string& dir, const std::vector<policy::NamePattern>& patterns,
                   View& view) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(dir, ignored)) {
    if (is_chosen(entry.path().filename().string(), patterns)) {
      view.add(entry.path().string());
    }
  }
}

bool holds(const std::string& dir, const std::vector<std::string>& paths) {
  return std::any_of(paths.begin(), paths.end(),
                     [&](const std::string& path) { return path != dir && is_below(path, dir); });
}

// A standard library may hold the packages (pyenv: lib/python3.11/site-packages). Where not all
// packages may be seen it is shown piece by piece, without them.
void show_stdlib(const std::string& dir, const Interpreter& interpreter, bool all_packages,
                 View& view) {
  const std::string dynload = dir + "/lib-dynload";
  std::vector<std::string> packages = interpreter.sys_path;
  std::erase(packages, dynload);
  if (all_packages || !holds(dir, packages)) {
    view.add(dir);
    return;
  }
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(dir, ignored)) {
    const std::string path = entry.path().string();
    if (std::find(packages.begin(), packages.end(), path) == packages.end()) {
      view.add(path);
    }
  }
}

bool is_stdlib(const Interpreter& interpreter, const std::string& dir) {
  const std::string dynload = "/lib-dynload";
  return std::any_of(interpreter.stdlib.begin(), interpreter.stdlib.end(),
                     [&](const std::string& lib) { return dir == lib || dir == lib + dynload; });
}

}  // namespace

void expose_interpreter(const Interpreter& interpreter, const std::vector<std::string>& packages,
                        jail::Need& need) {
  View view(need);
  view.add(interpreter.real_executable);
  if (interpreter.executable != interpreter.real_executable) {
    view.link(interpreter.real_executable, interpreter.executable);
  }
  if (!interpreter.venv_config.empty()) {
    view.add(interpreter.venv_config);
  }
  const auto patterns = parse_all(packages);
  const bool all = std::any_of(patterns.begin(), patterns.end(),
                               [](const auto& pattern) { return pattern.matches_everything(); });
  for (const auto& dir : interpreter.stdlib) {
    show_stdlib(dir, interpreter, all, view);
  }
  for (const auto& entry : interpreter.sys_path) {
    if (is_stdlib(interpreter, entry)) {
      continue;
    }
    if (!all && is_directory(entry)) {
      show_packages(entry, patterns, view);
    } else {
      view.add(entry);
    }
  }
  show_libraries(interpreter, view);
  show_loader(view);
}

}  // namespace pysb::engine
