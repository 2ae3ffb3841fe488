// Symbols: identifiers and dotted names as small numbers, so that names compare and index fast.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pysb::analysis::ast {

// 0 is "no identifier".
using Symbol = std::uint32_t;

// Grows only; texts live as long as the table.
class Symbols {
 public:
  Symbols() : texts_{std::string_view{}} { numbers_.reserve(1024); }

  Symbol intern(std::string_view text);
  std::string_view text(Symbol symbol) const { return texts_[symbol]; }
  std::size_t size() const { return texts_.size(); }

 private:
  std::pmr::monotonic_buffer_resource arena_;
  std::vector<std::string_view> texts_;
  std::unordered_map<std::string_view, Symbol> numbers_;
};

}  // namespace pysb::analysis::ast
