// Runs a seccomp program in user space, the way the kernel does, and refuses what it does not know.
#pragma once

#include <linux/filter.h>
#include <linux/seccomp.h>

#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>

namespace pysb::jail {

class BpfEvaluator {
 public:
  explicit BpfEvaluator(std::span<const sock_filter> program) : program_(program) {}

  // The SECCOMP_RET_* value, with its data. Throws for an unknown instruction, and for a jump or an
  // end outside the program: the kernel would not have taken it.
  std::uint32_t run(const seccomp_data& call) const {
    std::uint32_t accumulator = 0;
    for (std::size_t at = 0; at < program_.size(); ++at) {
      const sock_filter& step = program_[at];
      switch (step.code) {
        case BPF_LD | BPF_W | BPF_ABS:
          accumulator = word(call, step.k);
          break;
        case BPF_ALU | BPF_AND | BPF_K:
          accumulator &= step.k;
          break;
        case BPF_JMP | BPF_JA:
          at += step.k;
          break;
        case BPF_JMP | BPF_JEQ | BPF_K:
          at += accumulator == step.k ? step.jt : step.jf;
          break;
        case BPF_JMP | BPF_JGE | BPF_K:
          at += accumulator >= step.k ? step.jt : step.jf;
          break;
        case BPF_RET | BPF_K:
          return step.k;
        default:
          throw std::logic_error("an instruction that the evaluator does not know");
      }
    }
    throw std::logic_error("the program runs past its end");
  }

 private:
  static std::uint32_t word(const seccomp_data& call, std::uint32_t offset) {
    if (offset % sizeof(std::uint32_t) != 0 || offset >= sizeof call) {
      throw std::logic_error("a load outside the call's data");
    }
    std::uint32_t value = 0;
    std::memcpy(&value, reinterpret_cast<const char*>(&call) + offset, sizeof value);
    return value;
  }

  std::span<const sock_filter> program_;
};

}  // namespace pysb::jail
