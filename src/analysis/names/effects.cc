// A list of what is certainly quiet; everything else counts as an effect.
#include "analysis/names/effects.h"

#include <algorithm>

namespace pysb::analysis::names {
namespace {

namespace at = ast::at;
using ast::Kind;
using ast::Node;

bool quiet(const Node* node) {
  if (node == nullptr) {
    return true;
  }
  switch (node->kind) {
    case Kind::kName:
    case Kind::kConstant:
    case Kind::kLambda:
      return true;
    case Kind::kTuple:
    case Kind::kList:
      return std::all_of(node->list(at::Tuple::elts).begin(), node->list(at::Tuple::elts).end(),
                         quiet);
    default:
      return false;
  }
}

bool all_quiet(std::span<Node* const> nodes) {
  return std::all_of(nodes.begin(), nodes.end(), quiet);
}

bool quiet_arg(const Node* arg) { return arg == nullptr || quiet(arg->one(at::Arg::annotation)); }

bool quiet_signature(const Node& function) {
  const Node& args = *function.one(at::FunctionDef::args);
  const auto quiet_args = [&args](ast::Slot slot) {
    return std::all_of(args.list(slot).begin(), args.list(slot).end(), quiet_arg);
  };
  return function.list(at::FunctionDef::decorator_list).empty() &&
         all_quiet(args.list(at::Arguments::defaults)) &&
         all_quiet(args.list(at::Arguments::kw_defaults)) && quiet_args(at::Arguments::args) &&
         quiet_args(at::Arguments::posonlyargs) && quiet_args(at::Arguments::kwonlyargs) &&
         quiet_arg(args.one(at::Arguments::vararg)) && quiet_arg(args.one(at::Arguments::kwarg)) &&
         quiet(function.one(at::FunctionDef::returns));
}

bool any_effect(std::span<Node* const> statements) {
  return std::any_of(statements.begin(), statements.end(),
                     [](const Node* statement) { return has_effect(*statement); });
}

}  // namespace

bool has_effect(const Node& statement) {
  switch (statement.kind) {
    case Kind::kFunctionDef:
    case Kind::kAsyncFunctionDef:
      return !quiet_signature(statement);
    case Kind::kClassDef:
      // A base may have an __init_subclass__ of the program's.
      return !statement.list(at::ClassDef::bases).empty() ||
             !statement.list(at::ClassDef::keywords).empty() ||
             !statement.list(at::ClassDef::decorator_list).empty() ||
             any_effect(statement.list(at::ClassDef::body));
    case Kind::kImport:
    case Kind::kImportFrom:
    case Kind::kPass:
    case Kind::kGlobal:
    case Kind::kNonlocal:
      return false;
    case Kind::kExpr:
      return !quiet(statement.one(at::Expr::value));
    case Kind::kAssign:
      return !quiet(statement.one(at::Assign::value)) ||
             !std::all_of(statement.list(at::Assign::targets).begin(),
                          statement.list(at::Assign::targets).end(),
                          [](const Node* target) { return target->is(Kind::kName); });
    default:
      return true;
  }
}

}  // namespace pysb::analysis::names
