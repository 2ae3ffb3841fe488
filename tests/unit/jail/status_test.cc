// Messages of the jail's own processes: what is sent arrives, and what is malformed is an error.
#include "jail/status.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <array>
#include <string>

namespace pysb::jail {
namespace {

class Status : public ::testing::Test {
 protected:
  Status() {
    std::array<int, 2> ends{};
    EXPECT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()), 0);
    jail_.reset(ends[0]);
    supervisor_.reset(ends[1]);
  }
  Result<StatusMessage> received() { return receive_status(supervisor_.get()); }
  void send_raw(std::string_view bytes) {
    ASSERT_EQ(::send(jail_.get(), bytes.data(), bytes.size(), 0),
              static_cast<ssize_t>(bytes.size()));
  }

  UniqueFd jail_;
  UniqueFd supervisor_;
};

TEST_F(Status, CarriesAFailureWithItsStory) {
  send_failure(jail_.get(), Error(ErrorKind::kDenied, "mount(/x)", EACCES)
                                .with("step \"root\"")
                                .remedy("be somebody else"));
  const auto message = received();
  ASSERT_TRUE(message);
  ASSERT_TRUE(message->failure);
  EXPECT_EQ(message->failure->kind(), ErrorKind::kDenied);
  EXPECT_EQ(message->failure->os_errno(), EACCES);
  EXPECT_EQ(message->failure->to_string(), "step \"root\": mount(/x)");
  EXPECT_EQ(message->failure->remedy(), "be somebody else");
}

TEST_F(Status, CarriesTheListener) {
  const UniqueFd file(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  ASSERT_TRUE(send_ready(jail_.get(), {.user_namespaces_forbidden = true}, file.get()));
  const auto message = received();
  ASSERT_TRUE(message);
  EXPECT_EQ(message->kind, StatusKind::kReady);
  EXPECT_TRUE(message->ready.user_namespaces_forbidden);
  ASSERT_TRUE(message->listener);
  EXPECT_NE(::fcntl(message->listener.get(), F_GETFD) & FD_CLOEXEC, 0);
}

TEST_F(Status, CarriesTheEnd) {
  Ended ended;
  ended.wait_status = 9;
  ended.cpu_us = 1ULL << 40U;
  ended.max_rss_bytes = 1ULL << 41U;
  ended.left_behind = {"a", std::string("b\n\xff\0c", 5), std::string(5000, 'x')};
  ended.left_behind_total = 1000;
  send_ended(jail_.get(), ended);
  const auto message = received();
  ASSERT_TRUE(message);
  EXPECT_EQ(message->kind, StatusKind::kEnded);
  EXPECT_EQ(message->ended.wait_status, 9);
  EXPECT_EQ(message->ended.cpu_us, 1ULL << 40U);
  EXPECT_EQ(message->ended.max_rss_bytes, 1ULL << 41U);
  EXPECT_EQ(message->ended.left_behind_total, 1000U);
  ASSERT_EQ(message->ended.left_behind.size(), 3U);
  EXPECT_EQ(message->ended.left_behind[1], ended.left_behind[1]);
  EXPECT_LT(message->ended.left_behind[2].size(), 5000U) << "long names are cut";
}

TEST_F(Status, ArrivesWhateverNamesTheProgramGaveItsFiles) {
  Ended ended;
  ended.left_behind.assign(kMaxLeftBehind, std::string(4095, '\xff'));
  send_ended(jail_.get(), ended);
  const auto message = received();
  ASSERT_TRUE(message) << message.error().to_string();
  EXPECT_EQ(message->ended.left_behind.size(), kMaxLeftBehind);
}

TEST_F(Status, KnowsThatTheOtherEndIsGone) {
  jail_.reset();
  const auto message = received();
  ASSERT_FALSE(message);
  EXPECT_EQ(message.error().kind(), ErrorKind::kUnavailable);
}

TEST_F(Status, RefusesWhatIsMalformed) {
  for (const std::string& bytes :
       {std::string("\xff"), std::string("\x02"), std::string("\x01\x01\x01"),
        std::string("\x00", 1),
        std::string("\x02\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", 17)}) {
    send_raw(bytes);
    EXPECT_FALSE(received()) << testing::PrintToString(bytes);
  }
}

TEST_F(Status, RefusesAnEndThatWasCutOffAnywhere) {
  send_ended(jail_.get(), {});
  std::array<char, 1024> whole{};
  const ssize_t size = ::recv(supervisor_.get(), whole.data(), whole.size(), 0);
  ASSERT_GT(size, 0);
  for (ssize_t cut = 1; cut < size; ++cut) {
    send_raw({whole.data(), static_cast<std::size_t>(cut)});
    EXPECT_FALSE(received()) << cut;
  }
  send_raw({whole.data(), static_cast<std::size_t>(size)});
  EXPECT_TRUE(received());
}

}  // namespace
}  // namespace pysb::jail
