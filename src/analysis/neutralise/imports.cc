// Import statements: each denied alias becomes a binding of the inert value in its place.
#include <algorithm>

#include "analysis/ast/flat_map.h"
#include "analysis/neutralise/neutralise.h"

namespace pysb::analysis::neutralise {
namespace {

namespace at = ast::at;
using ast::Kind;
using checks::Denial;
using checks::Detection;

bool catches_import_error(std::string_view name) {
  return name == "ImportError" || name == "ModuleNotFoundError" || name == "Exception" ||
         name == "BaseException";
}

ast::Slot names_slot(const Node& statement) {
  return statement.is(Kind::kImport) ? static_cast<ast::Slot>(at::Import::names)
                                     : static_cast<ast::Slot>(at::ImportFrom::names);
}

class ImportRemover {
 public:
  ImportRemover(names::Evaluator& evaluator, Builder& builder)
      : evaluator_(evaluator),
        tables_(evaluator.program().tables),
        builder_(builder),
        tree_(builder.tree()) {}

  void collect(const checks::Checks& checks);
  void run();

 private:
  struct Change {
    const Node* alias;
    const Denial* denial;  // null: a redirect
    names::NameId redirect;
  };

  void rewrite(Node& statement, std::span<const Change> changes);
  Node& kept(const Node& statement, std::span<Node* const> aliases);
  Node& changed(const Change& change, const Node& statement);
  Node& value_for(const Change& change, const Node& statement);
  std::vector<Node*> targets(const Node& alias, const Node& statement);
  bool guarded(const Node& statement);
  bool guards(const Node& around);
  bool handles(const Node* type) const;
  bool suppresses(const Node& item) const;

  names::Evaluator& evaluator_;
  names::Tables& tables_;
  Builder& builder_;
  ast::Tree& tree_;
  std::vector<Change> changes_;
  ast::FlatMap guards_;  // by node index: 1 when it guards
};

void ImportRemover::collect(const checks::Checks& checks) {
  for (const Detection& detection : checks.detections()) {
    const policy::Action action = detection.denial.action;
    if (detection.node->is(Kind::kAlias) && action != policy::Action::kAlert &&
        action != policy::Action::kBlock) {
      changes_.push_back({detection.node, &detection.denial, 0});
    }
  }
  for (const checks::Redirect& redirect : checks.redirects()) {
    if (redirect.node->is(Kind::kAlias)) {
      changes_.push_back({redirect.node, nullptr, redirect.target});
    }
  }
  std::sort(changes_.begin(), changes_.end(),
            [](const Change& a, const Change& b) { return a.alias->index < b.alias->index; });
}

void ImportRemover::run() {
  for (std::size_t i = 0; i < changes_.size();) {
    const Node* statement = changes_[i].alias->parent;
    std::size_t end = i + 1;
    while (end < changes_.size() && changes_[end].alias->parent == statement) {
      ++end;
    }
    rewrite(tree_[statement->index], std::span(changes_).subspan(i, end - i));
    i = end;
  }
}

// The statement gives way to several: imports of what is allowed and bindings, in the old order.
void ImportRemover::rewrite(Node& statement, std::span<const Change> changes) {
  const ast::Hole hole = ast::hole_of(statement);
  std::vector<Node*> fresh;
  std::vector<Node*> allowed;
  const auto flush = [&] {
    if (!allowed.empty()) {
      fresh.push_back(&kept(statement, allowed));
      allowed.clear();
    }
  };
  auto change = changes.begin();
  for (Node* alias : statement.list(names_slot(statement))) {
    if (change == changes.end() || change->alias != alias) {
      allowed.push_back(alias);
      continue;
    }
    flush();
    fresh.push_back(&changed(*change++, statement));
  }
  flush();
  tree_.fill(hole, builder_.several(fresh, statement));
}

Node& ImportRemover::kept(const Node& statement, std::span<Node* const> aliases) {
  Node& import = tree_.make(statement.kind, statement);
  if (statement.is(Kind::kImportFrom)) {
    import.fields[at::ImportFrom::module] = statement.fields[at::ImportFrom::module];
    import.fields[at::ImportFrom::level] = statement.fields[at::ImportFrom::level];
  }
  tree_.set_list(import, names_slot(statement), aliases);
  return import;
}

Node& ImportRemover::changed(const Change& change, const Node& statement) {
  Node& value = value_for(change, statement);
  const std::vector<Node*> names = targets(*change.alias, statement);
  return names.empty() ? builder_.statement(value, statement)
                       : builder_.assign(names, value, statement);
}

Node& ImportRemover::value_for(const Change& change, const Node& statement) {
  if (change.denial == nullptr) {
    return builder_.call(dynamic_helper(change.redirect, tables_), {}, statement);
  }
  if (change.denial->action == policy::Action::kRemove && guarded(statement)) {
    const ast::Symbol module = statement.is(Kind::kImport) ? change.alias->word(at::Alias::name)
                                                           : statement.word(at::ImportFrom::module);
    return builder_.call(HelperKind::kImportError,
                         {&builder_.text(tables_.symbols.text(module), statement)}, statement);
  }
  Node& callee = builder_.helper(helper_for(*change.denial, tables_), statement);
  return builder_.call(callee, {}, statement);
}

// The names that the alias binds: one, or for a star all that nothing else can have bound.
std::vector<Node*> ImportRemover::targets(const Node& alias, const Node& statement) {
  const std::string_view name = tables_.symbols.text(alias.word(at::Alias::name));
  std::vector<Node*> made;
  if (name != "*") {
    const ast::Symbol asname = alias.word(at::Alias::asname);
    const ast::Symbol word =
        asname != 0 ? asname : tables_.symbols.intern(name.substr(0, name.find('.')));
    made.push_back(&builder_.target(word, statement));
    return made;
  }
  ast::FlatMap seen;
  for (std::uint32_t i = 0; i < tree_.size(); ++i) {
    const Node& use = tree_[i];
    if (use.is(Kind::kName) && use.loads() &&
        seen.find(std::uint64_t{use.word(at::Name::id)}) < 0 && evaluator_.is_unbound(use)) {
      seen.put(std::uint64_t{use.word(at::Name::id)}, 1);
      made.push_back(&builder_.target(use.word(at::Name::id), statement));
    }
  }
  return made;
}

// Whether the program itself says what to do without the module.
bool ImportRemover::guarded(const Node& statement) {
  for (const Node* node = &statement; node->parent != nullptr; node = node->parent) {
    const Node& parent = *node->parent;
    if (parent.is(Kind::kFunctionDef) || parent.is(Kind::kAsyncFunctionDef)) {
      return false;
    }
    const bool tried =
        node->fills(Kind::kTry, at::Try::body) || node->fills(Kind::kTryStar, at::Try::body);
    if ((tried || node->fills(Kind::kWith, at::With::body)) && guards(parent)) {
      return true;
    }
  }
  return false;
}

// A try statement that handles the import's failure, or a with statement that suppresses it.
bool ImportRemover::guards(const Node& around) {
  const std::uint64_t key = std::uint64_t{around.index} + 1;
  if (const std::int64_t known = guards_.find(key); known >= 0) {
    return known != 0;
  }
  const bool with = around.is(Kind::kWith);
  const auto parts = with ? around.list(at::With::items) : around.list(at::Try::handlers);
  const bool found = std::any_of(parts.begin(), parts.end(), [&](const Node* part) {
    return with ? suppresses(*part) : handles(part->one(at::ExceptHandler::type));
  });
  guards_.put(key, found ? 1 : 0);
  return found;
}

// An except clause's type: none, a name, or a tuple of them.
bool ImportRemover::handles(const Node* type) const {
  if (type == nullptr) {
    return true;
  }
  if (type->is(Kind::kTuple)) {
    const auto types = type->list(at::Tuple::elts);
    return std::any_of(types.begin(), types.end(),
                       [this](const Node* one) { return handles(one); });
  }
  return type->is(Kind::kName) &&
         catches_import_error(tables_.symbols.text(type->word(at::Name::id)));
}

// `with contextlib.suppress(ImportError):`
bool ImportRemover::suppresses(const Node& item) const {
  const Node& context = *item.one(at::WithItem::context_expr);
  if (!context.is(Kind::kCall)) {
    return false;
  }
  const Node& callee = *context.one(at::Call::func);
  const ast::Symbol word = callee.is(Kind::kName)        ? callee.word(at::Name::id)
                           : callee.is(Kind::kAttribute) ? callee.word(at::Attribute::attr)
                                                         : 0;
  const auto types = context.list(at::Call::args);
  return word != 0 && tables_.symbols.text(word) == "suppress" &&
         std::any_of(types.begin(), types.end(), [this](const Node* one) { return handles(one); });
}

}  // namespace

void remove_imports(const checks::Checks& checks, names::Evaluator& evaluator, Builder& builder) {
  ImportRemover remover(evaluator, builder);
  remover.collect(checks);
  remover.run();
}

}  // namespace pysb::analysis::neutralise
