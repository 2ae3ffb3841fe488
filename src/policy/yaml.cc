#include "policy/yaml.h"

#include <yaml.h>

#include <new>
#include <unordered_set>

#include "base/text.h"
#include "policy/yaml_problem.h"

namespace pysb::policy::yaml {
namespace {

// One event of libyaml and what it owns; empty until the parser fills it.
class Event {
 public:
  Event() = default;
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { yaml_event_delete(&event_); }

  yaml_event_t* fill() {
    yaml_event_delete(&event_);
    return &event_;
  }
  const yaml_event_t& get() const { return event_; }

 private:
  yaml_event_t event_{};
};

// libyaml's parser over a text, which has to outlive it.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {
    if (yaml_parser_initialize(&parser_) == 0) {
      throw std::bad_alloc();
    }
    // An empty view may have no address, which libyaml does not take.
    const char* begin = text.empty() ? "" : text.data();
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(begin),
                                 text.size());
  }
  Parser(const Parser&) = delete;
  Parser& operator=(const Parser&) = delete;
  ~Parser() { yaml_parser_delete(&parser_); }

  // False when the text goes on with what is not YAML: see problem().
  bool next(Event& event) {
    const bool is_read = yaml_parser_parse(&parser_, event.fill()) != 0;
    if (parser_.error == YAML_MEMORY_ERROR) {
      throw std::bad_alloc();
    }
    return is_read;
  }
  Problem problem() const { return problem_of(parser_, text_); }

 private:
  yaml_parser_t parser_{};
  std::string_view text_;
};

std::string text_of(const yaml_char_t* text, std::size_t length) {
  return {reinterpret_cast<const char*>(text), length};
}

// Builds the tree from the parser's events; the first thing that cannot be had ends the parse.
class TreeBuilder {
 public:
  explicit TreeBuilder(Document& document) : document_(document) {}

  // False when the event is refused; the problem is then in the document.
  bool take(const yaml_event_t& event);

 private:
  bool refuse(Place place, std::string_view message, std::string_view hint = "") {
    document_.problems.push_back({place, std::string(message), std::string(hint)});
    return false;
  }
  bool refuse_anchor(Place place) {
    return refuse(place, "anchors and aliases are not part of a policy",
                  "write the value out, or share it through a file in `extends`");
  }
  bool refuse_key(Place place) { return refuse(place, "a key has to be a plain word"); }

  bool begin_document(Place place) {
    return ++documents_ == 1 ||
           refuse(place, "a second document begins here", "a policy is one document");
  }
  bool admit(Place place, const yaml_char_t* anchor, const yaml_char_t* tag);
  bool open(Place place, Kind kind);
  void close();
  bool add_scalar(const yaml_event_t& event);

  bool wants_key() const {
    return !open_.empty() && open_.back().kind == Kind::kMap &&
           open_.back().keys.size() == open_.back().items.size();
  }
  bool wants_value() const {
    return !open_.empty() && open_.back().kind == Kind::kMap && !wants_key();
  }

  void attach(TreeNode node) {
    if (open_.empty()) {
      document_.root = std::move(node);
    } else {
      open_.back().items.push_back(std::move(node));
    }
  }
  void drop_repeated_keys(TreeNode& map);

  Document& document_;
  std::vector<TreeNode> open_;
  std::size_t nodes_ = 0;
  int documents_ = 0;
};

bool TreeBuilder::take(const yaml_event_t& event) {
  const Place place = place_of(event.start_mark);
  switch (event.type) {
    case YAML_DOCUMENT_START_EVENT:
      return begin_document(place);
    case YAML_ALIAS_EVENT:
      return refuse_anchor(place);
    case YAML_SCALAR_EVENT: {
      const auto& scalar = event.data.scalar;
      return admit(place, scalar.anchor, scalar.tag) && add_scalar(event);
    }
    case YAML_SEQUENCE_START_EVENT: {
      const auto& list = event.data.sequence_start;
      return admit(place, list.anchor, list.tag) && open(place, Kind::kList);
    }
    case YAML_MAPPING_START_EVENT: {
      const auto& map = event.data.mapping_start;
      return admit(place, map.anchor, map.tag) && open(place, Kind::kMap);
    }
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
      close();
      return true;
    default:
      return true;
  }
}

bool TreeBuilder::admit(Place place, const yaml_char_t* anchor, const yaml_char_t* tag) {
  if (anchor != nullptr) {
    return refuse_anchor(place);
  }
  if (tag != nullptr) {
    const std::string shown = escape_line(reinterpret_cast<const char*>(tag), 60);
    return refuse(place, concat({"the tag ", shown, " is not known here"}),
                  "leave it out: policies have no tags");
  }
  if (++nodes_ > kMaxNodes) {
    return refuse(place, "this is more than 20000 values", "a policy is a short file");
  }
  return true;
}

bool TreeBuilder::open(Place place, Kind kind) {
  if (open_.size() >= kMaxDepth) {
    return refuse(place, "this is nested more than 16 deep");
  }
  if (wants_key()) {
    return refuse_key(place);
  }
  TreeNode& node = open_.emplace_back();
  node.kind = kind;
  node.place = place;
  return true;
}

void TreeBuilder::close() {
  TreeNode node = std::move(open_.back());
  open_.pop_back();
  if (node.kind == Kind::kMap) {
    drop_repeated_keys(node);
  }
  attach(std::move(node));
}

bool TreeBuilder::add_scalar(const yaml_event_t& event) {
  const auto& scalar = event.data.scalar;
  TreeNode node;
  node.place = place_of(event.start_mark);
  node.text = text_of(scalar.value, scalar.length);
  node.is_quoted = scalar.style != YAML_PLAIN_SCALAR_STYLE;
  if (wants_key()) {
    if (node.is_null()) {
      return refuse_key(node.place);
    }
    open_.back().keys.push_back({std::move(node.text), node.place});
    return true;
  }
  if (node.is_null()) {
    node.text.clear();
    node.place = wants_value() ? open_.back().keys.back().place : node.place;  // it may be absent
  }
  attach(std::move(node));
  return true;
}

void TreeBuilder::drop_repeated_keys(TreeNode& map) {
  std::unordered_set<std::string> seen;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    if (!seen.insert(map.keys[i].text).second) {
      document_.problems.push_back({map.keys[i].place,
                                    concat({"the key \"", escape_line(map.keys[i].text, 60),
                                            "\" stands here a second time"}),
                                    "keep one of the two"});
    } else if (kept++ != i) {
      map.keys[kept - 1] = std::move(map.keys[i]);
      map.items[kept - 1] = std::move(map.items[i]);
    }
  }
  map.keys.resize(kept);
  map.items.resize(kept);
}

void read(std::string_view text, Document& document) {
  Parser parser(text);
  TreeBuilder builder(document);
  Event event;
  do {
    if (!parser.next(event)) {
      document.problems.push_back(parser.problem());
      return;
    }
  } while (builder.take(event.get()) && event.get().type != YAML_STREAM_END_EVENT);
}

}  // namespace

bool TreeNode::is_null() const {
  return kind == Kind::kScalar && !is_quoted &&
         (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL");
}

Document parse(std::string_view text) {
  Document document;
  if (auto problem = problem_of_bytes(text)) {
    document.problems.push_back(std::move(*problem));
  } else {
    read(text, document);
  }
  return document;
}

}  // namespace pysb::policy::yaml
