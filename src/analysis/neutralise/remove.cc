// Denied uses in expressions.
#include <algorithm>

#include "analysis/neutralise/neutralise.h"
#include "analysis/neutralise/purity.h"

namespace pysb::analysis::neutralise {
namespace {

namespace at = ast::at;
using ast::Kind;
using checks::Check;
using checks::Denial;
using checks::Detection;

bool is_callee(const Node& node) { return node.fills(Kind::kCall, at::Call::func); }

class Remover {
 public:
  Remover(names::Tables& tables, Builder& builder)
      : tables_(tables), builder_(builder), tree_(builder.tree()) {}

  void remove(Node& node, const Denial& denial) {
    if (is_in_pattern(node)) {
      drop_pattern(node, builder_);
    } else if (node.is(Kind::kAttribute) && !node.loads()) {
      remove_store(node, denial);
    } else if (is_value(node, denial)) {
      Node& callee = builder_.helper(helper_for(denial, tables_), node);
      replace_callee(node, callee, operands_to_keep(*node.one(at::Call::func)));
    } else if (is_callee(node)) {
      Node& callee = builder_.helper(helper_for(denial, tables_), node);
      replace_callee(*node.parent, callee, operands_to_keep(node));
    } else {
      remove_load(node, denial);
    }
  }

  // A use that stays, but gets the guarded function.
  void redirect(Node& node, names::NameId target) {
    const ast::Hole hole = ast::hole_of(node);
    Node& callee = builder_.helper(dynamic_helper(target, tables_), node);
    tree_.fill(hole, builder_.call(callee, operands_to_keep(node), node));
  }

 private:
  // A call that is denied for what it is given, not for what it calls.
  static bool is_value(const Node& node, const Denial& denial) {
    return node.is(Kind::kCall) &&
           (denial.check == Check::kPath || denial.place == "in a format string");
  }

  // The call stays with its arguments, but calls something else; `first` is evaluated before them.
  void replace_callee(Node& call, Node& callee, const std::vector<Node*>& first) {
    std::vector<Node*> arguments = first;
    const auto own = call.list(at::Call::args);
    arguments.insert(arguments.end(), own.begin(), own.end());
    tree_.set(call, at::Call::func, &callee);
    if (!first.empty()) {
      tree_.set_list(call, at::Call::args, arguments);
    }
  }

  void remove_load(Node& node, const Denial& denial) {
    Node& callee = builder_.helper(helper_for(denial, tables_), node);
    const bool by_call = node.is(Kind::kCall) && denial.action != policy::Action::kReplace;
    if (by_call) {
      replace_callee(node, callee, operands_to_keep(*node.one(at::Call::func)));
      return;
    }
    const ast::Hole hole = ast::hole_of(node);
    Node* value = &builder_.call(callee, operands_to_keep(node), node);
    // Of a function it is the result that is replaced: whoever calls the value gets it.
    const bool function = denial.check == Check::kCall || denial.check == Check::kName;
    if (function && denial.action == policy::Action::kReplace) {
      value = &builder_.lambda(*value, node);
    }
    tree_.fill(hole, *value);
  }

  // Setting or deleting an attribute of the inert value does nothing.
  void remove_store(Node& node, const Denial& denial) {
    Node* receiver = node.one(at::Attribute::value);
    Node& callee = builder_.helper(helper_for(denial, tables_), *receiver);
    Node& inert = builder_.call(callee, std::span<Node* const>(&receiver, 1), *receiver);
    tree_.set(node, at::Attribute::value, &inert);
  }

  names::Tables& tables_;
  Builder& builder_;
  ast::Tree& tree_;
};

bool acts(const Denial& denial) {
  return denial.action != policy::Action::kAlert && denial.action != policy::Action::kBlock;
}

}  // namespace

Helper helper_for(const Denial& denial, const names::Tables& tables) {
  Helper helper;
  if (denial.action == policy::Action::kRaise) {
    helper.kind = HelperKind::kRaise;
    helper.subject = checks::subject_of(denial, tables.symbols, tables.names);
  } else if (denial.action == policy::Action::kReplace && denial.rule != nullptr) {
    helper.kind = HelperKind::kReplace;
    helper.replacement = denial.rule->replacement;
  }
  return helper;
}

HelperKind dynamic_helper(names::NameId target, const names::Tables& tables) {
  const std::string_view name = tables.names.display(target);
  return name == "eval"   ? HelperKind::kDynamicEval
         : name == "exec" ? HelperKind::kDynamicExec
                          : HelperKind::kDynamicCompile;
}

// Outer uses first, so that what they keep of their operands is still as it was judged.
void remove(const checks::Checks& checks, names::Evaluator& evaluator, Builder& builder) {
  remove_imports(checks, evaluator, builder);
  std::vector<Detection> uses = checks.detections();
  std::sort(uses.begin(), uses.end(),
            [](const Detection& a, const Detection& b) { return a.node->index < b.node->index; });
  Remover remover(evaluator.program().tables, builder);
  for (const Detection& use : uses) {
    if (acts(use.denial) && !use.node->is(Kind::kAlias)) {
      remover.remove(builder.tree()[use.node->index], use.denial);
    }
  }
  for (const checks::Redirect& redirect : checks.redirects()) {
    if (!redirect.node->is(Kind::kAlias)) {
      remover.redirect(builder.tree()[redirect.node->index], redirect.target);
    }
  }
}

}  // namespace pysb::analysis::neutralise
