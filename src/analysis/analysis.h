// Layer 1: finds what the policy denies in a parsed program and rewrites the tree so that just that
// is gone. Knows Python's tree, never runs anything of the program.
//
//   Analyser analyser({.rules = rules, .nonce = nonce});
//   Analysis result = analyser.analyse(tree, {.source = text, .display_name = "prog.py"});
//   // result.tree compiles; its placeholders are turned into helper objects by the guest
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/ast/py_ref.h"
#include "analysis/helper.h"
#include "analysis/words.h"
#include "policy/rules/rules.h"
#include "protocol/finding.h"

namespace pysb::analysis {

// A piece of source text that is analysed and compiled as one.
struct Unit {
  std::string_view source;   // decoded text, UTF-8, exactly what was parsed
  std::string display_name;  // for findings: "prog.py", "dir/helper.py", "<eval:3>"
  // Where the text of dynamic code comes from: "inside eval, <eval:3>"; empty elsewhere. Subjects
  // get it and the line as a suffix: "__import__ (inside eval, <eval:3>:1)".
  std::string dynamic_origin;
  // An input of a session, or the main program: what it binds at module level is seen by the units
  // after it (inputs, text given to eval and exec), so that `exec("os.system('id')")` is
  // understood.
  bool keeps_bindings = false;
};

struct Analysis {
  // kRefused: the tree could not be analysed (too deep, out of budget): it must not be run.
  enum class State : std::uint8_t { kOk, kBlocked, kRefused };
  State state = State::kOk;
  std::string refusal;
  std::vector<protocol::Finding> findings;  // in source order; layer static, origin supervisor
  py::Ref tree;                 // the rewritten tree; the given one when nothing was found
  std::vector<Helper> helpers;  // indexed by the placeholders in the tree
};

struct Settings {
  const policy::RuleSet* rules = nullptr;  // outlives the analyser
  std::uint64_t nonce = 0;
  std::string working_dir = "/workspace";  // for relative constant paths
};

// One for a guest's life: it keeps the bindings of a session. Not thread-safe; needs the GIL.
class Analyser {
 public:
  explicit Analyser(Settings settings);
  ~Analyser();
  Analyser(const Analyser&) = delete;
  Analyser& operator=(const Analyser&) = delete;

  // False only when analysing this text (UTF-8) would find nothing and change nothing, provided
  // that nothing was found before: it can be compiled without having been parsed into Python's
  // classes.
  bool concerns(std::string_view text) const;

  // `tree` is an ast.Module, ast.Interactive or ast.Expression as compile(…, PyCF_ONLY_AST) gives
  // it. May modify it. A Python error from the C API is cleared and becomes kRefused.
  Analysis analyse(PyObject* tree, const Unit& unit);

 private:
  struct State;
  Settings settings_;
  Words words_;
  std::unique_ptr<State> state_;  // made by the first analysis
};

}  // namespace pysb::analysis
