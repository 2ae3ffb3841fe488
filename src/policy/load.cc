#include "policy/load.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "base/text.h"
#include "base/unique_fd.h"
#include "policy/file.h"
#include "policy/limits.h"

namespace pysb::policy {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxChain = 16;  // files on the way from the policy to its furthest base
constexpr std::size_t kMaxFiles = 64;

Result<std::string> read_all(int fd, const std::string& path) {
  std::string text;
  char buffer[16 * 1024];
  while (text.size() <= yaml::kMaxBytes) {
    const ssize_t got = ::read(fd, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return Error::from_errno("read", path);
    }
    if (got == 0) {
      break;
    }
    text.append(buffer, static_cast<std::size_t>(got));
  }
  return text;
}

// Waits for nothing: O_NONBLOCK opens a FIFO without a writer, and then it is refused.
Result<std::string> read_file(const std::string& path) {
  const UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!fd) {
    return Error::from_errno("open", path);
  }
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) {
    return Error::from_errno("fstat", path);
  }
  if (!S_ISREG(status.st_mode)) {
    return Error(
        ErrorKind::kInvalidInput,
        concat({path, S_ISDIR(status.st_mode) ? " is a directory" : " is no regular file"}));
  }
  return read_all(fd.get(), path);
}

bool is_path(std::string_view text) {
  return text.find('/') != std::string_view::npos || text.ends_with(".yaml") ||
         text.ends_with(".yml");
}

std::string directory_of(const std::string& path) { return fs::path(path).parent_path().string(); }

// A file of the chain, before it is read.
struct Source {
  std::string shown;  // as messages name it
  std::string path;   // "" for text that came without a file
};

// Follows `extends` from the policy to its bases and reads them into one draft, bases first.
class Chain {
 public:
  explicit Chain(std::string_view preset_dir) : preset_dir_(preset_dir) {
    draft_.policy.ceiling = highest_limits();
  }

  void take_file(const Source& source, yaml::Place place, Problems& asked_by);
  void take_text(const std::string& shown, std::string_view text, const std::string& base_dir);
  Problems problems_of(const std::string& file) { return {file, result_.diagnostics}; }
  std::string preset_path(std::string_view name) const {
    return concat({preset_dir_, "/", name, ".yaml"});
  }
  std::string suggest_preset(std::string_view name) const;
  LoadResult finish(std::string origin);

 private:
  bool is_taken(const std::string& identity, yaml::Place place, Problems& asked_by);
  void follow(const yaml::TreeNode& extends, const std::string& base_dir, Problems& problems);
  void follow_one(const yaml::TreeNode& entry, const std::string& base_dir, Problems& problems);
  Source source_of(const std::string& text, const std::string& base_dir) const;

  std::string preset_dir_;
  Draft draft_;
  LoadResult result_;
  std::uint32_t layers_ = 0;
  std::vector<std::string> open_;  // identities of the files whose bases are being read
  std::vector<std::string> done_;
};

std::string Chain::suggest_preset(std::string_view name) const {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(preset_dir_, ignored)) {
    if (entry.path().extension() == ".yaml") {
      names.push_back(entry.path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  if (names.empty()) {
    return concat({"there are no presets in ", preset_dir_});
  }
  return suggestion(name, {names.begin(), names.end()});
}

// True when the file needs no reading (any more): it was read before, or it may not be.
bool Chain::is_taken(const std::string& identity, yaml::Place place, Problems& asked_by) {
  if (std::find(open_.begin(), open_.end(), identity) != open_.end()) {
    asked_by.add(place, "extends: this file extends itself, here or through others",
                 "take one of them out of the circle");
    return true;
  }
  if (open_.size() >= kMaxChain || done_.size() >= kMaxFiles) {
    asked_by.add(place, "extends: more than 16 files deep or 64 files altogether", "join some");
    return true;
  }
  return std::find(done_.begin(), done_.end(), identity) != done_.end();
}

void Chain::take_file(const Source& source, yaml::Place place, Problems& asked_by) {
  std::error_code ignored;
  const std::string identity = fs::weakly_canonical(source.path, ignored).string();
  if (is_taken(identity, place, asked_by)) {
    return;
  }
  const auto text = read_file(source.path);
  if (!text) {
    asked_by.add(place, concat({place.line > 0 ? "extends: " : "", text.error().to_string()}));
    return;
  }
  open_.push_back(identity);
  take_text(source.shown, *text, directory_of(source.path));
  open_.pop_back();
  done_.push_back(identity);
}

void Chain::take_text(const std::string& shown, std::string_view text,
                      const std::string& base_dir) {
  Problems problems = problems_of(shown);
  yaml::Document document = yaml::parse(text);
  for (auto& problem : document.problems) {
    problems.add(problem.place, std::move(problem.message), std::move(problem.hint));
  }
  if (document.root.kind != yaml::Kind::kMap && !document.problems.empty()) {
    return;
  }
  const yaml::TreeNode& root = document.root;
  for (std::size_t i = 0; i < root.keys.size(); ++i) {
    if (root.keys[i].text == "extends") {
      follow(root.items[i], base_dir, problems);
    }
  }
  read_file_keys(root, draft_, layers_++, problems);
}

void Chain::follow(const yaml::TreeNode& extends, const std::string& base_dir, Problems& problems) {
  if (extends.kind == yaml::Kind::kList) {
    for (const auto& entry : extends.items) {
      follow_one(entry, base_dir, problems);
    }
  } else {
    follow_one(extends, base_dir, problems);
  }
}

void Chain::follow_one(const yaml::TreeNode& entry, const std::string& base_dir,
                       Problems& problems) {
  if (entry.kind != yaml::Kind::kScalar || entry.is_null()) {
    problems.add(entry.place, concat({"extends: expected a preset or a path, found ", told(entry)}),
                 "write extends: default");
    return;
  }
  const Source source = source_of(entry.text, base_dir);
  std::error_code ignored;
  if (!is_path(entry.text) && !fs::exists(source.path, ignored)) {
    problems.add(
        entry.place, concat({"extends: there is no preset ", told(entry)}),
        concat({suggest_preset(entry.text), " (a file is named by its path: ./base.yaml)"}));
    return;
  }
  take_file(source, entry.place, problems);
}

Source Chain::source_of(const std::string& text, const std::string& base_dir) const {
  if (!is_path(text)) {
    return {text, preset_path(text)};
  }
  const std::string path = (fs::path(base_dir) / text).lexically_normal().string();
  return {path, path};
}

// Within each file in the order of its lines, whatever was looked at first.
void sort_by_place(std::vector<Diagnostic>& diagnostics) {
  const auto earlier = [](const Diagnostic& a, const Diagnostic& b) {
    return a.line != b.line ? a.line < b.line : a.column < b.column;
  };
  for (auto first = diagnostics.begin(); first != diagnostics.end();) {
    const auto last = std::find_if(first, diagnostics.end(),
                                   [&](const Diagnostic& one) { return one.file != first->file; });
    std::stable_sort(first, last, earlier);
    first = last;
  }
}

LoadResult Chain::finish(std::string origin) {
  check_whole(draft_, result_.diagnostics);
  sort_by_place(result_.diagnostics);
  if (result_.ok()) {
    result_.policy = policy::finish(std::move(draft_));
    result_.policy.origin = std::move(origin);
  }
  return std::move(result_);
}

}  // namespace

LoadResult load_file(std::string_view path, std::string_view preset_dir) {
  Chain chain(preset_dir);
  Problems problems = chain.problems_of(escape_line(path));
  chain.take_file({escape_line(path), std::string(path)}, {}, problems);
  return chain.finish(std::string(path));
}

LoadResult load_preset(std::string_view name, std::string_view preset_dir) {
  Chain chain(preset_dir);
  Problems problems = chain.problems_of(escape_line(name));
  const std::string path = chain.preset_path(name);
  std::error_code ignored;
  if (is_path(name) || name.empty() || !fs::exists(path, ignored)) {
    problems.add({}, "there is no such preset and no such file", chain.suggest_preset(name));
  } else {
    chain.take_file({escape_line(name), path}, {}, problems);
  }
  return chain.finish(std::string(name));
}

LoadResult load_text(std::string_view yaml, std::string_view name, std::string_view base_dir,
                     std::string_view preset_dir) {
  Chain chain(preset_dir);
  chain.take_text(escape_line(name), yaml, std::string(base_dir));
  return chain.finish(std::string(name));
}

}  // namespace pysb::policy
