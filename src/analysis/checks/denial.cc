// Denials in words.
#include "analysis/checks/denial.h"

#include "base/text.h"

namespace pysb::analysis::checks {
namespace {

std::string_view name_text(const Denial& denial, const names::QualifiedNames& names) {
  return names.display(denial.check == Check::kCall ? names.canonical(denial.name) : denial.name);
}

}  // namespace

std::string_view rule_id(Check check) {
  switch (check) {
    case Check::kImport:
      return "import.denied";
    case Check::kCall:
      return "call.denied";
    case Check::kAttribute:
      return "attr.denied";
    case Check::kName:
      return "name.denied";
    case Check::kPath:
      return "path.denied";
  }
  return "";
}

std::string subject_of(const Denial& denial, const ast::Symbols& symbols,
                       const names::QualifiedNames& names) {
  if (denial.check == Check::kPath) {
    return concat(
        {names.display(denial.name), "(\"", escape_line(symbols.text(denial.word), 256), "\")"});
  }
  std::string subject(denial.check == Check::kAttribute ? symbols.text(denial.word)
                                                        : name_text(denial, names));
  if (denial.place == "star") {
    subject += ".*";
  } else if (denial.place == "decorator") {
    subject += " (decorator)";
  } else if (!denial.place.empty()) {
    subject.append(" ").append(denial.place);
  }
  if (!denial.via.empty()) {
    subject.append(" via ").append(denial.via);
  }
  return subject;
}

std::string message_of(const Denial& denial, std::string_view subject) {
  if (denial.rule != nullptr && !denial.rule->message.empty()) {
    return denial.rule->message;
  }
  switch (denial.check) {
    case Check::kImport:
      return concat({"The policy does not allow the import of ", subject, "."});
    case Check::kCall:
      return concat({"The policy does not allow calls of ", subject, "."});
    case Check::kAttribute:
      return concat({"The policy does not allow the attribute ", subject, "."});
    case Check::kName:
      return concat({"The policy does not allow the name ", subject, "."});
    case Check::kPath:
      return concat({"The policy does not allow ", denial.write ? "changing" : "reading",
                     " this path: ", subject, "."});
  }
  return "";
}

std::string hint_of(const Denial& denial, const ast::Symbols& symbols,
                    const names::QualifiedNames& names) {
  const std::string_view name = name_text(denial, names);
  switch (denial.check) {
    case Check::kImport:
      return concat({"imports: {allow: [", name, "]}"});
    case Check::kCall:
      return concat({"calls: {allow: [", name, "]}"});
    case Check::kAttribute:
      return concat({"attributes: {allow: [", symbols.text(denial.word), "]}"});
    case Check::kName:
      return concat({"names: {allow: [", name, "]}"});
    case Check::kPath:
      return concat({"access: {", denial.write ? "write" : "read", ": [\"",
                     escape_line(symbols.text(denial.word), 256), "\"]}"});
  }
  return "";
}

}  // namespace pysb::analysis::checks
