#include "engine/recorder.h"

#include "base/text.h"

namespace pysb::engine {
namespace {

std::string key_of(const protocol::Finding& finding) {
  const std::string_view separator("\0", 1);
  return concat({finding.rule, separator, finding.subject, separator, finding.file, separator,
                 std::to_string(finding.line), ":", std::to_string(finding.column), separator,
                 name_of(finding.layer), name_of(finding.origin)});
}

}  // namespace

void Recorder::add(protocol::Finding finding) {
  const std::string key = key_of(finding);
  if (const auto known = index_.find(key); known != index_.end()) {
    findings_[known->second].count += finding.count;
    return;
  }
  if (findings_.size() >= kMaxDistinct) {
    dropped_ += finding.count;
    return;
  }
  index_.emplace(key, findings_.size());
  tell_(finding);
  findings_.push_back(std::move(finding));
}

}  // namespace pysb::engine
