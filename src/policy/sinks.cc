// alerts.sinks: where findings go.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "policy/fields.h"
#include "policy/readers.h"

namespace pysb::policy {
namespace {

struct SinkEntry {
  bool has_type = false;
  std::string path;
};

void read_sink_type(const yaml::TreeNode& node, SinkEntry& entry, Context& context) {
  read_choice(node, {"file"}, context);
  entry.has_type = true;
}

void read_sink_path(const yaml::TreeNode& node, SinkEntry& entry, Context& context) {
  entry.path = read_scalar(node, context).value_or("");
}

constexpr auto kSinkFields = std::to_array<Field<SinkEntry>>({
#define PYSB_SINK_KEY(name, type, default_text, doc, reader) {name, reader},
#include "policy/keys.def"
});

void set_sink(FileSink sink, std::vector<FileSink>& sinks) {
  const auto same = std::find_if(sinks.begin(), sinks.end(),
                                 [&](const FileSink& one) { return one.name == sink.name; });
  if (same == sinks.end()) {
    sinks.push_back(std::move(sink));
  } else {
    *same = std::move(sink);
  }
}

void read_sink(const yaml::Key& name, const yaml::TreeNode& node, Context& context) {
  if (node.kind != yaml::Kind::kMap) {
    context.complain(node.place, concat({"expected a mapping, found ", told(node)}),
                     "write {type: file, path: alerts.jsonl}");
    return;
  }
  SinkEntry entry;
  read_fields(node, std::span<const Field<SinkEntry>>(kSinkFields), entry, context);
  if (!entry.has_type) {
    context.complain(node.place, "this sink has no type", "add type: file");
  }
  if (entry.path.empty() || entry.path.find('\0') != std::string::npos) {
    context.complain(node.place, "this sink has no path", "add path: alerts.jsonl");
  }
  set_sink({.name = name.text, .path = std::move(entry.path)}, context.draft.policy.sinks);
}

}  // namespace

void read_sinks(const yaml::TreeNode& node, Context& context) {
  if (node.kind != yaml::Kind::kMap) {
    context.complain(node.place, concat({"expected sinks by name, found ", told(node)}),
                     "write NAME: {type: file, path: alerts.jsonl}");
    return;
  }
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    Context inner{context.draft, context.problems, context.layer,
                  concat({context.key, ".", escape_line(node.keys[i].text, 60)})};
    read_sink(node.keys[i], node.items[i], inner);
  }
}

}  // namespace pysb::policy
