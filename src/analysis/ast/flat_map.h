// FlatMap: a small open-addressing table from numbers (or addresses) to numbers, for inner loops.
#pragma once

#include <cstdint>
#include <vector>

namespace pysb::analysis::ast {

// Keys are not 0. Nothing is ever taken out.
class FlatMap {
 public:
  FlatMap() : cells_(64) {}

  // The number stored for `key`, or -1.
  std::int64_t find(std::uint64_t key) const {
    const Cell& cell = cells_[index_of(key)];
    return cell.key == key ? std::int64_t{cell.value} : -1;
  }
  std::int64_t find(const void* key) const { return find(number_of(key)); }

  // Stores or overwrites.
  void put(std::uint64_t key, std::uint32_t value) {
    if ((used_ + 1) * 2 > cells_.size()) {
      grow();
    }
    Cell& cell = cells_[index_of(key)];
    used_ += cell.key == 0 ? 1 : 0;
    cell = {key, value};
  }
  void put(const void* key, std::uint32_t value) { put(number_of(key), value); }

 private:
  struct Cell {
    std::uint64_t key = 0;
    std::uint32_t value = 0;
  };

  static std::uint64_t number_of(const void* key) {
    return static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(key));
  }
  // The cell of the key, or the empty one where it would go. 2^64 divided by the golden ratio
  // spreads keys that differ in few bits.
  std::size_t index_of(std::uint64_t key) const {
    const std::size_t mask = cells_.size() - 1;
    std::size_t i = static_cast<std::size_t>((key * 0x9E3779B97F4A7C15ULL) >> 32U) & mask;
    while (cells_[i].key != key && cells_[i].key != 0) {
      i = (i + 1) & mask;
    }
    return i;
  }
  void grow() {
    std::vector<Cell> old(cells_.size() * 2);
    old.swap(cells_);
    for (const Cell& cell : old) {
      if (cell.key != 0) {
        cells_[index_of(cell.key)] = cell;
      }
    }
  }

  std::vector<Cell> cells_;
  std::size_t used_ = 0;
};

}  // namespace pysb::analysis::ast
