// Each kind of binder, and what it gives its name.
#include "analysis/names/definitions.h"

#include <algorithm>

namespace pysb::analysis::names {
namespace {

namespace at = ast::at;
using ast::Kind;

class Collector {
 public:
  Collector(Program& program, Censor& censor)
      : program_(program), scopes_(program.scopes), sets_(program.tables.sets), censor_(censor) {}

  Definitions run() {
    result_.star_imports = program_.tables.session_stars;
    for (const Node* binder : scopes_.binders()) {
      describe(*binder);
    }
    for (std::uint32_t i = 0; i < program_.tree.size(); ++i) {
      describe_other(program_.tree[i]);
    }
    return std::move(result_);
  }

 private:
  void describe(const Node& binder);
  void describe_other(const Node& node);
  void describe_name(const Node& name);
  void describe_target(BindingId target, const Node& name);
  void describe_import(const Node& alias);
  void describe_argument(const Node& arg);
  void describe_default(BindingId target, const Node& arg);
  void describe_function(const Node& function);
  void describe_class(const Node& node);
  void describe_attribute(const Node& attribute);
  void describe_call(const Node& call);
  void describe_lambda(const Node& lambda);
  NameId imported(const Node& alias);
  const Node* method_owner(const Node& arg) const;

  void fact(BindingId target, SetId values) { result_.facts.push_back({target, values}); }
  void define(BindingId target, Source source, const Node* node,
              std::vector<std::int32_t> path = {}) {
    result_.list.push_back({target, source, node, std::move(path)});
  }
  void mark_callable(Symbol word) {
    callable_.resize(std::max<std::size_t>(callable_.size(), word + 1), false);
    callable_[word] = true;
  }

  Program& program_;
  Scopes& scopes_;
  ValueSets& sets_;
  Censor& censor_;
  Definitions result_;
  std::vector<bool> callable_;  // by symbol: names that functions of the program may have
};

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
    const auto elements = node->parent->list(at::Tuple::elts);
    const auto here = std::find(elements.begin(), elements.end(), node);
    const bool after_star =
        std::any_of(elements.begin(), here, [](const Node* e) { return e->is(Kind::kStarred); });
    path.push_back(after_star ? kEach : static_cast<std::int32_t>(here - elements.begin()));
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
  const bool removed = target != 0 && censor_.removes_import(alias, target);
  if (binding == 0) {
    if (!removed && target != 0) {
      result_.star_imports.push_back(target);
    }
    result_.star_removed = result_.star_removed || removed;
    return;
  }
  if (removed || target == 0) {
    fact(binding, removed ? kInert : kAnything);
    return;
  }
  const bool root_only =
      alias.parent->is(Kind::kImport) && alias.word(at::Alias::asname) == 0;
  const std::string_view whole = program_.tables.names.text(target);
  fact(binding, sets_.name(root_only ? program_.tables.names.of(whole.substr(0, whole.find('.')))
                                     : target));
}

void Collector::describe_argument(const Node& arg) {
  const BindingId target = scopes_.binding_of(arg);
  fact(target, kAnything);
  if (const Node* owner = method_owner(arg)) {
    fact(target, sets_.of(Value{ValueKind::kInstance, owner->index}));
  }
  describe_default(target, arg);
}

// The class whose method has `arg` as its first parameter, or null.
const Node* Collector::method_owner(const Node& arg) const {
  const Node& arguments = *arg.parent;
  const Node& function = *arguments.parent;
  const auto first = arguments.list(at::Arguments::posonlyargs).empty()
                         ? arguments.list(at::Arguments::args)
                         : arguments.list(at::Arguments::posonlyargs);
  if (function.is(Kind::kLambda) || first.empty() || first.front() != &arg) {
    return nullptr;
  }
  return function.fills(Kind::kClassDef, at::ClassDef::body) ? function.parent : nullptr;
}

void Collector::describe_default(BindingId target, const Node& arg) {
  const Node& arguments = *arg.parent;
  const auto with_default = [&](ast::Slot slot, ast::Slot defaults, std::size_t before) {
    const auto args = arguments.list(slot);
    const auto values = arguments.list(defaults);
    const auto index = static_cast<std::size_t>(
        std::find(args.begin(), args.end(), &arg) - args.begin()) + before;
    // Positional defaults belong to the last parameters, both kinds counted together.
    const std::size_t total = arguments.list(at::Arguments::posonlyargs).size() +
                              arguments.list(at::Arguments::args).size();
    const std::size_t skipped = defaults == at::Arguments::defaults ? total - values.size() : 0;
    if (index >= skipped && index - skipped < values.size() &&
        values[index - skipped] != nullptr) {
      define(target, Source::kValue, values[index - skipped]);
    }
  };
  switch (arg.slot) {
    case at::Arguments::posonlyargs:
      with_default(arg.slot, at::Arguments::defaults, 0);
      break;
    case at::Arguments::args:
      with_default(arg.slot, at::Arguments::defaults,
                   arguments.list(at::Arguments::posonlyargs).size());
      break;
    case at::Arguments::kwonlyargs:
      with_default(arg.slot, at::Arguments::kw_defaults, 0);
      break;
    default:
      break;
  }
}

void Collector::describe_function(const Node& function) {
  const BindingId target = scopes_.binding_of(function);
  mark_callable(function.word(at::FunctionDef::name));
  fact(target, sets_.of(Value{ValueKind::kFunction, function.index}));
  if (!function.list(at::FunctionDef::decorator_list).empty()) {
    fact(target, kAnything);
  }
  // Beside what its return statements give: None at its end, a generator, a coroutine.
  fact(scopes_.result_of(function), kAnything);
}

void Collector::describe_class(const Node& node) {
  const BindingId target = scopes_.binding_of(node);
  mark_callable(node.word(at::ClassDef::name));
  fact(target, sets_.of(Value{ValueKind::kClass, node.index}));
  if (!node.list(at::ClassDef::decorator_list).empty()) {
    fact(target, kAnything);
  }
}

// `self.name = value` in a method.
void Collector::describe_attribute(const Node& attribute) {
  const Node& receiver = *attribute.one(at::Attribute::value);
  const Scope& scope = scopes_.scope(scopes_.scope_of(attribute));
  if (scope.kind != ScopeKind::kFunction || !receiver.is(Kind::kName) ||
      !scope.node->fills(Kind::kClassDef, at::ClassDef::body)) {
    return;
  }
  const BindingId self = scopes_.find(scopes_.scope_of(attribute), receiver.word(at::Name::id));
  const Node& arguments = *scope.node->one(at::FunctionDef::args);
  const auto first = arguments.list(at::Arguments::posonlyargs).empty()
                         ? arguments.list(at::Arguments::args)
                         : arguments.list(at::Arguments::posonlyargs);
  if (self == 0 || first.empty() || first.front()->word(at::Arg::arg) != receiver.word(at::Name::id)) {
    return;
  }
  const ScopeId class_scope = scopes_.opened_by(*scope.node->parent);
  const Symbol word = scopes_.mangled(class_scope, attribute.word(at::Attribute::attr));
  describe_target(scopes_.attribute(class_scope, word), attribute);
}

void Collector::describe_lambda(const Node& lambda) {
  define(scopes_.result_of(lambda), Source::kValue, lambda.one(at::Lambda::body));
  if (lambda.fills(Kind::kAssign, at::Assign::value)) {
    for (const Node* target : lambda.parent->list(at::Assign::targets)) {
      if (target->is(Kind::kName)) {
        mark_callable(target->word(at::Name::id));
      }
    }
  }
}

// Only calls that may reach a function of the program, and that pass something.
void Collector::describe_call(const Node& call) {
  const Node& callee = *call.one(at::Call::func);
  Symbol word = 0;
  if (callee.is(Kind::kName)) {
    word = callee.word(at::Name::id);
  } else if (callee.is(Kind::kAttribute)) {
    word = callee.word(at::Attribute::attr);
  } else if (!callee.is(Kind::kLambda)) {
    return;
  }
  const bool passes = !call.list(at::Call::args).empty() || !call.list(at::Call::keywords).empty();
  if (passes && (word == 0 || (word < callable_.size() && callable_[word]))) {
    define(0, Source::kCall, &call);
  }
}

}  // namespace

Definitions collect_definitions(Program& program, Censor& censor) {
  return Collector(program, censor).run();
}

}  // namespace pysb::analysis::names
