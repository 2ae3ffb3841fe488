#include "engine/interpreter_cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "base/unique_fd.h"
#include "engine/file_io.h"

namespace pysb::engine {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t kMaxBytes = 1U << 20U;
constexpr int kFormat = 1;

std::optional<fs::path> cache_dir() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && *cache == '/') {
    return fs::path(cache) / "py_sandbox";
  }
  const char* home = std::getenv("HOME");
  if (home != nullptr && *home == '/') {
    return fs::path(home) / ".cache" / "py_sandbox";
  }
  return std::nullopt;
}

// FNV-1a: a file name only, the path inside the file is what is compared.
std::string file_name_for(std::string_view executable) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : executable) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  }
  return "interpreter-" + std::to_string(hash) + ".json";
}

bool only_we_can_write(const struct stat& info) {
  return info.st_uid == ::geteuid() && (info.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

bool is_trustworthy(const fs::path& file) {
  struct stat of_file {};
  struct stat of_dir {};
  return ::lstat(file.c_str(), &of_file) == 0 && S_ISREG(of_file.st_mode) &&
         only_we_can_write(of_file) && ::stat(file.parent_path().c_str(), &of_dir) == 0 &&
         only_we_can_write(of_dir);
}

// Changes whenever a file is replaced or a directory gains or loses an entry.
std::string stamp_of(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) {
    return "absent";
  }
  return std::to_string(info.st_ino) + ":" + std::to_string(info.st_mtim.tv_sec) + "." +
         std::to_string(info.st_mtim.tv_nsec);
}

json stamps_for(std::string_view executable, const json& description) {
  json stamps = json::object();
  const auto add = [&](const std::string& path) { stamps[path] = stamp_of(path); };
  add(std::string(executable));
  add(description.at("real_executable").get<std::string>());
  for (const auto& dir : description.at("sys_path")) {
    add(dir.get<std::string>());
  }
  if (const auto config = description.at("venv_config").get<std::string>(); !config.empty()) {
    add(config);
  }
  return stamps;
}

}  // namespace

std::optional<json> load_description(std::string_view executable) {
  const auto dir = cache_dir();
  if (!dir || !is_trustworthy(*dir / file_name_for(executable))) {
    return std::nullopt;
  }
  const auto text = read_whole_file((*dir / file_name_for(executable)).string(), kMaxBytes);
  if (!text) {
    return std::nullopt;
  }
  const json entry = json::parse(*text, nullptr, /*allow_exceptions=*/false);
  try {
    if (entry.at("format") != kFormat || entry.at("executable") != executable) {
      return std::nullopt;
    }
    for (const auto& [path, stamp] : entry.at("stamps").items()) {
      if (stamp_of(path) != stamp) {
        return std::nullopt;
      }
    }
    return entry.at("description");
  } catch (const json::exception&) {
    return std::nullopt;
  }
}

void store_description(std::string_view executable, const json& description) {
  const auto dir = cache_dir();
  if (!dir) {
    return;
  }
  std::error_code failed;
  fs::create_directories(*dir, failed);
  if (failed) {
    return;
  }
  const json entry = {{"format", kFormat},
                      {"executable", executable},
                      {"stamps", stamps_for(executable, description)},
                      {"description", description}};
  if (auto stored = replace_file((*dir / file_name_for(executable)).string(), entry.dump());
      !stored) {
    return;
  }
}

}  // namespace pysb::engine
