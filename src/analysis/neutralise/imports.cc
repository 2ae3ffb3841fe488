// Import statements: each denied alias becomes a binding of the inert value in its place.
#include <algorithm>

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
  bool guarded(const Node& statement) const;
  bool handles(const Node* type) const;
  bool suppresses(const Node& item) const;

  names::Evaluator& evaluator_;
  names::Tables& tables_;
  Builder& builder_;
  ast::Tree& tree_;
  std::vector<Change> changes_;
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
  for (Node* alias : statement.list(names_slot(statement))) {
    const auto change = std::find_if(changes.begin(), changes.end(),
                                     [alias](const Change& c) { return c.alias == alias; });
    if (change == changes.end()) {
      allowed.push_back(alias);
      continue;
    }
    flush();
    fresh.push_back(&changed(*change, statement));
  }
  flush();
  tree_.fill(hole, fresh);
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
  std::vector<ast::Symbol> words;
  if (name != "*") {
    const ast::Symbol asname = alias.word(at::Alias::asname);
    words.push_back(asname != 0 ? asname : tables_.symbols.intern(name.substr(0, name.find('.'))));
  }
  for (std::uint32_t i = 0; name == "*" && i < tree_.size(); ++i) {
    const Node& use = tree_[i];
    if (use.is(Kind::kName) && use.loads() && evaluator_.is_unbound(use) &&
        std::find(words.begin(), words.end(), use.word(at::Name::id)) == words.end()) {
      words.push_back(use.word(at::Name::id));
    }
  }
  std::vector<Node*> made;
  for (const ast::Symbol word : words) {
    made.push_back(&builder_.target(word, statement));
  }
  return made;
}

// Whether the program itself says what to do without the module.
bool ImportRemover::guarded(const Node& statement) const {
  for (const Node* node = &statement; node->parent != nullptr; node = node->parent) {
    const Node& parent = *node->parent;
    if (parent.is(Kind::kFunctionDef) || parent.is(Kind::kAsyncFunctionDef)) {
      return false;
    }
    if (node->fills(Kind::kTry, at::Try::body) || node->fills(Kind::kTryStar, at::Try::body)) {
      const auto handlers = parent.list(at::Try::handlers);
      if (std::any_of(handlers.begin(), handlers.end(), [this](const Node* handler) {
            return handles(handler->one(at::ExceptHandler::type));
          })) {
        return true;
      }
    }
    if (node->fills(Kind::kWith, at::With::body)) {
      const auto items = parent.list(at::With::items);
      if (std::any_of(items.begin(), items.end(),
                      [this](const Node* item) { return suppresses(*item); })) {
        return true;
      }
    }
  }
  return false;
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
