// Reads a mapping whose keys are known: each value by its key's reader, unknown keys are problems.
#pragma once

#include <algorithm>
#include <span>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "policy/draft.h"

namespace pysb::policy {

template <class Target>
struct Field {
  std::string_view name;
  void (*read)(const yaml::TreeNode& node, Target& target, Context& context);
};

void complain_of_unknown_key(const yaml::Key& key, const std::vector<std::string_view>& known,
                             Problems& problems);

template <class Target>
void read_fields(const yaml::TreeNode& map, std::span<const Field<Target>> fields, Target& target,
                 Context& context) {
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    const auto field = std::find_if(fields.begin(), fields.end(), [&](const Field<Target>& known) {
      return known.name == map.keys[i].text;
    });
    if (field == fields.end()) {
      std::vector<std::string_view> known;
      for (const auto& one : fields) {
        known.push_back(one.name);
      }
      complain_of_unknown_key(map.keys[i], known, context.problems);
      continue;
    }
    Context inner{context.draft, context.problems, context.layer,
                  concat({context.key, ".", field->name})};
    field->read(map.items[i], target, inner);
  }
}

}  // namespace pysb::policy
