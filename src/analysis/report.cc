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
    const std::size_t end = number < starts_.size() ? starts_[number] : source_.size();
    std::string_view text = source_.substr(start, end - start);
    while (text.ends_with('\n') || text.ends_with('\r')) {
      text.remove_suffix(1);
    }
    return text;
  }

 private:
  std::string_view source_;
  std::vector<std::size_t> starts_;
};

// Columns from bytes, counted from 0, to characters, counted from 1. Asked in ascending order it
// goes over a line only once, however many findings that has.
class Columns {
 public:
  explicit Columns(const Lines& lines) : lines_(lines) {}

  std::uint32_t column(std::uint32_t number, std::uint32_t bytes) {
    if (number != number_ || bytes < bytes_) {
      number_ = number;
      bytes_ = characters_ = 0;
    }
    const std::string_view line = lines_.line(number);
    const std::size_t end = std::min<std::size_t>(bytes, line.size());
    for (; bytes_ < end; ++bytes_) {
      characters_ += (static_cast<unsigned char>(line[bytes_]) & 0xC0U) != 0x80U ? 1 : 0;
    }
    return characters_ + 1;
  }

 private:
  const Lines& lines_;
  std::uint32_t number_ = 0;
  std::uint32_t bytes_ = 0;
  std::uint32_t characters_ = 0;
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

// Everything but the place.
Finding finding_of(const checks::Denial& denial, const names::Tables& tables) {
  Finding finding;
  finding.rule = checks::rule_id(denial.check);
  finding.severity = denial.rule != nullptr ? denial.rule->severity : protocol::Severity::kHigh;
  finding.subject = checks::subject_of(denial, tables.symbols, tables.names);
  finding.message = checks::message_of(denial, finding.subject);
  finding.hint = checks::hint_of(denial, tables.symbols, tables.names);
  finding.action = denial.action;
  return finding;
}

// A detection and where it is.
struct Placed {
  const checks::Denial* denial;
  ast::Position at;
};

std::vector<Placed> in_source_order(const std::vector<checks::Detection>& detections) {
  std::vector<Placed> placed;
  placed.reserve(detections.size());
  for (const checks::Detection& detection : detections) {
    placed.push_back({&detection.denial, ast::position_of(*detection.node)});
  }
  std::stable_sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
    return std::tie(a.at.line, a.at.column, a.at.end_line, a.at.end_column) <
           std::tie(b.at.line, b.at.column, b.at.end_line, b.at.end_column);
  });
  return placed;
}

}  // namespace

std::vector<Finding> report(const std::vector<checks::Detection>& detections,
                            const names::Tables& tables, const Unit& unit) {
  std::vector<Finding> findings;
  if (detections.empty()) {
    return findings;
  }
  const Lines lines(unit.source);
  Columns starts(lines);
  Columns ends(lines);
  for (const Placed& placed : in_source_order(detections)) {
    Finding finding = finding_of(*placed.denial, tables);
    finding.file = unit.display_name;
    finding.line = placed.at.line;
    finding.column = starts.column(placed.at.line, placed.at.column);
    finding.end_line = placed.at.end_line;
    finding.end_column = ends.column(placed.at.end_line, placed.at.end_column);
    finding.source = shortened(lines.line(placed.at.line));
    if (!unit.dynamic_origin.empty()) {
      finding.subject = concat(
          {finding.subject, " (", unit.dynamic_origin, ":", std::to_string(finding.line), ")"});
    }
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace pysb::analysis
