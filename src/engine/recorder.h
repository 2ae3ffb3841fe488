// Collects the findings of a run: the same thing at the same place is one finding with a count, and
// a flood keeps its count but not its memory.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "protocol/finding.h"

namespace pysb::engine {

class Recorder {
 public:
  // How many different findings are kept and told; later ones only count.
  static constexpr std::size_t kMaxDistinct = 1000;

  using Tell = std::function<void(const protocol::Finding&)>;
  // `tell` hears of each finding once, when it is met first.
  explicit Recorder(Tell tell) : tell_(std::move(tell)) {}

  void add(protocol::Finding finding);
  std::vector<protocol::Finding> take() { return std::move(findings_); }
  // Findings beyond kMaxDistinct different ones.
  std::uint64_t dropped() const { return dropped_; }

 private:
  Tell tell_;
  std::map<std::string, std::size_t> index_;
  std::vector<protocol::Finding> findings_;
  std::uint64_t dropped_ = 0;
};

}  // namespace pysb::engine
