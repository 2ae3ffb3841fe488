#include "protocol/wire.h"

#include <bit>

namespace pysb::protocol {

void Writer::integer(std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) {
    out_.push_back(static_cast<char>(value & 0xFFU));
    value >>= 8U;
  }
}

void Writer::f64(double value) { u64(std::bit_cast<std::uint64_t>(value)); }

void Writer::text(std::string_view value) {
  u32(static_cast<std::uint32_t>(value.size()));
  out_.append(value);
}

void Writer::texts(const std::vector<std::string>& values) {
  u32(static_cast<std::uint32_t>(values.size()));
  for (const auto& value : values) text(value);
}

std::uint64_t Reader::integer(std::size_t bytes) {
  if (rest_.size() < bytes) {
    fail();
    return 0;
  }
  std::uint64_t value = 0;
  for (std::size_t i = bytes; i > 0; --i) {
    value = (value << 8U) | static_cast<unsigned char>(rest_[i - 1]);
  }
  rest_.remove_prefix(bytes);
  return value;
}

double Reader::f64() { return std::bit_cast<double>(u64()); }

std::string Reader::text() {
  const std::uint32_t size = u32();
  if (!ok_ || size > rest_.size()) {
    fail();
    return {};
  }
  std::string value(rest_.substr(0, size));
  rest_.remove_prefix(size);
  return value;
}

std::uint32_t Reader::count() {
  const std::uint32_t value = u32();
  if (value > rest_.size()) fail();
  return ok_ ? value : 0;
}

std::vector<std::string> Reader::texts() {
  std::vector<std::string> values(count());
  for (auto& value : values) value = text();
  return values;
}

}  // namespace pysb::protocol
