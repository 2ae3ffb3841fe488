// The arguments of a call as value sets.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "analysis/names/values.h"

namespace pysb::analysis::names {

class Arguments {
 public:
  std::vector<SetId> positional;
  std::vector<std::pair<Symbol, SetId>> keywords;
  bool open = false;  // there may be more, from `*x` or `**x`

  // The argument at that position or of that name; kNothing when it is not given.
  SetId at(std::size_t index, Symbol name = 0) const {
    if (index < positional.size()) {
      return positional[index];
    }
    for (const auto& [keyword, values] : keywords) {
      if (keyword == name && name != 0) {
        return values;
      }
    }
    return kNothing;
  }
};

}  // namespace pysb::analysis::names
