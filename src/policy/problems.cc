#include "policy/problems.h"

#include "base/text.h"

namespace pysb::policy {

void Problems::add(yaml::Place place, std::string message, std::string hint) {
  if (all_.size() < kMaxDiagnostics) {
    all_.push_back({file_, place.line, place.column, std::move(message), std::move(hint)});
  } else if (all_.size() == kMaxDiagnostics) {
    all_.push_back({file_, 0, 0, "there is more wrong; mend the first 100 problems first", ""});
  }
}

std::string suggestion(std::string_view word, const std::vector<std::string_view>& candidates) {
  if (const std::string_view near = nearest(word, candidates); !near.empty()) {
    return concat({"did you mean ", near, "?"});
  }
  std::string text = candidates.size() == 1 ? "there is only " : "there are ";
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    text.append(i == 0 ? "" : ", ").append(candidates[i]);
  }
  return text;
}

std::string told(const yaml::TreeNode& node) {
  switch (node.kind) {
    case yaml::Kind::kList:
      return "a list";
    case yaml::Kind::kMap:
      return "a mapping";
    case yaml::Kind::kScalar:
      break;
  }
  return node.is_null() ? "nothing" : concat({"\"", escape_line(node.text, 60), "\""});
}

std::string to_string(const Diagnostic& diagnostic) {
  std::string text = diagnostic.file;
  if (diagnostic.line > 0) {
    text += concat({":", std::to_string(diagnostic.line), ":", std::to_string(diagnostic.column)});
  }
  text.append(": ").append(diagnostic.message);
  return diagnostic.hint.empty() ? text : concat({text, "; ", diagnostic.hint});
}

}  // namespace pysb::policy
