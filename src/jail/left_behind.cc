#include "jail/left_behind.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "base/unique_fd.h"

namespace pysb::jail {
namespace {

constexpr const char* kDir = "/workspace";
constexpr std::size_t kMaxDepth = 64;
// A program may have made as many files as its limit; more is not looked at.
constexpr std::uint64_t kBeyondLimit = 16;

struct CloseDir {
  void operator()(DIR* dir) const { ::closedir(dir); }
};

bool is_known(const Plan& plan, const std::string& path) {
  const std::string full = std::string(kDir) + "/" + path;
  const auto named = [&](const auto& list, auto member) {
    return std::any_of(list.begin(), list.end(),
                       [&](const auto& item) { return item.*member == full; });
  };
  return named(plan.files, &File::path) || named(plan.binds, &Bind::target);
}

class Walk {
 public:
  Walk(const Plan& plan, Ended& ended) : plan_(plan), ended_(ended) {}

  void into(int parent, const std::string& name, const std::string& prefix, std::size_t depth) {
    UniqueFd fd(::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!fd) {
      return;
    }
    const std::unique_ptr<DIR, CloseDir> dir(::fdopendir(fd.release()));
    while (const dirent* entry = dir ? ::readdir(dir.get()) : nullptr) {
      const std::string child = entry->d_name;
      if (child == "." || child == ".." || ++seen_ > plan_.max_files + kBeyondLimit) {
        continue;
      }
      if (is_known(plan_, prefix + child)) {
        continue;
      }
      if (entry->d_type == DT_DIR && depth < kMaxDepth) {
        into(::dirfd(dir.get()), child, prefix + child + "/", depth + 1);
      } else {
        note(prefix + child);
      }
    }
  }

 private:
  void note(const std::string& path) {
    ++ended_.left_behind_total;
    if (ended_.left_behind.size() < kMaxLeftBehind) {
      ended_.left_behind.push_back(path);
    }
  }

  const Plan& plan_;
  Ended& ended_;
  std::uint64_t seen_ = 0;
};

}  // namespace

void look_for_left_behind(const Plan& plan, Ended& ended) {
  Walk(plan, ended).into(AT_FDCWD, kDir, "", 0);
  std::sort(ended.left_behind.begin(), ended.left_behind.end());
}

}  // namespace pysb::jail
