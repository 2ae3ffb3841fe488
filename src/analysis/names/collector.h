// The walk behind collect_definitions.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "analysis/names/definitions.h"

namespace pysb::analysis::names {

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
  static const Node* method_owner(const Node& arg);

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

}  // namespace pysb::analysis::names
