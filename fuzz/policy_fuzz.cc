// Policies of any bytes: either diagnostics or a policy, whose rules survive their way into the
// guest.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "policy/load.h"
#include "policy/to_text.h"

namespace {

using namespace pysb::policy;

void require(bool holds) {
  if (!holds) {
    std::abort();
  }
}

void check_policy(const Policy& policy) {
  const std::string bytes = encode(policy.rules);
  const auto decoded = decode_rules(bytes);
  require(decoded && encode(*decoded) == bytes);
  require(!to_text(policy).empty());
}

void check_diagnostics(const LoadResult& loaded) {
  for (const auto& diagnostic : loaded.diagnostics) {
    require(!diagnostic.message.empty());
    require(to_string(diagnostic).find('\n') == std::string::npos);
  }
}

}  // namespace

// The first byte chooses between the loader's input and the decoder's.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (bytes.starts_with('\xff')) {
    if (const auto decoded = decode_rules(bytes.substr(1))) {
      require(encode(*decoded).size() == size - 1);
    }
    return 0;
  }
  const LoadResult loaded = load_text(bytes, "fuzz.yaml", "/nonexistent", "/nonexistent");
  if (loaded.ok()) {
    check_policy(loaded.policy);
  } else {
    check_diagnostics(loaded);
  }
  return 0;
}
