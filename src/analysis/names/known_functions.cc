// The table of known functions.
#include "analysis/names/known_functions.h"

namespace pysb::analysis::names {

KnownFunctions::KnownFunctions(QualifiedNames& names) {
  const auto add = [&](std::string_view name, Known known) {
    table_.put(std::uint64_t{names.canonical(names.of(name))} + 1,
               static_cast<std::uint32_t>(known));
  };
#define KNOWN(Name, qualified) add(qualified, Known::k##Name);
#include "analysis/names/known_functions.def"
#undef KNOWN
}

}  // namespace pysb::analysis::names
