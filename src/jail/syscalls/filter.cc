#include "jail/syscalls/filter.h"

#include <algorithm>
#include <array>

#include "jail/syscalls/bpf.h"
#include "jail/syscalls/table.h"

namespace pysb::jail {
namespace {

constexpr std::size_t kLength = compile_filter(kSyscalls).size();
static_assert(kLength <= BPF_MAXINSNS, "the kernel takes no longer program");

constexpr auto kProgram = [] {
  std::array<sock_filter, kLength> program{};
  std::ranges::copy(compile_filter(kSyscalls), program.begin());
  return program;
}();

// All that is needed at run time of the table, which is many times as large.
struct Told {
  int number = 0;
  std::string_view name;
  int error = 0;
};

constexpr int error_when_told(const Rule& rule) {
  if (rule.otherwise.outcome == Outcome::kTell) {
    return rule.otherwise.error;
  }
  for (const Case& one : rule.cases) {
    if (one.action.outcome == Outcome::kTell) {
      return one.action.error;
    }
  }
  return EPERM;
}

constexpr auto kNames = [] {
  std::array<Told, kSyscalls.size()> all{};
  std::ranges::transform(kSyscalls, all.begin(), [](const Row& row) {
    return Told{row.number, row.name, error_when_told(row.rule)};
  });
  return all;
}();

const Told* find(int number) {
  const auto found = std::ranges::lower_bound(kNames, number, {}, &Told::number);
  return found != kNames.end() && found->number == number ? &*found : nullptr;
}

}  // namespace

std::span<const sock_filter> run_filter() { return kProgram; }

std::string_view syscall_name(int number) {
  const Told* call = find(number);
  return call != nullptr ? call->name : "unknown";
}

int denied_errno(int number) {
  const Told* call = find(number);
  return call != nullptr ? call->error : EPERM;
}

}  // namespace pysb::jail
