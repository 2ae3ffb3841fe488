// Makes one system call through another door of the kernel: foreign_abi i386 | x32.
// Prints "worked" when the kernel answered it.
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace {

constexpr long kGetpidOfI386 = 20;  // asm/unistd_32.h
constexpr long kX32Bit = 0x40000000;

long call_i386(long number) {
  long answer = number;
  asm volatile("int $0x80" : "+a"(answer) : : "memory", "r8", "r9", "r10", "r11");
  return answer;
}

}  // namespace

int main(int count, char** arguments) {
  const char* door = count == 2 ? arguments[1] : "";
  long answer = -EINVAL;
  if (std::strcmp(door, "i386") == 0) {
    answer = call_i386(kGetpidOfI386);
  } else if (std::strcmp(door, "x32") == 0) {
    // Most kernels are built without x32 and say ENOSYS: an answer too.
    answer = ::syscall(kX32Bit | SYS_getpid) > 0 || errno == ENOSYS ? 1 : -1;
  } else {
    std::fputs("usage: foreign_abi i386|x32\n", stderr);
    return 2;
  }
  std::puts(answer > 0 ? "worked" : "refused");
  return 0;
}
