// The table of known functions.
#include "analysis/names/known_functions.h"

namespace pysb::analysis::names {
namespace {

constexpr KnownFunction kFunctions[] = {
#define KNOWN(Name, qualified) {qualified, Known::k##Name},
#include "analysis/names/known_functions.def"
#undef KNOWN
};

}  // namespace

std::span<const KnownFunction> known_functions() { return kFunctions; }

KnownFunctions::KnownFunctions(QualifiedNames& names) {
  for (const auto& [name, known] : kFunctions) {
    table_.put(std::uint64_t{names.canonical(names.of(name))} + 1,
               static_cast<std::uint32_t>(known));
  }
}

}  // namespace pysb::analysis::names
