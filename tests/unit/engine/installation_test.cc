// Finding the parts of an installation in every layout that pip makes.
#include "engine/installation.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace pysb::engine {
namespace {

namespace fs = std::filesystem;

TEST(ScriptInterpreter, IsInTheFirstLine) {
  EXPECT_EQ(interpreter_of_script("#!/opt/x/bin/python3\nimport sys\n"), "/opt/x/bin/python3");
  EXPECT_EQ(interpreter_of_script("#!\"/opt/with space/python\"\n"), "/opt/with space/python");
  EXPECT_EQ(
      interpreter_of_script("#!/bin/sh\n'''exec' \"/very long/python\" \"$0\" \"$@\"\n' '''\n"),
      "/very long/python");
  EXPECT_EQ(interpreter_of_script("#!/bin/sh\n'''exec' /long/python \"$0\" \"$@\"\n' '''\n"),
            "/long/python");
  EXPECT_EQ(interpreter_of_script("no script"), "");
  EXPECT_EQ(interpreter_of_script("#!/bin/sh\necho\n"), "");
}

class Layout : public ::testing::TestWithParam<const char*> {
 public:
  ~Layout() override { fs::remove_all(prefix_); }

 protected:
  Layout() {
    std::string path = (fs::temp_directory_path() / "pysb-layout-XXXXXX").string();
    prefix_ = ::mkdtemp(path.data());
  }
  void write(const fs::path& path, const std::string& content) {
    fs::create_directories(path.parent_path());
    std::ofstream(path) << content;
  }
  fs::path prefix_;
};

TEST_P(Layout, IsFoundFromTheBinary) {
  const fs::path package = prefix_ / "lib" / GetParam() / "py_sandbox";
  write(package / "_guest.abi3.so", "");
  write(prefix_ / "bin" / "py-sandbox-python", "#!/usr/bin/python3\n");
  const auto found = find_installation((prefix_ / "bin" / "py_sandbox").string());
  ASSERT_TRUE(found) << found.error().to_string();
  EXPECT_EQ(found->guest_module, (package / "_guest.abi3.so").string());
  EXPECT_EQ(found->preset_dir, (package / "policies").string());
  EXPECT_EQ(found->interpreter, "/usr/bin/python3");
}

INSTANTIATE_TEST_SUITE_P(All, Layout,
                         ::testing::Values("python3.11/site-packages", "python3.13/site-packages",
                                           "python3.11/dist-packages", "python3/dist-packages"));

TEST_F(Layout, AMissingPackageNamesThePlaces) {
  const auto found = find_installation((prefix_ / "bin" / "py_sandbox").string());
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().to_string().find(prefix_.string()), std::string::npos);
  EXPECT_FALSE(found.error().remedy().empty());
}

}  // namespace
}  // namespace pysb::engine
