// Loading: broken and hostile input gives a diagnostic and nothing worse; the digest; where files
// lie.
#include "policy/load.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/text.h"
#include "policy/problems.h"
#include "policy/to_text.h"

namespace pysb::policy {
namespace {

namespace fs = std::filesystem;

std::string repeated(std::string_view piece, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) {
    text += piece;
  }
  return text;
}

LoadResult load(std::string_view text) { return load_text(text, "p.yaml", ".", PYSB_PRESETS); }

std::string first_problem(std::string_view text) {
  const LoadResult loaded = load(text);
  return loaded.ok() ? "" : to_string(loaded.diagnostics.front());
}

std::string hash_of(std::string_view text) {
  const LoadResult loaded = load(text);
  EXPECT_TRUE(loaded.ok()) << text;
  return digest(loaded.policy);
}

// A directory of its own that goes with the test.
class LoadFiles : public testing::Test {
 protected:
  LoadFiles() {
    std::string pattern = (fs::temp_directory_path() / "pysb-policy-XXXXXX").string();
    directory_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(directory_); }

  std::string write(const std::string& name, std::string_view text) const {
    fs::create_directories((directory_ / name).parent_path());
    std::ofstream(directory_ / name) << text;
    return path(name);
  }
  std::string path(const std::string& name) const { return (directory_ / name).string(); }
  static std::string problem(const std::string& path) {
    const LoadResult loaded = load_file(path, PYSB_PRESETS);
    return loaded.ok() ? "" : to_string(loaded.diagnostics.front());
  }

  fs::path directory_;
};

TEST(LoadText, SaysWhereAndWhat) {
  const LoadResult loaded = load("version: 1\ncalls: {denny: [os.system]}\n");
  ASSERT_EQ(loaded.diagnostics.size(), 1U);
  const Diagnostic& diagnostic = loaded.diagnostics[0];
  EXPECT_EQ(diagnostic.file, "p.yaml");
  EXPECT_EQ(diagnostic.line, 2U);
  EXPECT_EQ(diagnostic.column, 9U);
  EXPECT_EQ(diagnostic.message, "unknown key \"denny\"");
  EXPECT_EQ(diagnostic.hint, "did you mean deny?");
  EXPECT_EQ(to_string(diagnostic), "p.yaml:2:9: unknown key \"denny\"; did you mean deny?");
}

TEST(LoadText, CollectsManyProblemsButNotThousands) {
  const LoadResult loaded = load("version: 1\n" + repeated("calls: {}\n", 5000));
  EXPECT_EQ(loaded.diagnostics.size(), kMaxDiagnostics + 1);
}

TEST(LoadText, RefusesWhatNoPolicyIs) {
  EXPECT_EQ(first_problem(std::string("version: 1\nname: a\0b", 20)),
            "p.yaml:2:8: there is a NUL byte here; policies are UTF-8 text");
  EXPECT_EQ(first_problem("version: 1 # " + std::string(1U << 20U, 'x')),
            "p.yaml: the file is larger than 1 MiB; a policy is a short file");
  EXPECT_EQ(first_problem("version: 1\nimports: {deny: [" + repeated("a,", 25'000) + "]}\n"),
            "p.yaml:2:40004: this is more than 20000 values; a policy is a short file");
  EXPECT_EQ(first_problem("a: " + repeated("[", 1000) + repeated("]", 1000)),
            "p.yaml:1:19: this is nested more than 16 deep");
}

// libyaml reads these to their end or gives up; whatever it does, there is an answer.
TEST(LoadText, GivesEveryHostileTextAnAnswer) {
  const std::vector<std::string> hostile = {
      repeated("{", 300'000),
      repeated("- ", 300'000),
      repeated("? ", 300'000),
      repeated("? a\n: ", 50'000),
      repeated("a: ", 50'000),
      repeated("!", 100'000),
      "&" + repeated("a", 500'000),
      "*x",
      "%YAML 99.0\n---\nversion: 1",
      "%TAG ! tag:x:\n---\n!a version: 1",
      "\"" + repeated("\\x41", 100'000),
      "\"\\uD800\"",
      "\"\\U0011FFFF\"",
      "'" + repeated("''", 200'000),
      "|" + repeated("\n ", 200'000),
      ">-99\n x",
      repeated("#", 500'000),
      repeated("\n", 500'000),
      repeated(" ", 500'000) + "x: 1",
      repeated("x", 500'000) + ": 1",
      "[" + repeated("a: b, ", 10'000) + "]",
      "{" + repeated("a, ", 10'000) + "}",
      "\xEF\xBB\xBF",
      "\xFF\xFEv",
      "version: 1\nextends: \"\\0\"",
      "version: 1\nextends: [\"a\\0/b\", \"./\\0\"]",
  };
  for (const auto& text : hostile) {
    EXPECT_FALSE(load(text).ok()) << text.substr(0, 40);
  }
}

TEST(LoadText, DigestsWhatThePolicyMeans) {
  const std::string base = hash_of("version: 1\ncalls: {deny: [os.system, os.popen]}\n");
  EXPECT_TRUE(base.starts_with("sha256:"));
  EXPECT_EQ(hash_of("{version: 1, name: x, calls: {deny: [{name: [os.popen, os.system]}]}}"), base);
  for (const char* other :
       {"version: 1", "version: 1\ncalls: {deny: [os.system, os.popen, eval]}",
        "version: 1\ncalls: {deny: [os.system, {name: os.popen, action: block}]}"}) {
    EXPECT_NE(hash_of(other), base);
  }
}

TEST(LoadText, DigestsEverySetting) {
  std::vector<std::string> seen{hash_of("version: 1")};
  for (const char* setting :
       {"limits: {wall: 1s}", "limits: {ceiling: {wall: 10s}}", "access: {read: [a]}",
        "access: {write: [a]}", "access: {env: {A: b}}", "access: {env: {A: c}}",
        "isolation: {minimum: seccomp}", "python: {interpreter: python3}", "python: {packages: []}",
        "layers: {static: false}", "layers: {interpreter: false}", "defaults: {action: block}",
        "alerts: {sinks: {a: {type: file, path: b}}}", "names: {deny: [x]}",
        "attributes: {deny: [x]}", "imports: {deny: [x]}", "imports: {allow: [x]}",
        "calls: {deny: [{name: x, message: m}]}"}) {
    const std::string hash = hash_of(std::string("version: 1\n") + setting);
    EXPECT_EQ(std::count(seen.begin(), seen.end(), hash), 0) << setting;
    seen.push_back(hash);
  }
}

TEST_F(LoadFiles, FindBasesRelativeToTheFileThatNamesThem) {
  write("base/first.yaml", "version: 1\nextends: second.yaml\nlimits: {wall: 1s}\n");
  write("base/second.yaml", "version: 1\nlimits: {wall: 2s, cpu: 3s}\n");
  const std::string top = write("top.yaml", "version: 1\nextends: ./base/first.yaml\n");
  const LoadResult loaded = load_file(top, PYSB_PRESETS);
  ASSERT_TRUE(loaded.ok()) << to_string(loaded.diagnostics.front());
  EXPECT_EQ(loaded.policy.origin, top);
  EXPECT_EQ(loaded.policy.limits.wall.count(), 1000);
  EXPECT_EQ(loaded.policy.limits.cpu.count(), 3000);
}

TEST_F(LoadFiles, SeeThroughLinksThatGoInACircle) {
  write("a.yaml", "version: 1\nextends: ./link.yaml\n");
  fs::create_symlink(directory_ / "a.yaml", directory_ / "link.yaml");
  EXPECT_NE(problem(path("a.yaml")).find("extends itself"), std::string::npos);
}

TEST_F(LoadFiles, BoundTheLengthAndTheNumberOfBases) {
  std::string all = "version: 1\nextends: [";
  for (int i = 0; i < 100; ++i) {
    const std::string number = std::to_string(i);
    const std::string next = concat({"./n", std::to_string(i + 1), ".yaml"});
    write(concat({"n", number, ".yaml"}), concat({"version: 1\nextends: ", next, "\n"}));
    all += write(concat({"wide", number, ".yaml"}), "version: 1\n");
    all += ", ";
  }
  EXPECT_NE(problem(path("n0.yaml")).find("16 files deep"), std::string::npos);
  EXPECT_NE(problem(write("all.yaml", all + "]\n")).find("64 files"), std::string::npos);
}

// Each file pulls in the next twice; read once each, it is 15 files and not 2^15.
TEST_F(LoadFiles, AreReadOnceHoweverOftenTheyAreNamed) {
  for (int i = 0; i < 14; ++i) {
    const std::string next = concat({"./d", std::to_string(i + 1), ".yaml"});
    write(concat({"d", std::to_string(i), ".yaml"}),
          concat({"version: 1\nextends: [", next, ", ", next, "]\n"}));
  }
  write("d14.yaml", "version: 1\ncalls: {deny: [eval]}\n");
  const LoadResult loaded = load_file(path("d0.yaml"), PYSB_PRESETS);
  ASSERT_TRUE(loaded.ok()) << to_string(loaded.diagnostics.front());
  EXPECT_NE(loaded.policy.rules.calls.denied("eval"), nullptr);
}

TEST_F(LoadFiles, ThatAreNoFilesAreRefusedWithoutWaiting) {
  const std::string pipe = path("pipe.yaml");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(problem(pipe), pipe + ": " + pipe + " is no regular file");
  EXPECT_EQ(problem(directory_.string()),
            directory_.string() + ": " + directory_.string() + " is a directory");
  EXPECT_EQ(problem(path("gone.yaml")),
            path("gone.yaml") + ": open(" + path("gone.yaml") + "): No such file or directory");
  EXPECT_NE(problem("/dev/zero"), "");
}

TEST_F(LoadFiles, OfMoreThanAMebibyteAreRefused) {
  const std::string large = write("large.yaml", std::string((1U << 20U) + 1, '#'));
  EXPECT_EQ(problem(large), large + ": the file is larger than 1 MiB; a policy is a short file");
}

TEST_F(LoadFiles, FromAnEmptyPresetDirectorySaySo) {
  const LoadResult loaded = load_preset("default", path("nowhere"));
  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(to_string(loaded.diagnostics[0]),
            "default: there is no such preset and no such file; there are no presets in " +
                path("nowhere"));
}

TEST(LoadPreset, NamesTheNearestOne) {
  for (const auto& [name, hint] : std::vector<std::pair<std::string, std::string>>{
           {"defualt", "did you mean default?"},
           {"strct", "did you mean strict?"},
           {"", "there are data-science, default, judge, strict"},
           {"../policies/default", "did you mean default?"}}) {
    const LoadResult loaded = load_preset(name, PYSB_PRESETS);
    ASSERT_FALSE(loaded.ok()) << name;
    EXPECT_NE(to_string(loaded.diagnostics[0]).find("there is no such preset"), std::string::npos);
    if (name.find('/') == std::string::npos) {
      EXPECT_EQ(loaded.diagnostics[0].hint, hint);
    }
  }
}

}  // namespace
}  // namespace pysb::policy
