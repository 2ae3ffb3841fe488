#include "protocol/finding.h"

#include <array>

namespace pysb::protocol {
namespace {

template <std::size_t N, class Enum>
std::string_view name_at(const std::array<std::string_view, N>& names, Enum value) {
  return names.at(static_cast<std::size_t>(value));
}

}  // namespace

std::string_view name_of(Severity severity) {
  static constexpr std::array<std::string_view, 5> kNames = {"info", "low", "medium", "high",
                                                             "critical"};
  return name_at(kNames, severity);
}

std::string_view name_of(Action action) {
  static constexpr std::array<std::string_view, 5> kNames = {"remove", "raise", "replace", "block",
                                                             "alert"};
  return name_at(kNames, action);
}

std::string_view name_of(Layer layer) {
  static constexpr std::array<std::string_view, 4> kNames = {"static", "interpreter", "kernel",
                                                             "limit"};
  return name_at(kNames, layer);
}

std::string_view name_of(Origin origin) {
  static constexpr std::array<std::string_view, 3> kNames = {"supervisor", "kernel", "guest"};
  return name_at(kNames, origin);
}

void encode(Writer& out, const Finding& finding) {
  out.text(finding.rule);
  out.u8(static_cast<std::uint8_t>(finding.severity));
  out.text(finding.message);
  out.text(finding.subject);
  out.u8(static_cast<std::uint8_t>(finding.action));
  out.u8(static_cast<std::uint8_t>(finding.layer));
  out.u8(static_cast<std::uint8_t>(finding.origin));
  out.u64(finding.count);
  out.text(finding.file);
  out.u32(finding.line);
  out.u32(finding.column);
  out.u32(finding.end_line);
  out.u32(finding.end_column);
  out.text(finding.source);
  out.text(finding.hint);
}

Finding decode_finding(Reader& in) {
  Finding finding;
  finding.rule = in.text();
  finding.severity = in.enumerator(Severity::kCritical);
  finding.message = in.text();
  finding.subject = in.text();
  finding.action = in.enumerator(Action::kAlert);
  finding.layer = in.enumerator(Layer::kLimit);
  finding.origin = in.enumerator(Origin::kGuest);
  finding.count = in.u64();
  finding.file = in.text();
  finding.line = in.u32();
  finding.column = in.u32();
  finding.end_line = in.u32();
  finding.end_column = in.u32();
  finding.source = in.text();
  finding.hint = in.text();
  return finding;
}

}  // namespace pysb::protocol
