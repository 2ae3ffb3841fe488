// Each kind of binder, and what it gives its name. Functions are in function_definitions.cc.
#include "analysis/names/definitions.h"

#include <algorithm>

#include "analysis/names/collector.h"

namespace pysb::analysis::names {
namespace {

namespace at = ast::at;
using ast::Kind;

// The element of a value that an element of a tuple target takes.
std::int32_t step_to(const Node& target) {
  constexpr std::uint32_t kMaxStep = 64;  // beyond it, any element
  const auto before = target.parent->list(at::Tuple::elts).first(std::min(target.item, kMaxStep));
  const bool after_star = std::any_of(before.begin(), before.end(),
                                      [](const Node* e) { return e->is(Kind::kStarred); });
  return after_star || target.item >= kMaxStep ? kEach : static_cast<std::int32_t>(target.item);
}

}  // namespace

void Collector::describe(const Node& binder) {
  switch (binder.kind) {
    case Kind::kName:
      describe_name(binder);
      break;
    case Kind::kAlias:
      describe_import(binder);
      break;
    case Kind::kArg:
      describe_argument(binder);
      break;
    case Kind::kFunctionDef:
    case Kind::kAsyncFunctionDef:
      describe_function(binder);
      break;
    case Kind::kClassDef:
      describe_class(binder);
      break;
    default:  // except … as, captures of match, type parameters
      if (const BindingId target = scopes_.binding_of(binder)) {
        fact(target, kAnything);
      }
  }
}

void Collector::describe_other(const Node& node) {
  switch (node.kind) {
    case Kind::kAttribute:
      if (node.context == ast::Context::kStore) {
        describe_attribute(node);
      }
      break;
    case Kind::kSubscript: {
      const Node& container = *node.one(at::Subscript::value);
      if (node.context == ast::Context::kStore && container.is(Kind::kName) &&
          node.fills(Kind::kAssign, at::Assign::targets)) {
        define(scopes_.reach(container).outer, Source::kStored,
               node.parent->one(at::Assign::value));
      }
      break;
    }
    case Kind::kReturn: {
      const Scope& scope = scopes_.scope(scopes_.scope_of(node));
      if (scope.kind == ScopeKind::kFunction && node.one(at::Return::value) != nullptr) {
        define(scopes_.result_of(*scope.node), Source::kValue, node.one(at::Return::value));
      }
      break;
    }
    case Kind::kLambda:
      describe_lambda(node);
      break;
    case Kind::kCall:
      describe_call(node);
      break;
    default:
      break;
  }
}

void Collector::describe_name(const Node& name) {
  const BindingId target = scopes_.binding_of(name);
  if (target != 0 && name.context == ast::Context::kStore) {
    describe_target(target, name);
  }
}

// Climbs from a target to the statement that fills it, noting the steps on the way.
void Collector::describe_target(BindingId target, const Node& name) {
  std::vector<std::int32_t> path;
  const Node* node = &name;
  for (; node->parent->is(Kind::kTuple) || node->parent->is(Kind::kList) ||
         node->parent->is(Kind::kStarred);
       node = node->parent) {
    if (node->parent->is(Kind::kStarred)) {
      path.push_back(kRest);
      continue;
    }
    if (node->is(Kind::kStarred)) {
      continue;
    }
    path.push_back(step_to(*node));
  }
  const Node& filler = *node->parent;
  std::reverse(path.begin(), path.end());
  switch (filler.kind) {
    case Kind::kAssign:
      define(target, Source::kValue, filler.one(at::Assign::value), std::move(path));
      break;
    case Kind::kNamedExpr:
      define(target, Source::kValue, filler.one(at::NamedExpr::value), std::move(path));
      break;
    case Kind::kAnnAssign:
      if (filler.one(at::AnnAssign::value) != nullptr) {
        define(target, Source::kValue, filler.one(at::AnnAssign::value));
      }
      break;
    case Kind::kAugAssign:
      define(target, Source::kAugmented, &filler);
      break;
    case Kind::kFor:
    case Kind::kAsyncFor:
      path.insert(path.begin(), kEach);
      define(target, Source::kValue, filler.one(at::For::iter), std::move(path));
      break;
    case Kind::kComprehension:
      path.insert(path.begin(), kEach);
      define(target, Source::kValue, filler.one(at::Comprehension::iter), std::move(path));
      break;
    case Kind::kWithItem:
      define(target, Source::kEntered, filler.one(at::WithItem::context_expr), std::move(path));
      break;
    default:
      fact(target, kAnything);
  }
}

// The module or member that an alias names; 0 for relative imports, whose package is not known.
NameId Collector::imported(const Node& alias) {
  QualifiedNames& names = program_.tables.names;
  const Node& statement = *alias.parent;
  const std::string_view name = program_.tables.symbols.text(alias.word(at::Alias::name));
  if (statement.is(Kind::kImport)) {
    return names.of(name);
  }
  if (statement.number(at::ImportFrom::level) > 0) {
    return 0;
  }
  const NameId module =
      names.of(program_.tables.symbols.text(statement.word(at::ImportFrom::module)));
  return name == "*" ? module : names.child(module, alias.word(at::Alias::name));
}

void Collector::describe_import(const Node& alias) {
  const NameId target = imported(alias);
  const BindingId binding = scopes_.binding_of(alias);
  const Taken taken = target != 0 ? censor_.take_import(alias, target) : std::nullopt;
  if (binding == 0) {
    if (!taken && target != 0) {
      result_.star_imports.push_back(target);
    }
    result_.star_removed = result_.star_removed || taken == kInert;
    return;
  }
  if (taken || target == 0) {
    fact(binding, taken.value_or(kAnything));
    return;
  }
  const bool root_only = alias.parent->is(Kind::kImport) && alias.word(at::Alias::asname) == 0;
  const std::string_view whole = program_.tables.names.text(target);
  fact(binding,
       sets_.name(root_only ? program_.tables.names.of(whole.substr(0, whole.find('.'))) : target));
}

void Collector::describe_class(const Node& node) {
  const BindingId target = scopes_.binding_of(node);
  mark_callable(node.word(at::ClassDef::name));
  fact(target, sets_.of(Value{ValueKind::kClass, node.index}));
  if (!node.list(at::ClassDef::decorator_list).empty()) {
    fact(target, kAnything);
  }
}

Definitions collect_definitions(Program& program, Censor& censor) {
  return Collector(program, censor).run();
}

}  // namespace pysb::analysis::names
