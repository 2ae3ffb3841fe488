#include "alerts/console.h"

#include <string_view>

#include "base/text.h"

namespace pysb::alerts {
namespace {

using protocol::Action;
using protocol::Finding;
using protocol::Layer;

constexpr std::size_t kMaxExcerpt = 120;
constexpr std::string_view kRed = "\x1b[31m";
constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kDim = "\x1b[2m";
constexpr std::string_view kReset = "\x1b[0m";

std::string_view what_was_done(const Finding& finding) {
  if (finding.layer == Layer::kKernel) {
    return "refused by the kernel";
  }
  switch (finding.action) {
    case Action::kRemove:
      return "removed";
    case Action::kRaise:
      return "raises PermissionError";
    case Action::kReplace:
      return "replaced";
    case Action::kBlock:
      return "blocks the program";
    case Action::kAlert:
      return "reported, still runs";
  }
  return "";
}

std::string place_of(const Finding& finding) {
  if (finding.file.empty()) {
    return {};
  }
  return concat({escape_line(finding.file, kMaxExcerpt), ":", std::to_string(finding.line), ":",
                 std::to_string(finding.column), ": "});
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\f");
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

std::string excerpt_of(const Finding& finding) {
  const std::string_view source = trimmed(finding.source);
  if (!source.empty()) {
    return concat({" | ", escape_line(source, kMaxExcerpt)});
  }
  return finding.message.empty() ? std::string()
                                 : concat({": ", escape_line(finding.message, kMaxExcerpt)});
}

}  // namespace

std::string console_line(const Finding& finding, bool colour) {
  const auto paint = [&](std::string_view code) { return colour ? code : std::string_view(); };
  return concat({paint(kRed), "py_sandbox: ", paint(kReset), place_of(finding), paint(kBold),
                 escape_line(finding.rule, kMaxExcerpt), paint(kReset), ": ",
                 escape_line(finding.subject, kMaxExcerpt), " ", what_was_done(finding),
                 paint(kDim), excerpt_of(finding), paint(kReset)});
}

}  // namespace pysb::alerts
