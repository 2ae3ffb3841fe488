// What the policy has against one place of a program.
#pragma once

#include <string>
#include <string_view>

#include "analysis/ast/node.h"
#include "analysis/names/qualified_names.h"
#include "policy/rules/rules.h"

namespace pysb::analysis::checks {

using names::NameId;

enum class Check : std::uint8_t { kImport, kCall, kAttribute, kName, kPath };

// Small, because most are only asked for and thrown away; texts are made when one is reported.
struct Denial {
  Check check = Check::kCall;
  policy::Action action = policy::Action::kRemove;
  const policy::Rule* rule = nullptr;  // null with kPath
  NameId name = 0;                     // kImport, kCall, kName; kPath: the function
  ast::Symbol word = 0;                // kAttribute; kPath: the path as written
  bool write = false;                  // kPath
  std::string_view via;                // how it is reached when not plainly: "getattr"
  std::string_view place;              // said of it in parentheses or after it: "decorator"
};

// The tree without the harm is made from these.
struct Detection {
  const ast::Node* node = nullptr;
  Denial denial;
};

// "os.system via getattr", "eval (decorator)", "open(\"/etc/passwd\")".
std::string subject_of(const Denial& denial, const ast::Symbols& symbols,
                       const names::QualifiedNames& names);
// One sentence for people, and what to write into the policy to allow it.
std::string message_of(const Denial& denial, std::string_view subject);
std::string hint_of(const Denial& denial, const ast::Symbols& symbols,
                    const names::QualifiedNames& names);
std::string_view rule_id(Check check);

}  // namespace pysb::analysis::checks
