// How findings look to people and machines, whatever text they carry.
#include "alerts/alerts.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "alerts/console.h"
#include "alerts/event.h"

namespace pysb::alerts {
namespace {

namespace fs = std::filesystem;

protocol::Finding sample() {
  protocol::Finding finding;
  finding.rule = "call.denied";
  finding.subject = "os.system";
  finding.message = "os.system runs a command";
  finding.file = "prog.py";
  finding.line = 3;
  finding.column = 1;
  finding.source = "    os.system(\"id\")";
  return finding;
}

TEST(ConsoleLine, HasRulePlaceSubjectDeedAndSource) {
  EXPECT_EQ(console_line(sample(), false),
            "py_sandbox: prog.py:3:1: call.denied: os.system removed | os.system(\"id\")");
}

TEST(ConsoleLine, HasColoursOnlyWhenAsked) {
  EXPECT_EQ(console_line(sample(), false).find('\x1b'), std::string::npos);
  EXPECT_NE(console_line(sample(), true).find("\x1b["), std::string::npos);
}

TEST(ConsoleLine, AKernelFindingHasNoPlace) {
  protocol::Finding finding;
  finding.rule = "syscall.denied";
  finding.subject = "ptrace";
  finding.layer = protocol::Layer::kKernel;
  finding.message = "the program tried to trace another process";
  EXPECT_EQ(console_line(finding, false),
            "py_sandbox: syscall.denied: ptrace refused by the kernel: the program tried to trace "
            "another process");
}

TEST(ConsoleLine, HostileTextStaysOnOneLineAndDrivesNothing) {
  protocol::Finding finding = sample();
  finding.source = "x\n\x1b]0;t\x07\xff\xe2\x80\xae";
  finding.file = "a\rb.py";
  const std::string line = console_line(finding, false);
  for (const char c : line) {
    EXPECT_GE(static_cast<unsigned char>(c), 0x20);
  }
  EXPECT_NE(line.find("\\x1b]0;t\\x07\\xff\\u202e"), std::string::npos) << line;
}

TEST(EventLine, IsOneJsonObjectWithRunAndTime) {
  using namespace std::chrono_literals;
  const auto time = std::chrono::system_clock::time_point(1'700'000'000'042ms);
  protocol::Finding finding = sample();
  finding.source = "bad \xff\n";
  const std::string line = event_line(finding, "abc", time);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const auto event = nlohmann::json::parse(line);
  EXPECT_EQ(event["time"], "2023-11-14T22:13:20.042Z");
  EXPECT_EQ(event["run_id"], "abc");
  EXPECT_EQ(event["finding"]["rule"], "call.denied");
}

class Sinks : public ::testing::Test {
 public:
  ~Sinks() override { fs::remove_all(dir_); }

 protected:
  Sinks() {
    std::string path = (fs::temp_directory_path() / "pysb-sinks-XXXXXX").string();
    dir_ = ::mkdtemp(path.data());
  }
  fs::path dir_;
};

TEST_F(Sinks, EachFindingIsOneLineInEachFile) {
  auto alerts = Alerts::open({{"a", dir_ / "a.jsonl"}, {"b", dir_ / "b.jsonl"}}, "run");
  ASSERT_TRUE(alerts) << alerts.error().to_string();
  alerts->tell(sample());
  alerts->tell(sample());
  for (const char* name : {"a.jsonl", "b.jsonl"}) {
    std::ifstream file(dir_ / name);
    std::string line;
    int lines = 0;
    while (std::getline(file, line)) {
      EXPECT_EQ(nlohmann::json::parse(line)["run_id"], "run");
      ++lines;
    }
    EXPECT_EQ(lines, 2);
  }
  EXPECT_TRUE(alerts->failures().empty());
}

TEST_F(Sinks, AFifoLinkOrMissingDirectoryIsRefusedBeforeTheRun) {
  ASSERT_EQ(::mkfifo((dir_ / "fifo").c_str(), 0600), 0);
  fs::create_symlink("elsewhere", dir_ / "link");
  for (const char* name : {"fifo", "link", "no/dir/x"}) {
    const auto alerts = Alerts::open({{"s", dir_ / name}}, "run");
    ASSERT_FALSE(alerts) << name;
    EXPECT_NE(alerts.error().to_string().find("sinks: s"), std::string::npos);
  }
}

}  // namespace
}  // namespace pysb::alerts
