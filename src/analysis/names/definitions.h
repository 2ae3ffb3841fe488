// Where the values of bindings come from: one Definition for each way a binding gets a value.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/names/censor.h"
#include "analysis/names/program.h"

namespace pysb::analysis::names {

enum class Source : std::uint8_t {
  kValue,      // what the expression stands for
  kEntered,    // what `with` gives for it
  kAugmented,  // the binding's own value, changed by the AugAssign
  kStored,     // a container that holds the expression's value
  kCall,       // nothing: the call passes its arguments on to a function of the program
};

// Which part of an expression's value a target takes.
inline constexpr std::int32_t kEach = -1;  // any element, by iterating
inline constexpr std::int32_t kRest = -2;  // what a starred target gets
// 0 and up: the element at that index

struct Definition {
  BindingId target = 0;
  Source source = Source::kValue;
  const Node* node = nullptr;
  std::vector<std::int32_t> path;  // outermost step first; mostly empty
};

// A binding whose value is known without evaluating anything.
struct Fact {
  BindingId target = 0;
  SetId values = kNothing;
};

struct Definitions {
  std::vector<Definition> list;
  std::vector<Fact> facts;
  std::vector<NameId> star_imports;  // modules whose names are all imported
  bool star_removed = false;         // some `import *` is taken away: unbound names become inert
};

// Collects them from a whole program. Asks the censor about imports.
Definitions collect_definitions(Program& program, Censor& censor);

}  // namespace pysb::analysis::names
