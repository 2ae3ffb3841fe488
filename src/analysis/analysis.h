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
#include "policy/rules/rules.h"
#include "protocol/finding.h"

namespace pysb::analysis {

// What a helper does when the neutralised code calls it. The guest implements them.
//
// A helper stands in the tree as the callee of a Call, written as ast.Constant holding
// frozenset({placeholder_text(nonce, index)}): a value no source text can produce, which CPython does
// not fold in this place. After compiling, the guest puts the helper object into co_consts instead.
enum class HelperKind : std::uint8_t {
  kInert,             // (*args, **kw): the inert value; arguments were evaluated
  kReplace,           // (*args, **kw): the literal of the rule
  kRaise,             // (*args, **kw): raises RemovedError(PermissionError)
  kNot,               // (x): inert if x is inert, else not x
  kIs,                // (a, b): inert if just one is inert, else a is b
  kIsNot,             // likewise
  kIn,                // (item, container): inert if either is inert, else item in container
  kNotIn,             // likewise
  kUnpack,            // (value, n, star): value, or for the inert value an n-tuple of inert values;
                      //   star >= 0: the starred target's index, which then gets an empty list's
                      //   place in the tuple
  kAugment,           // (target, value): true when value is inert, so that `x += value` is skipped
  kExceptTypes,       // (types): an except clause's types without inert values, () if none is left
  kRaisable,          // (exc): exc, or PySandboxRemoved(RuntimeError) when it is inert
  kImportError,       // (name): raises ModuleNotFoundError as the import system would
  kDynamicEval,       // (): the guarded eval, exec, compile: where code reaches them by another way
  kDynamicExec,       //   than the plain name (builtins.exec, getattr(builtins, "exec"))
  kDynamicCompile,
};

struct Helper {
  HelperKind kind = HelperKind::kInert;
  policy::Literal replacement;  // kReplace
  std::string subject;          // kRaise: what was denied, for the exception's text
};

std::string placeholder_text(std::uint64_t nonce, std::uint32_t helper_index);

// A piece of source text that is analysed and compiled as one.
struct Unit {
  std::string_view source;    // decoded text, UTF-8, exactly what was parsed
  std::string display_name;   // for findings: "prog.py", "dir/helper.py", "<eval:3>"
  // Suffix of subjects found in dynamic code: "inside eval, <eval:3>:1"; empty elsewhere.
  std::string dynamic_origin;
  bool keeps_bindings = false;  // an input of a session: later inputs see what this one binds
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

  // `tree` is an ast.Module, ast.Interactive or ast.Expression as compile(…, PyCF_ONLY_AST) gives
  // it. May modify it. A Python error from the C API is cleared and becomes kRefused.
  Analysis analyse(PyObject* tree, const Unit& unit);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace pysb::analysis
