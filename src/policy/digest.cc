// Everything that changes what a run may do or who hears of it, in one fixed order.
#include "base/sha256.h"
#include "base/text.h"
#include "policy/limits.h"
#include "policy/policy.h"
#include "protocol/wire.h"

namespace pysb::policy {

std::string digest(const Policy& policy) {
  protocol::Writer out;
  out.text(encode(policy.rules));
  for (const auto& key : limit_keys()) {
    out.u64(key.get(policy.limits));
    out.u64(key.get(policy.ceiling));
  }
  out.texts(policy.access.read);
  out.texts(policy.access.write);
  out.u32(static_cast<std::uint32_t>(policy.access.env.size()));
  for (const auto& [name, value] : policy.access.env) {
    out.text(name);
    out.text(value);
  }
  out.u8(static_cast<std::uint8_t>(policy.minimum));
  out.text(policy.python.interpreter);
  out.texts(policy.python.packages);
  out.boolean(policy.layers.static_analysis);
  out.boolean(policy.layers.interpreter);
  for (const auto& sink : policy.sinks) {
    out.text(sink.name);
    out.text(sink.path);
  }
  return concat({"sha256:", sha256_hex(out.bytes())});
}

}  // namespace pysb::policy
