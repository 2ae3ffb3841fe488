// Interning of identifiers.
#include "analysis/ast/symbols.h"

#include <algorithm>

namespace pysb::analysis::ast {

Symbol Symbols::intern(std::string_view text) {
  if (const auto known = numbers_.find(text); known != numbers_.end()) {
    return known->second;
  }
  char* copy = static_cast<char*>(arena_.allocate(text.size() + 1, 1));
  std::copy(text.begin(), text.end(), copy);
  const auto symbol = static_cast<Symbol>(texts_.size());
  texts_.emplace_back(copy, text.size());
  numbers_.emplace(texts_.back(), symbol);
  return symbol;
}

}  // namespace pysb::analysis::ast
