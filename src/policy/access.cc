// access: paths and environment variables. What is refused here would, as a mount, cover what the
// jail itself puts in place, or show what no program may see.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "policy/readers.h"

namespace pysb::policy {
namespace {

// Kernel interfaces and the guest module's own place.
constexpr std::array<std::string_view, 4> kForbiddenTrees = {"/dev", "/proc", "/sys",
                                                             "/run/py_sandbox"};
constexpr std::array<std::string_view, 3> kForbiddenRoots = {"/", "/tmp", "/workspace"};

bool is_at_or_below(std::string_view path, std::string_view directory) {
  return path.starts_with(directory) &&
         (path.size() == directory.size() || path[directory.size()] == '/');
}

// Without "." and doubled slashes; nothing when it goes up.
std::optional<std::string> normalise(std::string_view path) {
  std::string clean = path.starts_with('/') ? "/" : "";
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, slash);
    path.remove_prefix(std::min(slash + 1, path.size()));
    if (part == "..") {
      return std::nullopt;
    }
    if (!part.empty() && part != ".") {
      clean.append(clean.empty() || clean == "/" ? "" : "/").append(part);
    }
  }
  return clean;
}

struct Refusal {
  std::string_view message;
  std::string_view hint;
};

std::optional<Refusal> refuse(std::string_view path) {
  const auto is = [&](std::string_view root) { return path == root; };
  const auto is_in = [&](std::string_view tree) { return is_at_or_below(path, tree); };
  if (path.empty()) {
    return Refusal{"is the whole directory", "name the files and directories in it"};
  }
  if (path.starts_with('~')) {
    return Refusal{"begins with ~, which nothing expands here", "write the absolute path"};
  }
  if (path.find('\0') != std::string_view::npos) {
    return Refusal{"has a NUL in it", "no file has such a name"};
  }
  if (std::any_of(kForbiddenRoots.begin(), kForbiddenRoots.end(), is)) {
    return Refusal{"would cover the jail's own directory", "name what is below it"};
  }
  if (std::any_of(kForbiddenTrees.begin(), kForbiddenTrees.end(), is_in)) {
    return Refusal{"is never shown to a program", "leave it out"};
  }
  return std::nullopt;
}

std::optional<std::string> clean_path(const std::string& text, yaml::Place place,
                                      const Context& context) {
  const std::string quoted = concat({"\"", escape_line(text, 80), "\" "});
  auto path = normalise(text);
  if (!path) {
    context.complain(place, quoted + "goes up with ..", "write the path without it");
    return std::nullopt;
  }
  if (const auto refusal = refuse(*path)) {
    context.complain(place, quoted + std::string(refusal->message), std::string(refusal->hint));
    return std::nullopt;
  }
  return path;
}

bool is_variable_name(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
         std::all_of(name.begin(), name.end(), fits);
}

void set_variable(const std::string& name, std::string value, Access& access) {
  const auto same = std::find_if(access.env.begin(), access.env.end(),
                                 [&](const auto& variable) { return variable.first == name; });
  if (same == access.env.end()) {
    access.env.emplace_back(name, std::move(value));
  } else {
    same->second = std::move(value);
  }
}

}  // namespace

void add_paths(const yaml::TreeNode& node, std::vector<std::string>& paths, Context& context) {
  for (const auto& [text, place] : read_texts(node, context)) {
    auto path = clean_path(text, place, context);
    if (path && std::find(paths.begin(), paths.end(), *path) == paths.end()) {
      paths.push_back(*std::move(path));
    }
  }
}

void read_environment(const yaml::TreeNode& node, Context& context) {
  if (node.kind != yaml::Kind::kMap) {
    context.complain(node.place, concat({"expected NAME: value, found ", told(node)}),
                     "write {NAME: value}");
    return;
  }
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    const auto& [name, place] = node.keys[i];
    auto value = read_scalar(node.items[i], context);
    if (!is_variable_name(name)) {
      context.complain(place, concat({"\"", escape_line(name, 60), "\" is no variable's name"}),
                       "use letters, digits and _");
    } else if (value && value->find('\0') != std::string::npos) {
      context.complain(node.items[i].place, concat({name, " has a NUL in its value"}));
    } else if (value) {
      set_variable(name, *std::move(value), context.draft.policy.access);
    }
  }
}

}  // namespace pysb::policy
