// From bindings of one tree to values that outlive it.
#include "analysis/session.h"

#include <algorithm>

namespace pysb::analysis {
namespace {

using names::Container;
using names::SetId;
using names::Value;
using names::ValueKind;
using names::ValueSets;

SetId portable(ValueSets& sets, SetId set);

SetId portable_value(ValueSets& sets, Value value) {
  switch (value.kind) {
    case ValueKind::kFunction:
    case ValueKind::kMethod:
    case ValueKind::kClass:
    case ValueKind::kInstance:
      return names::kAnything;
    case ValueKind::kContainer: {
      Container container = sets.container(value);
      container.any = portable(sets, container.any);
      for (auto& [key, values] : container.items) {
        values = portable(sets, values);
      }
      return sets.container(std::move(container));
    }
    case ValueKind::kPartial: {
      names::Partial partial = sets.partial(value);
      partial.function = portable(sets, partial.function);
      for (SetId& argument : partial.arguments) {
        argument = portable(sets, argument);
      }
      return sets.partial(std::move(partial));
    }
    default:
      return sets.of(value);
  }
}

SetId portable(ValueSets& sets, SetId set) {
  SetId result = names::kNothing;
  for (const Value& value : sets.values(set)) {
    result = sets.join(result, portable_value(sets, value));
  }
  return result;
}

}  // namespace

void keep_bindings(names::Evaluator& evaluator) {
  names::Program& program = evaluator.program();
  names::Tables& tables = program.tables;
  for (names::BindingId id = 1; id < program.scopes.binding_count(); ++id) {
    const names::Binding& binding = program.scopes.binding(id);
    if (binding.scope != names::kModuleScope || binding.symbol == 0 ||
        program.scopes.find(names::kModuleScope, binding.symbol) != id) {
      continue;
    }
    names::Tables::Global& kept = tables.session[binding.symbol];
    kept.values = tables.sets.join(kept.values, portable(tables.sets, evaluator.bound(id)));
    kept.sure = !binding.deleted && (kept.sure || program.scopes.made_at_once(binding));
  }
  tables.session_stars = evaluator.star_imports();
}

bool session_holds_inert(const names::Tables& tables) {
  return std::any_of(tables.session.begin(), tables.session.end(), [&tables](const auto& entry) {
    return tables.sets.has(entry.second.values, ValueKind::kRemoved);
  });
}

}  // namespace pysb::analysis
