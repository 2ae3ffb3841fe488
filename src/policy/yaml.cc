#include "policy/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>
#include <unordered_set>

#include "base/text.h"

namespace pysb::policy::yaml {
namespace {

// Leaves yaml-cpp's parser from within an event. Never leaves this file.
struct Stop {
  Problem problem;
};

Place place_of(const YAML::Mark& mark) {
  return {static_cast<std::uint32_t>(mark.line + 1), static_cast<std::uint32_t>(mark.column + 1)};
}

// Builds the tree from the parser's events; the first thing that cannot be had ends the parse.
class TreeBuilder final : public YAML::EventHandler {
 public:
  explicit TreeBuilder(Document& document) : document_(document) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) {
      throw Stop{{place_of(mark), "a second document begins here", "a policy is one document"}};
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    TreeNode node = begin(mark, "", anchor);
    if (!open_.empty() && open_.back().kind == Kind::kMap && !wants_key()) {
      node.place = open_.back().keys.back().place;  // the mark is that of whatever comes next
    }
    add(std::move(node));
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t /*anchor*/) override { refuse_anchor(mark); }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    TreeNode node = begin(mark, tag, anchor);
    node.text = value;
    node.is_quoted = tag == "!";
    add(std::move(node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, anchor, Kind::kList);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value /*style*/) override {
    open(mark, tag, anchor, Kind::kMap);
  }
  void OnMapEnd() override {
    drop_repeated_keys(open_.back());
    close();
  }

 private:
  [[noreturn]] static void refuse_anchor(const YAML::Mark& mark) {
    throw Stop{{place_of(mark), "anchors and aliases are not part of a policy",
                "write the value out, or share it through a file in `extends`"}};
  }

  // "?" and "!" are what yaml-cpp says for plain and for quoted scalars; others were written.
  TreeNode begin(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) {
      refuse_anchor(mark);
    }
    if (!tag.empty() && tag != "?" && tag != "!") {
      throw Stop{{place_of(mark), concat({"the tag ", escape_line(tag, 60), " is not known here"}),
                  "leave it out: policies have no tags"}};
    }
    if (++nodes_ > kMaxNodes) {
      throw Stop{{place_of(mark), "this is more than 20000 values", "a policy is a short file"}};
    }
    TreeNode node;
    node.place = place_of(mark);
    return node;
  }

  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Kind kind) {
    TreeNode node = begin(mark, tag, anchor);
    if (open_.size() >= kMaxDepth) {
      throw Stop{{node.place, "this is nested more than 16 deep", ""}};
    }
    if (wants_key()) {
      refuse_key(node.place);
    }
    node.kind = kind;
    open_.push_back(std::move(node));
  }

  void close() {
    TreeNode node = std::move(open_.back());
    open_.pop_back();
    attach(std::move(node));
  }

  void add(TreeNode node) {
    if (wants_key()) {
      if (node.is_null()) {
        refuse_key(node.place);
      }
      open_.back().keys.push_back({std::move(node.text), node.place});
      return;
    }
    attach(std::move(node));
  }

  bool wants_key() const {
    return !open_.empty() && open_.back().kind == Kind::kMap &&
           open_.back().keys.size() == open_.back().items.size();
  }
  [[noreturn]] static void refuse_key(Place place) {
    throw Stop{{place, "a key has to be a plain word", ""}};
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

// The text as a stream, without a copy.
class TextBuffer final : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    char* begin =
        const_cast<char*>(text.data());  // NOLINT: setg takes no const; nothing is put back
    setg(begin, begin, begin + text.size());
  }
};

void read_documents(std::string_view text, Document& document) {
  TextBuffer buffer(text);
  std::istream stream(&buffer);
  YAML::Parser parser(stream);
  TreeBuilder builder(document);
  while (parser.HandleNextDocument(builder)) {
  }
}

Place place_at(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {static_cast<std::uint32_t>(std::count(before.begin(), before.end(), '\n') + 1),
          static_cast<std::uint32_t>(offset - line_start + 1)};
}

// The place of the first line that is not UTF-8.
Place place_of_bad_line(std::string_view text) {
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    if (!is_utf8(text.substr(start, end - start))) {
      break;
    }
    start = end + 1;
  }
  return place_at(text, std::min(start, text.size()));
}

std::vector<Problem> problems_of_bytes(std::string_view text) {
  if (text.size() > kMaxBytes) {
    return {{{}, "the file is larger than 1 MiB", "a policy is a short file"}};
  }
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return {{place_at(text, nul), "there is a NUL byte here", "policies are UTF-8 text"}};
  }
  if (!is_utf8(text)) {
    return {{place_of_bad_line(text), "this line is not UTF-8", "save the file as UTF-8"}};
  }
  return {};
}

}  // namespace

bool TreeNode::is_null() const {
  return kind == Kind::kScalar && !is_quoted &&
         (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL");
}

Document parse(std::string_view text) {
  Document document;
  document.problems = problems_of_bytes(text);
  if (!document.problems.empty()) {
    return document;
  }
  try {
    read_documents(text, document);
  } catch (Stop& stop) {
    document.problems.push_back(std::move(stop.problem));
  } catch (const YAML::Exception& broken) {
    const Place place = broken.mark.is_null() ? Place{} : place_of(broken.mark);
    document.problems.push_back({place, concat({"this is not YAML: ", broken.msg}), ""});
  }
  return document;
}

}  // namespace pysb::policy::yaml
