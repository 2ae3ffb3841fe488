#include "engine/program.h"

#include <unistd.h>

#include <deque>
#include <filesystem>
#include <map>
#include <set>

#include "base/text.h"
#include "engine/file_io.h"

namespace pysb::engine {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxSource =
    8U << 20U;  // one file; the largest of the standard library has 1 MB
constexpr std::size_t kMaxProgram = 16U << 20U;  // all files together
constexpr std::size_t kMaxFiles = 1000;
constexpr int kMaxDepth = 16;  // of packages within packages

std::vector<std::string> with_first(std::string first, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), std::move(first));
  return arguments;
}

bool is_word_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || c == '_' || byte >= 0x80;
}

// Calls `visit` for each identifier-like word of the text, strings and comments included: a module
// may be imported by a name in a string.
template <class Visit>
void for_each_word(std::string_view text, Visit visit) {
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && !is_word_byte(text[at])) {
      ++at;
    }
    const std::size_t start = at;
    while (at < text.size() && is_word_byte(text[at])) {
      ++at;
    }
    if (at > start) {
      visit(text.substr(start, at - start));
    }
  }
}

// Gathers the files of a program from one directory, each once, within bounds.
class Gatherer {
 public:
  explicit Gatherer(fs::path dir) : dir_(std::move(dir)) { list_candidates(); }

  Result<> take_program(std::string name, const std::string& content) {
    candidates_.erase(fs::path(name).stem().string());
    return take(std::move(name), content);
  }

  // Follows the words of what was taken until nothing new turns up.
  Result<> take_modules() {
    while (!unread_.empty()) {
      const std::string content = files_[unread_.front()].content;
      unread_.pop_front();
      std::set<std::string> named;
      for_each_word(content, [&](std::string_view word) {
        if (candidates_.contains(word)) {
          named.emplace(word);
        }
      });
      for (const auto& name : named) {
        PYSB_CHECK(take_candidate(candidates_.extract(name).mapped()));
      }
    }
    return {};
  }

  std::vector<ProgramFile> files() && { return std::move(files_); }

 private:
  void list_candidates() {
    std::error_code failed;
    for (const auto& entry : fs::directory_iterator(dir_, failed)) {
      const fs::path& path = entry.path();
      std::error_code ignored;
      if (path.extension() == ".py" && entry.is_regular_file(ignored)) {
        candidates_.try_emplace(path.stem().string(), path);
      } else if (entry.is_directory(ignored) && fs::exists(path / "__init__.py", ignored)) {
        candidates_[path.filename().string()] = path;  // a package hides a module, as in Python
      }
    }
  }

  Result<> take_candidate(const fs::path& path) {
    std::error_code ignored;
    return fs::is_directory(path, ignored) ? take_package(path, 0) : take_file(path);
  }

  Result<> take_package(const fs::path& package, int depth) {
    std::error_code failed;
    if (depth > kMaxDepth) {
      return too_much();
    }
    for (const auto& entry : fs::directory_iterator(package, failed)) {
      std::error_code ignored;
      if (entry.is_directory(ignored) && !entry.is_symlink(ignored)) {
        PYSB_CHECK(take_package(entry.path(), depth + 1));
      } else if (entry.path().extension() == ".py" && entry.is_regular_file(ignored)) {
        PYSB_CHECK(take_file(entry.path()));
      }
    }
    return {};
  }

  Result<> take_file(const fs::path& path) {
    PYSB_TRY(const std::string content, read_whole_file(path.string(), kMaxSource));
    return take(path.lexically_relative(dir_).string(), content);
  }

  Result<> take(std::string name, const std::string& content) {
    total_ += content.size();
    if (files_.size() >= kMaxFiles || total_ > kMaxProgram) {
      return too_much();
    }
    unread_.push_back(files_.size());
    files_.push_back({std::move(name), content});
    return {};
  }

  Error too_much() const {
    return Error(ErrorKind::kInvalidInput,
                 concat({"the modules beside the program in ", dir_.string(), " are more than ",
                         std::to_string(kMaxFiles), " files or ", std::to_string(kMaxProgram),
                         " bytes"}))
        .remedy("put the program and its modules in a directory of their own");
  }

  fs::path dir_;
  std::map<std::string, fs::path, std::less<>> candidates_;  // by import name
  std::vector<ProgramFile> files_;
  std::deque<std::size_t> unread_;
  std::size_t total_ = 0;
};

}  // namespace

Program program_from_text(std::string_view code, std::vector<std::string> arguments) {
  Program program;
  program.source = code;
  program.name = "<string>";
  program.argv = with_first("-c", std::move(arguments));
  return program;
}

Result<Program> program_from_stream(int fd, std::vector<std::string> arguments) {
  Program program;
  PYSB_TRY(program.source, read_to_end(fd, "the program on standard input", kMaxSource));
  program.name = "<stdin>";
  program.argv = with_first("-", std::move(arguments));
  return program;
}

Result<Program> program_from_file(const std::string& path, std::vector<std::string> arguments) {
  Program program;
  PYSB_TRY(program.source, read_whole_file(path, kMaxSource));
  program.name = path;
  program.argv = with_first(path, std::move(arguments));
  program.is_file = true;
  std::error_code failed;
  const fs::path real = fs::canonical(path, failed);
  if (failed) {
    return Error(ErrorKind::kUnavailable, path + ": " + failed.message());
  }
  Gatherer gatherer(real.parent_path());
  PYSB_CHECK(gatherer.take_program(real.filename().string(), program.source));
  PYSB_CHECK(gatherer.take_modules());
  program.files = std::move(gatherer).files();
  return program;
}

}  // namespace pysb::engine
