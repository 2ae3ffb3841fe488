// Functions whose result the evaluator can work out, by qualified name.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "analysis/ast/flat_map.h"
#include "analysis/names/qualified_names.h"

namespace pysb::analysis::names {

enum class Known : std::uint8_t {
  kNone,
  kGetattr,       // (object, name[, default])
  kSetattr,       // (object, name, …): its effect is judged, its result is nothing
  kImportModule,  // (name, …)
  kVars,          // ([object])
  kGlobals,       // ()
  kChr,
  kOrd,
  kText,  // str
  kBytes,
  kSequence,  // (iterable): the same elements
  kDict,
  kReversed,
  kMap,             // (function, iterable)
  kNext,            // (iterator)
  kAttrgetter,      // (name): a partial of kAttrgetterCall
  kAttrgetterCall,  // (name, object)
  kMethodcaller,    // (name, …): likewise
  kGetitem,         // (container, key)
  kPartial,
  kPasses,  // (x, …): x
  kFromhex,
  kBase64,
  kCodecsDecode,  // (text, codec)
  kJoin,          // os.path.join
  kNormal,        // os.path.abspath and its kin
  kWorkingDir,
  kPath,
  kPathHere,
};

struct KnownFunction {
  std::string_view name;
  Known known;
};

// All rows of the table, in the order of the file.
std::span<const KnownFunction> known_functions();

class KnownFunctions {
 public:
  explicit KnownFunctions(QualifiedNames& names);
  Known of(NameId canonical) const {
    const std::int64_t found = table_.find(std::uint64_t{canonical} + 1);
    return found < 0 ? Known::kNone : static_cast<Known>(found);
  }

 private:
  ast::FlatMap table_;
};

}  // namespace pysb::analysis::names
