// The evaluator: which values each expression of a program may have. `solve` runs every definition
// until no binding changes; `values` answers for one node.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/names/arguments.h"
#include "analysis/names/censor.h"
#include "analysis/names/definitions.h"
#include "analysis/names/program.h"

namespace pysb::analysis::names {

class Evaluator {
 public:
  Evaluator(Program& program, Censor& censor);

  // The fixpoint. False when the budget is spent: then nothing is known and the program is refused.
  bool solve();
  // Visits every use once, children before parents, with the censor told about each; afterwards
  // `known` answers from memory. True when nothing changed on the way, so that the answers stand.
  bool survey();

  SetId values(const Node& node);
  // After the survey: what any expression of the original tree may be.
  SetId known(const Node& node);
  bool may_be_inert(const Node& node) { return sets_.has(known(node), ValueKind::kRemoved); }
  // The union of all that a binding may hold.
  SetId bound(BindingId binding) const;
  // True for a use of a name that nothing but a removed `import *` can have bound.
  bool is_unbound(const Node& name);

  // The modules whose names `import *` brings, those of earlier inputs among them.
  const std::vector<NameId>& star_imports() const { return definitions_.star_imports; }

  bool exhausted() const { return steps() > budget_; }
  Program& program() { return program_; }

 private:
  friend class Calls;

  SetId compute(const Node& node);
  SetId constant(const Node& node);
  SetId name(const Node& node);
  SetId offered(const Node& node, SetId otherwise);
  SetId attribute(const Node& node, SetId object);
  SetId class_attribute(Value owner, Symbol word);
  SetId subscript(const Node& node);
  SetId slice(const Node& node, SetId container);
  SetId operation(const Node& node);
  SetId joined_text(const Node& node);
  SetId comparison(const Node& node);
  SetId sequence(const Node& node);
  SetId dictionary(const Node& node);
  SetId comprehension(const Node& node);
  // The elements of a comprehension over a known sequence, one by one; false when it is not such.
  bool each_element(const Node& node, SetId& result);
  std::vector<SetId> known_elements(SetId iterable);

  // object.word and container[key]; `use` is the node that does it.
  SetId member(const Node& use, SetId object, Symbol word, std::string_view via);
  SetId member_of(Value object, Symbol word, Gathering& introduced);
  SetId item(const Node& use, SetId container, SetId key);
  SetId item_of(Value container, SetId key, Gathering& introduced, std::string_view& via);
  SetId contents(const Container& container, SetId key);
  // The module's own name by its text, as globals()[…] finds it.
  SetId global(Symbol word, Gathering& introduced);
  SetId element(SetId container);
  SetId spread(SetId mapping);
  SetId binary(ast::Operator op, SetId left, SetId right);
  SetId binary_of(ast::Operator op, Value left, Value right);
  SetId percent(std::string_view format, Value operand);
  SetId arithmetic(ast::Operator op, std::int64_t left, std::int64_t right);

  void run(const Definition& definition);
  SetId along(SetId values, const std::vector<std::int32_t>& path);
  SetId step_into(SetId values, std::int32_t step);
  SetId entered(SetId values);
  SetId read(BindingId binding);
  void bind(BindingId binding, SetId values);
  void drain();
  std::uint64_t steps() const { return steps_ + program_.scopes.work() + sets_.work(); }

  Program& program_;
  Tables& tables_;
  ValueSets& sets_;
  Censor& censor_;
  Definitions definitions_;
  std::vector<SetId> bound_;                         // by binding
  std::vector<std::vector<std::uint32_t>> readers_;  // by binding: definitions to run again
  std::deque<std::uint32_t> queue_;
  std::vector<bool> queued_;
  std::vector<SetId> memory_;  // by node, 0: not yet; else SetId + 1
  std::int64_t running_ = -1;  // the definition that is being run
  bool surveying_ = false;
  bool substituting_ = false;  // one element of a comprehension at a time
  bool changed_ = false;
  std::uint64_t steps_ = 0;
  std::uint64_t budget_;  // for this program; the tables' own count goes on from program to program
};

}  // namespace pysb::analysis::names
