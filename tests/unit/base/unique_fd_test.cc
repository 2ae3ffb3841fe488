// UniqueFd closes what it owns, once.
#include "base/unique_fd.h"

#include <fcntl.h>
#include <gtest/gtest.h>

namespace pysb {
namespace {

int open_null() { return ::open("/dev/null", O_RDONLY | O_CLOEXEC); }
bool is_open(int fd) { return ::fcntl(fd, F_GETFD) >= 0; }

TEST(UniqueFd, ClosesAtTheEndOfItsLife) {
  const int fd = open_null();
  {
    const UniqueFd owner(fd);
    EXPECT_TRUE(is_open(fd));
  }
  EXPECT_FALSE(is_open(fd));
}

TEST(UniqueFd, MovingHandsOverAndClosesWhatWasHeld) {
  UniqueFd first(open_null());
  UniqueFd second(open_null());
  const int kept = first.get();
  const int closed = second.get();
  second = std::move(first);
  EXPECT_EQ(second.get(), kept);
  EXPECT_EQ(first.get(), -1);  // NOLINT(bugprone-use-after-move): this is what is tested
  EXPECT_TRUE(is_open(kept));
  EXPECT_FALSE(is_open(closed));
}

TEST(UniqueFd, ReleaseGivesTheDescriptorAway) {
  UniqueFd owner(open_null());
  const UniqueFd taker(owner.release());
  EXPECT_FALSE(owner);
  owner.reset();
  EXPECT_TRUE(is_open(taker.get()));
}

}  // namespace
}  // namespace pysb
