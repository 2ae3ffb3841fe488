// Places, source lines and words of findings.
#include "analysis/report.h"

#include <algorithm>
#include <string>
#include <tuple>

#include "analysis/ast/position.h"
#include "base/text.h"

namespace pysb::analysis {
namespace {

using protocol::Finding;

constexpr std::size_t kMaxSourceLine = 1024;

// The lines of a source as CPython counts them: ended by \n, \r\n or \r.
class Lines {
 public:
  explicit Lines(std::string_view source) : source_(source), starts_{0} {
    for (std::size_t i = 0; i < source.size(); ++i) {
      const bool pair = source[i] == '\r' && i + 1 < source.size() && source[i + 1] == '\n';
      if ((source[i] == '\n' || source[i] == '\r') && !pair) {
        starts_.push_back(i + 1);
      }
    }
  }

  // Without its end; "" when there is no such line.
  std::string_view line(std::uint32_t number) const {
    if (number == 0 || number > starts_.size()) {
      return {};
    }
    const std::size_t start = starts_[number - 1];
    const std::string_view rest = source_.substr(start);
    return rest.substr(0, std::min(rest.find_first_of("\r\n"), rest.size()));
  }

  // From bytes, counted from 0, to characters, counted from 1.
  std::uint32_t column(std::uint32_t line_number, std::uint32_t bytes) const {
    const std::string_view before =
        line(line_number).substr(0, std::min<std::size_t>(bytes, line(line_number).size()));
    const auto characters = std::count_if(before.begin(), before.end(), [](char c) {
      return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    });
    return static_cast<std::uint32_t>(characters) + 1;
  }

 private:
  std::string_view source_;
  std::vector<std::size_t> starts_;
};

// At a character's border, so that it stays UTF-8.
std::string shortened(std::string_view line) {
  if (line.size() <= kMaxSourceLine) {
    return std::string(line);
  }
  std::size_t end = kMaxSourceLine;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return std::string(line.substr(0, end)) + "…";
}

Finding finding_of(const checks::Detection& detection, const names::Tables& tables,
                   const Unit& unit, const Lines& lines) {
  const checks::Denial& denial = detection.denial;
  const ast::Position at = ast::position_of(*detection.node);
  Finding finding;
  finding.rule = checks::rule_id(denial.check);
  finding.severity = denial.rule != nullptr ? denial.rule->severity : protocol::Severity::kHigh;
  finding.subject = checks::subject_of(denial, tables.symbols, tables.names);
  finding.message = checks::message_of(denial, finding.subject);
  finding.hint = checks::hint_of(denial, tables.symbols, tables.names);
  finding.action = denial.action;
  finding.file = unit.display_name;
  finding.line = at.line;
  finding.column = lines.column(at.line, at.column);
  finding.end_line = at.end_line;
  finding.end_column = lines.column(at.end_line, at.end_column);
  finding.source = shortened(lines.line(at.line));
  if (!unit.dynamic_origin.empty()) {
    finding.subject =
        concat({finding.subject, " (", unit.dynamic_origin, ":", std::to_string(at.line), ")"});
  }
  return finding;
}

}  // namespace

std::vector<Finding> report(const std::vector<checks::Detection>& detections,
                            const names::Tables& tables, const Unit& unit) {
  std::vector<Finding> findings;
  if (detections.empty()) {
    return findings;
  }
  const Lines lines(unit.source);
  for (const checks::Detection& detection : detections) {
    findings.push_back(finding_of(detection, tables, unit, lines));
  }
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return std::tie(a.line, a.column, a.end_line, a.end_column, a.subject) <
           std::tie(b.line, b.column, b.end_line, b.end_column, b.subject);
  });
  return findings;
}

}  // namespace pysb::analysis
