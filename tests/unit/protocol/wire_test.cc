// The byte codec: what is written is read back, and no byte string makes the reader trust too much.
#include "protocol/wire.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace pysb::protocol {
namespace {

enum class Colour : std::uint8_t { kRed, kGreen, kBlue };

template <class Value>
constexpr Value kMax = std::numeric_limits<Value>::max();

std::string sample() {
  Writer out;
  out.u8(kMax<std::uint8_t>);
  out.boolean(true);
  out.u32(kMax<std::uint32_t>);
  out.u64(kMax<std::uint64_t>);
  out.i64(std::numeric_limits<std::int64_t>::min());
  out.f64(-0.5);
  out.text(std::string_view("a\0b", 3));
  out.texts({"", "two", "three"});
  return out.take();
}

void read_sample(Reader& in) {
  in.u8();
  in.boolean();
  in.u32();
  in.u64();
  in.i64();
  in.f64();
  in.text();
  in.texts();
}

TEST(Wire, ReadsBackWhatWasWritten) {
  const std::string bytes = sample();
  Reader in(bytes);
  EXPECT_EQ(in.u8(), kMax<std::uint8_t>);
  EXPECT_TRUE(in.boolean());
  EXPECT_EQ(in.u32(), kMax<std::uint32_t>);
  EXPECT_EQ(in.u64(), kMax<std::uint64_t>);
  EXPECT_EQ(in.i64(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(in.f64(), -0.5);
  EXPECT_EQ(in.text(), std::string_view("a\0b", 3));
  EXPECT_EQ(in.texts(), (std::vector<std::string>{"", "two", "three"}));
  EXPECT_TRUE(in.complete());
}

TEST(Wire, IsLittleEndianWithLengthsInFront) {
  Writer out;
  out.u32(0x01020304);
  out.text("hi");
  EXPECT_EQ(out.bytes(), std::string("\x04\x03\x02\x01\x02\0\0\0hi", 10));
}

TEST(Wire, KeepsEveryBitOfANumberWithFraction) {
  for (const double value : {std::nan(""), -0.0, std::numeric_limits<double>::infinity(), 5e-324}) {
    Writer out;
    out.f64(value);
    Reader in(out.bytes());
    const double back = in.f64();
    EXPECT_EQ(std::signbit(back), std::signbit(value));
    EXPECT_TRUE(back == value || (std::isnan(back) && std::isnan(value)));
  }
}

TEST(Reader, FailsOnEveryTruncation) {
  const std::string bytes = sample();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    Reader in(std::string_view(bytes).substr(0, size));
    read_sample(in);
    EXPECT_FALSE(in.ok()) << size;
  }
}

TEST(Reader, IsNotCompleteWithBytesLeft) {
  const std::string bytes = sample() + "x";
  Reader in(bytes);
  read_sample(in);
  EXPECT_TRUE(in.ok());
  EXPECT_FALSE(in.complete());
}

TEST(Reader, GivesOnlyEmptyValuesAfterItFailed) {
  Writer out;
  out.u32(1000);  // a text longer than what follows
  out.text("never read");
  Reader in(out.bytes());
  EXPECT_EQ(in.text(), "");
  EXPECT_EQ(in.text(), "");
  EXPECT_EQ(in.u64(), 0U);
  EXPECT_TRUE(in.texts().empty());
  EXPECT_EQ(in.enumerator(Colour::kBlue), Colour::kRed);
  EXPECT_FALSE(in.ok());
}

TEST(Reader, BelievesNoCountBeyondItsBytes) {
  Writer out;
  out.u32(kMax<std::uint32_t>);
  out.text("one");
  Reader texts(out.bytes());
  EXPECT_TRUE(texts.texts().empty());
  EXPECT_FALSE(texts.ok());
  Reader count(out.bytes());
  EXPECT_EQ(count.count(), 0U);
  EXPECT_FALSE(count.ok());
}

TEST(Reader, TakesJustTheEnumeratorsThereAre) {
  for (int value = 0; value < 256; ++value) {
    const std::string bytes(1, static_cast<char>(value));
    Reader in(bytes);
    const Colour colour = in.enumerator(Colour::kBlue);
    EXPECT_EQ(in.ok(), value <= 2);
    EXPECT_EQ(static_cast<int>(colour), value <= 2 ? value : 0);
  }
}

}  // namespace
}  // namespace pysb::protocol
