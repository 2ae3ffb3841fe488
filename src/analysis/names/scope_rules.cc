// Python's rules of scopes, as symtable.c has them.
#include "analysis/names/scope_rules.h"

namespace pysb::analysis::names {

namespace at = ast::at;
using ast::Kind;
using ast::Node;

bool is_function(const Node& node) {
  return node.is(Kind::kFunctionDef) || node.is(Kind::kAsyncFunctionDef) || node.is(Kind::kLambda);
}

bool is_comprehension(const Node& node) {
  return node.is(Kind::kListComp) || node.is(Kind::kSetComp) || node.is(Kind::kDictComp) ||
         node.is(Kind::kGeneratorExp);
}

bool inside(const Node& opener, ast::Slot slot) {
  switch (opener.kind) {
    case Kind::kFunctionDef:
    case Kind::kAsyncFunctionDef:
      return slot == at::FunctionDef::args || slot == at::FunctionDef::body;
    case Kind::kClassDef:
      return slot == at::ClassDef::body;
    default:
      return true;
  }
}

const Node& surroundings(const Node& node) {
  const Node& parent = *node.parent;
  if (parent.is(Kind::kArguments) &&
      (node.slot == at::Arguments::defaults || node.slot == at::Arguments::kw_defaults)) {
    return *parent.parent;
  }
  if (parent.is(Kind::kArg)) {
    return *parent.parent->parent;
  }
  if (parent.is(Kind::kComprehension) && node.slot == at::Comprehension::iter &&
      parent.parent->fields[parent.slot].nodes[0] == &parent) {
    return *parent.parent;
  }
  return parent;
}

bool is_binder(const Node& node) {
  switch (node.kind) {
    case Kind::kName:
      return !node.loads();
    case Kind::kAlias:
    case Kind::kFunctionDef:
    case Kind::kAsyncFunctionDef:
    case Kind::kClassDef:
    case Kind::kArg:
    case Kind::kExceptHandler:
    case Kind::kMatchAs:
    case Kind::kMatchStar:
    case Kind::kMatchMapping:
    case Kind::kTypeVar:
    case Kind::kParamSpec:
    case Kind::kTypeVarTuple:
      return true;
    default:
      return false;
  }
}

const Node* certain_statement(const Node& binder) {
  const Node* node = &binder;
  while (node->is(Kind::kName) || node->is(Kind::kTuple) || node->is(Kind::kList) ||
         node->is(Kind::kStarred) || node->is(Kind::kAlias)) {
    node = node->parent;
  }
  switch (node->kind) {
    case Kind::kFunctionDef:
    case Kind::kAsyncFunctionDef:
    case Kind::kClassDef:
    case Kind::kAssign:
    case Kind::kImport:
    case Kind::kImportFrom:
      return node;
    case Kind::kAnnAssign:
      return node->one(at::AnnAssign::value) != nullptr ? node : nullptr;
    default:
      return nullptr;
  }
}

bool runs_later(const Node& statement) {
  return statement.is(Kind::kFunctionDef) || statement.is(Kind::kAsyncFunctionDef) ||
         statement.is(Kind::kClassDef);
}

}  // namespace pysb::analysis::names
