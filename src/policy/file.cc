#include "policy/file.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "policy/fields.h"
#include "policy/readers.h"

namespace pysb::policy {
namespace {

struct FileField {
  std::string_view path;
  void (*read)(const yaml::TreeNode& node, Context& context);
};

constexpr auto kFileFields = std::to_array<FileField>({
#define PYSB_KEY(path, type, default_text, doc, reader) {path, reader},
#include "policy/keys.def"
#define PYSB_LIMIT(name, unit, least, most, default_text, doc) {"limits." #name, read_limit},
#include "policy/limits.def"
#undef PYSB_LIMIT
});

bool is_group(std::string_view path) {
  return std::any_of(kFileFields.begin(), kFileFields.end(), [&](const FileField& field) {
    return field.path.starts_with(path) && field.path.substr(path.size()).starts_with('.');
  });
}

// The keys directly below a group; of the file itself for "".
std::vector<std::string_view> keys_below(std::string_view group) {
  std::vector<std::string_view> keys;
  for (const auto& field : kFileFields) {
    std::string_view rest = field.path;
    if (!group.empty()) {
      if (!rest.starts_with(group) || !rest.substr(group.size()).starts_with('.')) {
        continue;
      }
      rest.remove_prefix(group.size() + 1);
    }
    const std::string_view key = rest.substr(0, rest.find('.'));
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) {
      keys.push_back(key);
    }
  }
  return keys;
}

// "wall" at the top of the file is most likely meant for limits.wall.
std::string places_of(std::string_view key) {
  std::string places;
  for (const auto& field : kFileFields) {
    if (field.path.substr(field.path.rfind('.') + 1) == key) {
      places.append(places.empty() ? "" : ", ").append(field.path);
    }
  }
  return places;
}

void complain_of_stray_key(const yaml::Key& key, std::string_view group, Problems& problems) {
  const std::string shown = concat({"\"", escape_line(key.text, 60), "\""});
  if (key.text.find('.') != std::string::npos) {
    problems.add(key.place, concat({"unknown key ", shown}),
                 "keys are nested: limits: {wall: 10s}");
  } else if (const std::string places = places_of(key.text); !places.empty()) {
    problems.add(key.place, concat({"the key ", shown, " has another place"}),
                 concat({"it is ", places}));
  } else {
    complain_of_unknown_key(key, keys_below(group), problems);
  }
}

void read_group(const yaml::TreeNode& map, std::string_view group, Context& context);

void read_key(const yaml::Key& key, const yaml::TreeNode& value, std::string_view group,
              Context& context) {
  context.key = group.empty() ? key.text : concat({group, ".", key.text});
  const auto* const field =
      std::find_if(kFileFields.begin(), kFileFields.end(),
                   [&](const FileField& known) { return known.path == context.key; });
  const bool dotted = key.text.find('.') != std::string::npos;
  if (field != kFileFields.end() && !dotted) {
    field->read(value, context);
  } else if (dotted || !is_group(context.key)) {
    complain_of_stray_key(key, group, context.problems);
  } else if (value.kind == yaml::Kind::kMap) {
    read_group(value, std::string(context.key), context);
  } else {
    context.complain(value.place, concat({"expected a mapping, found ", told(value)}),
                     suggestion("", keys_below(context.key)));
  }
}

void read_group(const yaml::TreeNode& map, std::string_view group, Context& context) {
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    read_key(map.keys[i], map.items[i], group, context);
  }
}

}  // namespace

void complain_of_unknown_key(const yaml::Key& key, const std::vector<std::string_view>& known,
                             Problems& problems) {
  problems.add(key.place, concat({"unknown key \"", escape_line(key.text, 60), "\""}),
               suggestion(key.text, known));
}

void read_file_keys(const yaml::TreeNode& root, Draft& draft, std::uint32_t layer,
                    Problems& problems) {
  if (root.kind != yaml::Kind::kMap) {
    const bool empty = root.is_null();
    problems.add(root.place, empty ? "the policy is empty" : "a policy is a mapping of keys",
                 "begin with: version: 1");
    return;
  }
  Context context{draft, problems, layer, ""};
  read_group(root, "", context);
  const auto is_version = [](const yaml::Key& key) { return key.text == "version"; };
  if (std::none_of(root.keys.begin(), root.keys.end(), is_version)) {
    problems.add(root.place, "the key \"version\" is missing", "begin with: version: 1");
  }
}

}  // namespace pysb::policy
