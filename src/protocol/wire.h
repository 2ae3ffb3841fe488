// The byte codec of everything that crosses a process border: little-endian integers, strings with
// a length in front. Reader never trusts: it is bounded by its bytes and fails once, for good.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pysb::protocol {

class Writer {
 public:
  void u8(std::uint8_t value) { out_.push_back(static_cast<char>(value)); }
  void boolean(bool value) { u8(value ? 1 : 0); }
  void u32(std::uint32_t value) { integer(value, 4); }
  void u64(std::uint64_t value) { integer(value, 8); }
  void i64(std::int64_t value) { integer(static_cast<std::uint64_t>(value), 8); }
  void f64(double value);
  void text(std::string_view value);
  void texts(const std::vector<std::string>& values);

  const std::string& bytes() const { return out_; }
  std::string take() { return std::move(out_); }

 private:
  void integer(std::uint64_t value, int bytes);
  std::string out_;
};

// Reads what Writer wrote. After the first malformed field ok() is false and every read gives a
// zero or empty value, so a decoder checks once, at its end.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(integer(1)); }
  bool boolean() { return u8() != 0; }
  std::uint32_t u32() { return static_cast<std::uint32_t>(integer(4)); }
  std::uint64_t u64() { return integer(8); }
  std::int64_t i64() { return static_cast<std::int64_t>(integer(8)); }
  double f64();
  // The value of an enum whose enumerators are 0..last; anything else fails the reader.
  template <class Enum>
  Enum enumerator(Enum last) {
    const std::uint8_t value = u8();
    if (value > static_cast<std::uint8_t>(last)) fail();
    return ok_ ? static_cast<Enum>(value) : Enum{};
  }
  std::string text();
  std::vector<std::string> texts();
  // A number of elements, each at least one byte long: never more than the bytes that are left.
  std::uint32_t count();

  void fail() {
    ok_ = false;
    rest_ = {};
  }
  bool ok() const { return ok_; }
  // True when everything was read and nothing was malformed.
  bool complete() const { return ok_ && rest_.empty(); }

 private:
  std::uint64_t integer(std::size_t bytes);
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace pysb::protocol
