#include "policy/reference.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "policy/keys.h"
#include "policy/limits.h"

namespace pysb::policy {
namespace {

// As JSON (and as text in the reference) each type of value has one shape.
struct Shape {
  std::string_view json;  // a JSON Schema without its outer braces
  std::string_view told;  // for people
};

Shape shape_of(ValueType type) {
  constexpr std::string_view kTextOrTexts =
      R"("anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}])";
  switch (type) {
    case ValueType::kVersion:
      return {R"("const": 1)", "`1`"};
    case ValueType::kText:
      return {R"("type": "string")", "text"};
    case ValueType::kBoolean:
      return {R"("type": "boolean")", "`true` or `false`"};
    case ValueType::kExtends:
      return {kTextOrTexts, "preset or path, or a list of them"};
    case ValueType::kAllowList:
      return {R"("type": "array", "items": {"$ref": "#/$defs/allowed"})", "list of names"};
    case ValueType::kDenyList:
      return {R"("type": "array", "items": {"$ref": "#/$defs/denied"})", "list of rules"};
    case ValueType::kNames:
      return {kTextOrTexts, "name, or a list of them"};
    case ValueType::kAction:
      return {R"("enum": ["remove", "raise", "replace", "block", "alert"])",
              "`remove`, `raise`, `replace`, `block`, `alert`"};
    case ValueType::kDefaultAction:
      return {R"("enum": ["remove", "raise", "block", "alert"])",
              "`remove`, `raise`, `block`, `alert`"};
    case ValueType::kSeverity:
      return {R"("enum": ["info", "low", "medium", "high", "critical"])",
              "`info`, `low`, `medium`, `high`, `critical`"};
    case ValueType::kLiteral:
      return {"", "any YAML value"};
    case ValueType::kDuration:
      return {R"("type": "string", "pattern": "^[0-9]+(ms|s|m|h)$")", "duration"};
    case ValueType::kSize:
      return {R"("type": ["string", "integer"], "pattern": "^[0-9]+([KMGT]iB)?$")", "size"};
    case ValueType::kCount:
      return {R"("type": "integer", "minimum": 0)", "number"};
    case ValueType::kCeiling:
      return {R"("$ref": "#/$defs/ceiling")", "limits by name"};
    case ValueType::kPaths:
      return {kTextOrTexts, "path, or a list of them"};
    case ValueType::kEnvironment:
      return {
          R"("type": "object", "additionalProperties": {"type": ["string", "number", "boolean"]})",
          "NAME: value"};
    case ValueType::kNetwork:
      return {R"("const": "none")", "`none`"};
    case ValueType::kTier:
      return {R"("enum": ["namespaces", "seccomp"])", "`namespaces` or `seccomp`"};
    case ValueType::kPackages:
      return {kTextOrTexts, "name, or a list of them"};
    case ValueType::kSinks:
      return {R"("type": "object", "additionalProperties": {"$ref": "#/$defs/sink"})",
              "NAME: sink"};
    case ValueType::kSinkType:
      return {R"("const": "file")", "`file`"};
  }
  return {};
}

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    out.append(c == '"' || c == '\\' ? "\\" : "").push_back(c);
  }
  return out + "\"";
}

std::string property(const KeyInfo& key, std::string_view name) {
  const std::string_view json = shape_of(key.type).json;
  return concat({json_string(name), ": {", json, json.empty() ? "" : ", ",
                 "\"description\": ", json_string(key.doc), "}"});
}

// Lines of an object's properties, each indented by `indent`.
std::string joined(const std::vector<std::string>& properties, std::string_view indent) {
  std::string text;
  for (const auto& one : properties) {
    text += concat({text.empty() ? "" : ",\n", indent, one});
  }
  return text;
}

std::string object(const std::vector<std::string>& properties, std::string_view required,
                   std::string_view indent) {
  const std::string deeper = concat({indent, "  "});
  return concat({"{\n", deeper, "\"type\": \"object\",\n", deeper,
                 "\"additionalProperties\": false,\n", deeper, "\"required\": [", required, "],\n",
                 deeper, "\"properties\": {\n", joined(properties, deeper + "  "), "\n", deeper,
                 "}\n", indent, "}"});
}

std::string_view group_of(std::string_view path) {
  const std::size_t dot = path.find('.');
  return dot == std::string_view::npos ? std::string_view{} : path.substr(0, dot);
}

std::string group_property(std::string_view group) {
  std::vector<std::string> properties;
  for (const auto& key : file_keys()) {
    if (group_of(key.path) == group) {
      properties.push_back(property(key, key.path.substr(group.size() + 1)));
    }
  }
  return concat({json_string(group), ": ", object(properties, "", "    ")});
}

std::vector<std::string> file_properties() {
  std::vector<std::string> properties;
  std::vector<std::string_view> groups;
  for (const auto& key : file_keys()) {
    const std::string_view group = group_of(key.path);
    if (group.empty()) {
      properties.push_back(property(key, key.path));
    } else if (std::find(groups.begin(), groups.end(), group) == groups.end()) {
      groups.push_back(group);
      properties.push_back(group_property(group));
    }
  }
  return properties;
}

std::vector<std::string> entry_properties(std::span<const KeyInfo> keys) {
  std::vector<std::string> properties;
  std::transform(keys.begin(), keys.end(), std::back_inserter(properties),
                 [](const KeyInfo& key) { return property(key, key.path); });
  return properties;
}

std::vector<std::string> ceiling_properties() {
  std::vector<std::string> properties;
  for (const auto& key : file_keys()) {
    if (const auto* limit = find_limit(key.path.substr(key.path.find('.') + 1));
        limit != nullptr && group_of(key.path) == "limits") {
      properties.push_back(property(key, limit->name));
    }
  }
  return properties;
}

// A plain name, or an object with these properties.
std::string entry(std::span<const KeyInfo> keys) {
  return concat({"{\"anyOf\": [{\"type\": \"string\"}, ",
                 object(entry_properties(keys), "\"name\"", "    "), "]}"});
}

std::string row(const KeyInfo& key) {
  const std::string value = key.default_text.empty() ? "" : concat({"`", key.default_text, "`"});
  return concat(
      {"| `", key.path, "` | ", shape_of(key.type).told, " | ", value, " | ", key.doc, " |\n"});
}

// The keys of a group stand together, where the first of them stands.
std::vector<KeyInfo> in_groups(std::span<const KeyInfo> keys) {
  std::vector<KeyInfo> ordered;
  for (const auto& key : keys) {
    const std::string_view group = group_of(key.path);
    const auto last = std::find_if(ordered.rbegin(), ordered.rend(), [&](const KeyInfo& one) {
      return !group.empty() && group_of(one.path) == group;
    });
    ordered.insert(last == ordered.rend() ? ordered.end() : last.base(), key);
  }
  return ordered;
}

std::string table(std::span<const KeyInfo> keys) {
  std::string text = "| key | value | default | what it says |\n|---|---|---|---|\n";
  for (const auto& key : in_groups(keys)) {
    text += row(key);
  }
  return text;
}

}  // namespace

std::string json_schema() {
  const std::string indent = "  ";
  const std::string file = object(file_properties(), "\"version\"", "");
  return concat(
      {"{\n", indent, "\"$schema\": \"https://json-schema.org/draft/2020-12/schema\",\n", indent,
       "\"title\": \"Py Sandbox policy\",\n", file.substr(2, file.size() - 4), ",\n", indent,
       "\"$defs\": {\n", "    \"allowed\": ", entry(rule_keys().first(1)), ",\n    \"denied\": ",
       entry(rule_keys()), ",\n    \"ceiling\": ", object(ceiling_properties(), "", "    "),
       ",\n    \"sink\": ", object(entry_properties(sink_keys()), "\"type\", \"path\"", "    "),
       "\n  }\n}\n"});
}

std::string key_tables() {
  return concat({"### Keys of the file\n\n", table(file_keys()),
                 "\n### Keys of a rule in an allow or deny list\n\n", table(rule_keys()),
                 "\n### Keys of an alert sink\n\n", table(sink_keys())});
}

}  // namespace pysb::policy
