// Helpers: what neutralised code calls. The analysis names them in the tree, the guest supplies
// them.
#pragma once

#include <cstdint>
#include <string>

#include "policy/rules/rules.h"

namespace pysb::analysis {

// What a helper does when the neutralised code calls it. The guest implements them.
//
// A helper stands in the tree as the callee of a Call, written as ast.Constant holding
// frozenset({placeholder_text(nonce, index)}): a value no source text can produce, which CPython
// does not fold in this place. After compiling, the guest puts the helper object into co_consts
// instead.
enum class HelperKind : std::uint8_t {
  kInert,        // (*args, **kw): the inert value; arguments were evaluated
  kReplace,      // (*args, **kw): the literal of the rule
  kRaise,        // (*args, **kw): raises RemovedError(PermissionError)
  kNot,          // (x): inert if x is inert, else not x
  kIs,           // (a, b): inert if just one is inert, else a is b
  kIsNot,        // likewise
  kIn,           // (item, container): inert if either is inert, else item in container
  kNotIn,        // likewise
  kUnpack,       // (value, n, star): value, or for the inert value a tuple of inert values that
                 //   unpacks into n targets: n of them, or n - 1 when star, the index of the
                 //   starred target, is not -1 (that target then gets an empty list)
  kAugment,      // (value): value, or for the inert value a neutral operand: the object whose
                 //   (reflected, in-place) operators all give back the other operand, so that
                 //   `x += value` leaves x as it is; else it behaves as the inert value does
  kExceptTypes,  // (types): an except clause's types without inert values, () if none is left
  kRaisable,     // (exc): exc, or PySandboxRemoved(RuntimeError) when it is inert
  kImportError,  // (name): raises ModuleNotFoundError as the import system would
  kDynamicEval,  // (): the guarded eval, exec, compile: where code reaches them by another way
  kDynamicExec,  //   than the plain name (builtins.exec, getattr(builtins, "exec"))
  kDynamicCompile,
};

struct Helper {
  HelperKind kind = HelperKind::kInert;
  policy::Literal replacement;  // kReplace
  std::string subject;          // kRaise: what was denied, for the exception's text
};

std::string placeholder_text(std::uint64_t nonce, std::uint32_t helper_index);

}  // namespace pysb::analysis
