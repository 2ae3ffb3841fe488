// From the system call table to the seccomp program, at compile time: a binary search over the
// numbers. Each instruction costs the kernel 0.3 µs when it is installed, so there are few.
#pragma once

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "jail/syscalls/table.h"

namespace pysb::jail {

using Code = std::vector<sock_filter>;

// x32 calls come with the native architecture and this bit in the number (asm/unistd.h).
inline constexpr std::uint32_t kX32Bit = 0x40000000;

constexpr std::uint32_t return_value(Action action) {
  switch (action.outcome) {
    case Outcome::kAllow:
      return SECCOMP_RET_ALLOW;
    case Outcome::kTell:
      return SECCOMP_RET_USER_NOTIF;
    case Outcome::kRefuse:
      return SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(action.error);
    case Outcome::kKill:
      break;
  }
  return SECCOMP_RET_KILL_PROCESS;
}

// Writes a program from its end to its beginning: jumps go forwards only, so their targets are
// there already, and whoever wants the same answer jumps to the same return.
class Assembler {
 public:
  // An instruction that was written, counted from the end.
  using Label = std::size_t;

  // Any other instruction goes on with the one that was written before it.
  constexpr Label statement(std::uint16_t code, std::uint32_t operand) {
    return write({code, 0, 0, operand});
  }

  constexpr Label load(std::size_t offset) {
    return statement(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset));
  }

  constexpr Label answer(Action action) {
    const std::uint32_t value = return_value(action);
    const auto same = std::ranges::find_if(returns_, [&](Label label) {
      return backwards_[label].k == value && distance(label) <= kNear;
    });
    if (same != returns_.end()) {
      return *same;
    }
    returns_.push_back(statement(BPF_RET | BPF_K, value));
    return returns_.back();
  }

  constexpr Label jump(std::uint16_t condition, std::uint32_t operand, Label if_true,
                       Label if_false) {
    if_true = within_reach(if_true);
    if_false = within_reach(if_false);
    return write({static_cast<std::uint16_t>(BPF_JMP | BPF_K | condition),
                  static_cast<std::uint8_t>(distance(if_true)),
                  static_cast<std::uint8_t>(distance(if_false)), operand});
  }

  constexpr Code program() const { return {backwards_.rbegin(), backwards_.rend()}; }

 private:
  static constexpr std::size_t kReach = 255;  // a conditional jump has a byte for its distance
  static constexpr std::size_t kNear = 200;   // leaves room for what comes between

  // How many instructions the next one would have to skip.
  constexpr std::size_t distance(Label label) const { return backwards_.size() - label - 1; }

  constexpr Label write(sock_filter instruction) {
    backwards_.push_back(instruction);
    return backwards_.size() - 1;
  }

  // One less than what the byte holds: the other target may need a long jump too.
  constexpr Label within_reach(Label label) {
    return distance(label) < kReach
               ? label
               : statement(BPF_JMP | BPF_JA, static_cast<std::uint32_t>(distance(label)));
  }

  Code backwards_;
  std::vector<Label> returns_;
};

constexpr Assembler::Label compile(Assembler& out, const Test& test, Assembler::Label hit,
                                   Assembler::Label miss) {
  for (std::size_t left = test.values.size(); left > 0; --left) {
    miss = out.jump(BPF_JEQ, test.values[left - 1], hit, miss);
  }
  if (test.mask != ~0U) {
    out.statement(BPF_ALU | BPF_AND | BPF_K, test.mask);
  }
  // The low half comes first on x86-64.
  constexpr std::size_t kArgumentSize = sizeof(seccomp_data::args[0]);
  return out.load(offsetof(seccomp_data, args) + kArgumentSize * test.argument);
}

constexpr Assembler::Label compile(Assembler& out, const Rule& rule) {
  Assembler::Label next = out.answer(rule.otherwise);
  for (std::size_t left = rule.cases.size(); left > 0; --left) {
    const Case& one = rule.cases[left - 1];
    Assembler::Label hit = out.answer(one.action);
    for (std::size_t test = one.tests.size(); test > 0; --test) {
      hit = compile(out, one.tests[test - 1], hit, next);
    }
    next = hit;
  }
  return next;
}

// Numbers from `first` up to the next segment's, all with the same rule.
struct Segment {
  std::uint32_t first = 0;
  const Rule* rule = nullptr;
};

constexpr bool same_answer(const Rule& one, const Rule& other) {
  return one.cases.size() == 0 && other.cases.size() == 0 && one.otherwise == other.otherwise;
}

constexpr std::vector<Segment> segments(std::span<const Row> rows) {
  std::vector<Segment> all;
  const auto add = [&all](std::uint32_t first, const Rule& rule) {
    if (all.empty() || !same_answer(*all.back().rule, rule)) {
      all.push_back({first, &rule});
    }
  };
  std::uint32_t next = 0;
  for (const Row& row : rows) {
    const auto number = static_cast<std::uint32_t>(row.number);
    if (next < number) {
      add(next, kUnknownSyscall);
    }
    add(number, row.rule);
    next = number + 1;
  }
  add(next, kUnknownSyscall);
  return all;
}

constexpr Assembler::Label search(Assembler& out, std::span<const Segment> segments) {
  if (segments.size() == 1) {
    return compile(out, *segments.front().rule);
  }
  const auto upper = segments.subspan(segments.size() / 2);
  const Assembler::Label high = search(out, upper);
  const Assembler::Label low = search(out, segments.first(segments.size() / 2));
  return out.jump(BPF_JGE, upper.front().first, high, low);
}

// The whole program, for rows in the order of their numbers: calls of a foreign ABI end the
// process, all others are looked up.
constexpr Code compile_filter(std::span<const Row> rows) {
  Assembler out;
  const Assembler::Label native = search(out, segments(rows));
  out.jump(BPF_JGE, kX32Bit, out.answer(kKilled), native);
  const Assembler::Label number = out.load(offsetof(seccomp_data, nr));
  out.jump(BPF_JEQ, AUDIT_ARCH_X86_64, number, out.answer(kKilled));
  out.load(offsetof(seccomp_data, arch));
  return out.program();
}

}  // namespace pysb::jail
