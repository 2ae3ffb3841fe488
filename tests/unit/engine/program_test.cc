// Which files go into the jail with a program.
#include "engine/program.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace pysb::engine {
namespace {

namespace fs = std::filesystem;

class ProgramFiles : public ::testing::Test {
 public:
  ~ProgramFiles() override { fs::remove_all(dir_); }

 protected:
  ProgramFiles() {
    std::string path = (fs::temp_directory_path() / "pysb-program-XXXXXX").string();
    dir_ = ::mkdtemp(path.data());
  }

  std::string write(const std::string& name, const std::string& content) {
    fs::create_directories((dir_ / name).parent_path());
    std::ofstream(dir_ / name) << content;
    return (dir_ / name).string();
  }

  static std::vector<std::string> names(const Program& program) {
    std::vector<std::string> all;
    for (const auto& file : program.files) {
      all.push_back(file.name);
    }
    std::sort(all.begin(), all.end());
    return all;
  }

  fs::path dir_;
};

using Names = std::vector<std::string>;

TEST_F(ProgramFiles, TakesWhatCouldBeImportedAndNothingElse) {
  const std::string main = write("main.py", "import helper\n");
  write("helper.py", "from deeper import x\n");
  write("deeper.py", "x = 1\n");
  write("secret.py", "password = 'hunter2'\n");
  write("data.csv", "helper\n");
  const auto program = program_from_file(main, {"a"});
  ASSERT_TRUE(program);
  EXPECT_EQ(names(*program), (Names{"deeper.py", "helper.py", "main.py"}));
  EXPECT_EQ(program->argv, (Names{main, "a"}));
}

TEST_F(ProgramFiles, TakesAWholePackage) {
  const std::string main =
      write("main.py", "import importlib\nm = importlib.import_module('pkg.a')\n");
  write("pkg/__init__.py", "");
  write("pkg/a.py", "");
  write("pkg/sub/__init__.py", "");
  write("pkg/notes.txt", "");
  const auto program = program_from_file(main, {});
  ASSERT_TRUE(program);
  EXPECT_EQ(names(*program),
            (Names{"main.py", "pkg/__init__.py", "pkg/a.py", "pkg/sub/__init__.py"}));
}

TEST_F(ProgramFiles, WaitsForNoFifo) {
  const std::string main = write("main.py", "import pipe\n");
  ASSERT_EQ(::mkfifo((dir_ / "pipe.py").c_str(), 0600), 0);
  const auto program = program_from_file(main, {});
  ASSERT_TRUE(program);
  EXPECT_EQ(names(*program), (Names{"main.py"}));
}

TEST_F(ProgramFiles, RefusesADirectoryAndAMissingFile) {
  EXPECT_FALSE(program_from_file(dir_.string(), {}));
  const auto missing = program_from_file((dir_ / "no.py").string(), {});
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().to_string().find("no.py"), std::string::npos);
}

TEST_F(ProgramFiles, RefusesMoreThanItsBounds) {
  const std::string main = write("main.py", "import pkg\n");
  write("pkg/__init__.py", "");
  for (int i = 0; i < 1001; ++i) {
    write("pkg/m" + std::to_string(i) + ".py", "");
  }
  const auto program = program_from_file(main, {});
  ASSERT_FALSE(program);
  EXPECT_FALSE(program.error().remedy().empty());
}

TEST(ProgramText, LooksLikePythonDashC) {
  const Program program = program_from_text("print(1)", {"x"});
  EXPECT_EQ(program.name, "<string>");
  EXPECT_EQ(program.argv, (Names{"-c", "x"}));
}

}  // namespace
}  // namespace pysb::engine
