// Uses of names: of the language, of modules, of what modules hold.
#include <algorithm>

#include "analysis/checks/checks.h"

namespace pysb::analysis::checks {
namespace {

namespace at = ast::at;
using ast::Kind;

bool is_callee(const ast::Node& use) { return use.fills(Kind::kCall, at::Call::func); }

bool is_decorator(const ast::Node& use) {
  return use.fills(Kind::kFunctionDef, at::FunctionDef::decorator_list) ||
         use.fills(Kind::kAsyncFunctionDef, at::AsyncFunctionDef::decorator_list) ||
         use.fills(Kind::kClassDef, at::ClassDef::decorator_list);
}

// Constants (PIPE, AF_INET) and exceptions do nothing when used. A rule that means everything in a
// module means what it can do; one that spells their name means them.
bool is_exempt(const policy::Rule& rule, std::string_view word) {
  const std::string& pattern = rule.pattern.text();  // empty: an allow list that lacks the name
  if (!pattern.empty() && pattern.find('*') == std::string::npos) {
    return false;
  }
  const bool capitals = std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
  return capitals || word.ends_with("Error") || word.ends_with("Exception") ||
         word.ends_with("Warning") || word.ends_with("Expired");
}

}  // namespace

names::Taken Checks::take_load(const ast::Node& use, names::SetId introduced,
                               std::string_view via) {
  NameId dynamic = 0;
  for (const names::Value& value : tables_.sets.values(introduced)) {
    if (value.kind != names::ValueKind::kName) {
      continue;
    }
    Denial denial;
    if (judge_load(use, value.id, via, denial)) {
      return decide(use, denial);
    }
    if (is_dynamic_code(value.id) && !use.is(Kind::kName)) {
      dynamic = tables_.names.canonical(value.id);
    }
  }
  // Under their plain names the program has guarded ones; by other ways it gets them from here.
  if (dynamic != 0 && recording_ && noted_.find(std::uint64_t{use.index} + 1) < 0) {
    noted_.put(std::uint64_t{use.index} + 1, 1);
    redirects_.push_back({&use, dynamic});
  }
  return std::nullopt;
}

bool Checks::judge_load(const ast::Node& use, NameId name, std::string_view via, Denial& denial) {
  const bool builtin = tables_.names.is_builtin(tables_.names.canonical(name));
  const bool denied =
      builtin ? judge_builtin(use, name, via, denial) : judge_member(name, via, denial);
  if (denied) {
    denial.action = denial.rule->action;
    denial.place = is_decorator(use) ? "decorator" : "";
  }
  return denied;
}

bool Checks::judge_builtin(const ast::Node& use, NameId name, std::string_view via,
                           Denial& denial) {
  const NameId canonical = tables_.names.canonical(name);
  denial.name = canonical;
  denial.via = canonical != name && via.empty() ? tables_.names.text(name) : via;
  // A word that is neither bound nor Python's is no function of that name.
  const bool known = tables_.names.is_builtin_word(tables_.names.last(canonical));
  denial.rule = known ? verdicts_.of_call(canonical) : nullptr;
  if (denial.rule == nullptr) {
    denial.rule = verdicts_.of_name(canonical);
    denial.check = Check::kName;
    return denial.rule != nullptr;
  }
  const bool called = !use.is(Kind::kName) || is_callee(use) || is_decorator(use);
  denial.check = called ? Check::kCall : Check::kName;
  return true;
}

bool Checks::judge_member(NameId name, std::string_view via, Denial& denial) {
  names::QualifiedNames& names = tables_.names;
  const NameId canonical = names.canonical(name);
  if (names.text(name).starts_with("builtins.")) {
    return false;
  }
  denial.name = canonical;
  denial.via = canonical != name && via.empty() ? names.text(name) : via;
  denial.check = Check::kImport;
  denial.rule = verdicts_.of_import(name);
  if (denial.rule != nullptr) {
    return true;
  }
  denial.check = Check::kCall;
  denial.rule = verdicts_.of_call(name);
  if (denial.rule == nullptr) {
    return false;
  }
  return !is_exempt(*denial.rule, tables_.symbols.text(names.last(name)));
}

bool Checks::is_dynamic_code(NameId name) const {
  const std::string_view text = tables_.names.text(tables_.names.canonical(name));
  return text == "builtins.eval" || text == "builtins.exec" || text == "builtins.compile";
}

}  // namespace pysb::analysis::checks
