// Asking the policy, with a memory.
#include "analysis/checks/verdicts.h"

#include <string_view>

namespace pysb::analysis::checks {
namespace {

const policy::Rule kUnasked;

}  // namespace

template <class Ask>
const policy::Rule* Verdicts::remembered(Answers& answers, std::uint32_t number, Ask&& ask) {
  if (number >= answers.size()) {
    answers.resize(number + number / 2 + 64, &kUnasked);
  }
  if (answers[number] == &kUnasked) {
    answers[number] = ask();
  }
  return answers[number];
}

const policy::Rule* Verdicts::import_of_one(NameId name) const {
  const NameId module = names_.parent(name);
  return module == 0
             ? policy::denied_import(rules_, names_.text(name), {})
             : policy::denied_import(rules_, names_.text(module), symbols_.text(names_.last(name)));
}

const policy::Rule* Verdicts::of_import(NameId name) {
  return remembered(imports_, name, [&] {
    const policy::Rule* rule = import_of_one(name);
    const NameId canonical = names_.canonical(name);
    const bool elsewhere = canonical != name && !names_.is_builtin(canonical);
    return rule == nullptr && elsewhere ? import_of_one(canonical) : rule;
  });
}

const policy::Rule* Verdicts::of_star(NameId module) const {
  const policy::Rule* rule = policy::denied_import(rules_, names_.text(module), "*");
  const NameId canonical = names_.canonical(module);
  return rule == nullptr && canonical != module
             ? policy::denied_import(rules_, names_.text(canonical), "*")
             : rule;
}

const policy::Rule* Verdicts::of_call(NameId name) {
  return remembered(calls_, name, [&] {
    const NameId canonical = names_.canonical(name);
    std::vector<std::string_view> all{names_.text(canonical)};
    if (names_.is_builtin(canonical)) {
      all.push_back(names_.display(canonical));
    }
    if (canonical != name) {
      all.push_back(names_.text(name));
    }
    return rules_.calls.denied(all);
  });
}

const policy::Rule* Verdicts::of_name(NameId name) {
  return remembered(words_, name, [&] { return rules_.names.denied(names_.display(name)); });
}

const policy::Rule* Verdicts::of_attribute(ast::Symbol word) {
  return remembered(attributes_, word,
                    [&] { return rules_.attributes.denied(symbols_.text(word)); });
}

}  // namespace pysb::analysis::checks
