// The system call table: complete for the kernel's header, and as its golden files have it.
#include "jail/syscalls/table.h"

#include <gtest/gtest.h>
#include <linux/audit.h>
#include <linux/seccomp.h>

#include <algorithm>
#include <fstream>
#include <iomanip>
#include <sstream>
#include <string>
#include <vector>

#include "bpf_evaluator.h"
#include "jail/syscalls/bpf.h"
#include "jail/syscalls/filter.h"
#include "table_text.h"

namespace pysb::jail {
namespace {

constexpr const char* kHeader = "/usr/include/x86_64-linux-gnu/asm/unistd_64.h";

std::string golden(const std::string& name) { return PYSB_TEST_DATA "/seccomp/" + name; }

std::vector<std::string> lines_of(std::istream& in) {
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  return lines;
}

const Row* row_named(const std::string& name) {
  const auto row = std::ranges::find(kSyscalls, name, &Row::name);
  return row == kSyscalls.end() ? nullptr : &*row;
}

// A call that the kernel's header has and the table has not is new: somebody has to decide on it.
TEST(Table, HasEveryCallOfTheKernelsHeader) {
  std::ifstream header(kHeader);
  ASSERT_TRUE(header) << kHeader << " is missing: install linux-libc-dev";
  int seen = 0;
  for (const std::string& line : lines_of(header)) {
    std::istringstream words(line);
    std::string define;
    std::string name;
    int number = -1;
    if (!(words >> define >> name >> number) || !name.starts_with("__NR_")) {
      continue;
    }
    ++seen;
    const Row* row = row_named(name.substr(5));
    ASSERT_NE(row, nullptr) << name << ": add a row for it to src/jail/syscalls/*.def";
    EXPECT_EQ(row->number, number) << name;
  }
  EXPECT_GE(seen, 362);
}

TEST(Table, HasEachNameOnce) {
  for (const Row& row : kSyscalls) {
    EXPECT_EQ(std::ranges::count(kSyscalls, row.name, &Row::name), 1) << row.name;
  }
}

std::string table_as_text() {
  std::ostringstream text;
  for (const Row& row : kSyscalls) {
    text << std::setw(3) << row.number << " " << row.name << ": " << to_text(row.rule) << "\n";
  }
  text << "any other: " << to_text(kUnknownSyscall) << "\n";
  return text.str();
}

TEST(Table, IsTheGoldenOne) {
  const std::string path = golden("run.txt");
  std::istringstream now_text(table_as_text());
  const auto now = lines_of(now_text);
  if (std::getenv("PYSB_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(path) << table_as_text();
  }
  std::ifstream file(path);
  const auto expected = lines_of(file);
  for (const auto& line : now) {
    EXPECT_TRUE(std::ranges::find(expected, line) != expected.end()) << "new: " << line;
  }
  for (const auto& line : expected) {
    EXPECT_TRUE(std::ranges::find(now, line) != now.end()) << "gone: " << line;
  }
  EXPECT_EQ(now.size(), expected.size())
      << "if the change is meant: PYSB_UPDATE_GOLDEN=1, and read the difference";
}

// One line of calls.txt: "clone 0x3d0f00 = allow   # a thread of glibc".
struct Example {
  seccomp_data call{};
  std::string expected;
};

Example parse_example(const std::string& line) {
  Example example;
  std::istringstream words(line.substr(0, line.find('#')));
  std::string word;
  words >> word;
  const Row* row = row_named(word);
  if (row == nullptr) {
    ADD_FAILURE() << "no such call: " << line;
    return example;
  }
  example.call.nr = row->number;
  example.call.arch = AUDIT_ARCH_X86_64;
  for (std::size_t i = 0; words >> word && word != "=";) {
    example.call.args[i++] = std::stoull(word, nullptr, 0);
  }
  while (words >> word) {
    example.expected += (example.expected.empty() ? "" : " ") + word;
  }
  return example;
}

TEST(Table, AnswersTheCallsThatPeopleMake) {
  std::ifstream file(golden("calls.txt"));
  int seen = 0;
  for (const std::string& line : lines_of(file)) {
    if (line.empty() || line.front() == '#') {
      continue;
    }
    ++seen;
    const Example example = parse_example(line);
    const std::uint32_t answer = BpfEvaluator(run_filter()).run(example.call);
    std::string text = "kill";
    for (const Action action : {kAllowed, tell(denied_errno(example.call.nr)),
                                refuse(static_cast<int>(answer & SECCOMP_RET_DATA))}) {
      if (return_value(action) == answer) {
        text = to_text(action);
        break;
      }
    }
    EXPECT_EQ(text, example.expected) << line;
  }
  EXPECT_GE(seen, 60);
}

}  // namespace
}  // namespace pysb::jail
