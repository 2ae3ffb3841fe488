// YAML to a tree: what each spelling becomes and where it stands; the words for what is no YAML,
// and for YAML that a policy has no use for.
#include "policy/yaml.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/text.h"

namespace pysb::policy::yaml {
namespace {

std::string told(Place place) {
  return concat({std::to_string(place.line), ":", std::to_string(place.column), " "});
}

// The tree on one line: places, "quoted" or plain text, [lists] and {maps}.
std::string told(const TreeNode& node) {
  if (node.kind == Kind::kScalar) {
    const std::string quotes(node.is_quoted ? 1 : 0, '"');
    return told(node.place) + (node.is_null() ? "null" : quotes + node.text + quotes);
  }
  const bool is_map = node.kind == Kind::kMap;
  std::string text = told(node.place) + (is_map ? "{" : "[");
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    text += i > 0 ? ", " : "";
    text += is_map ? concat({told(node.keys[i].place), node.keys[i].text, ": "}) : "";
    text += told(node.items[i]);
  }
  return text + (is_map ? "}" : "]");
}

std::string told(std::string_view text) {
  const Document document = parse(text);
  if (document.problems.empty()) {
    return told(document.root);
  }
  const Problem& first = document.problems.front();
  return concat({told(first.place), first.message, first.hint.empty() ? "" : "; ", first.hint});
}

struct Case {
  std::string_view text;
  std::string_view told;
};

TEST(Yaml, BecomesATree) {
  for (const auto& [text, expected] : std::vector<Case>{
           {"", "0:0 null"},
           {"# nothing\n", "0:0 null"},
           {"a: 1\n", "1:1 {1:1 a: 1:4 1}"},
           {"\xEF\xBB\xBF"
            "a: 1\nb: 2\n",
            "1:1 {1:1 a: 1:4 1, 2:1 b: 2:4 2}"},
           {"a: 1\r\nb: 2\r\n", "1:1 {1:1 a: 1:4 1, 2:1 b: 2:4 2}"},
           {"%YAML 1.1\n---\na: 1\n...\n", "3:1 {3:1 a: 3:4 1}"},
           {"a: '1'\nb: \"2\"\n", "1:1 {1:1 a: 1:4 \"1\", 2:1 b: 2:4 \"2\"}"},
           {"a: |\n  x\n  y\n", "1:1 {1:1 a: 1:4 \"x\ny\n\"}"},
           {"a: ''\n", "1:1 {1:1 a: 1:4 \"\"}"},
           {"a: 'null'\n", "1:1 {1:1 a: 1:4 \"null\"}"},
           {"a:\nb: ~\nc: null\n", "1:1 {1:1 a: 1:1 null, 2:1 b: 2:1 null, 3:1 c: 3:1 null}"},
           {"- x\n- ~\n", "1:1 [1:3 x, 2:3 null]"},
           {"[a, b: c]\n", "1:1 [1:2 a, 1:5 {1:5 b: 1:8 c}]"},
           {"{\"a\":1, b}\n", "1:1 {1:2 a: 1:6 1, 1:9 b: 1:9 null}"},
           {"? a\n: b\n", "1:1 {1:3 a: 2:3 b}"},
           {"<<: {a: 1}\n", "1:1 {1:1 <<: 1:5 {1:6 a: 1:9 1}}"},
           {"a: [http://x, os.*, a::b]\n", "1:1 {1:1 a: 1:4 [1:5 http://x, 1:15 os.*, 1:21 a::b]}"},
           {"\xC3\xA9: [\xC3\xA9, x]\n", "1:1 {1:1 \xC3\xA9: 1:4 [1:5 \xC3\xA9, 1:8 x]}"}}) {
    EXPECT_EQ(told(text), expected) << text;
  }
}

TEST(Yaml, ThatAPolicyHasNoUseForIsRefused) {
  const std::string anchors =
      "anchors and aliases are not part of a policy; write the value out, or "
      "share it through a file in `extends`";
  const std::string hidden =
      "there is a line break here that editors do not show; leave it out, or "
      "write it as an escape in double quotes";
  const std::string control =
      "there is a control character here; leave it out, or write it as an "
      "escape in double quotes";
  const std::string no_tags = "; leave it out: policies have no tags";
  for (const auto& [text, expected] : std::vector<std::pair<std::string, std::string>>{
           {"a: &x 1\n", "1:4 " + anchors},
           {"a: *x\n", "1:4 " + anchors},
           {"a: !!str x\n", "1:4 the tag tag:yaml.org,2002:str is not known here" + no_tags},
           {"a: ! x\n", "1:4 the tag ! is not known here" + no_tags},
           {"a: !e!x y\n", "1:4 this is not YAML: a broken tag begins here" + no_tags},
           {"a: !<\n", "1:4 this is not YAML: a broken tag begins here" + no_tags},
           {"a: 1\n---\nb: 2\n", "2:1 a second document begins here; a policy is one document"},
           {"[a]: 1\n", "1:1 a key has to be a plain word"},
           {"? {a: 1}\n", "1:3 a key has to be a plain word"},
           {"~: 1\n", "1:1 a key has to be a plain word"},
           {"a: 1\n\"a\": 2\n", "2:1 the key \"a\" stands here a second time; keep one of the two"},
           {"# \xC3\xA9\x1B[31m\n", "1:4 " + control},
           {"a: \x7F\n", "1:4 " + control},
           {"# \xE2\x80\xA8"
            "a: 1\n",
            "1:3 " + hidden},
           {"# \xC2\x85"
            "a: 1\n",
            "1:3 " + hidden},
           {"b: 1\r\n# \ra: 1\n", "2:3 " + hidden},
           {"%TAG ! x\n---\na: 1\n", "1:1 policies have no tags, and no %TAG; leave the line out"},
           {"# x\n%TAG ! x\n", "2:1 policies have no tags, and no %TAG; leave the line out"},
           {"%FOO\n---\na: 1\n",
            "1:1 this is not YAML: this directive is not known; leave it out: "
            "policies have none"},
           {"%YAML 9.0\n---\na: 1\n",
            "1:1 this is not YAML: this version of YAML is not known here; "
            "leave the line out"}}) {
    EXPECT_EQ(told(text), expected) << text;
  }
}

TEST(Yaml, ThatIsBrokenIsToldWhereAndWhy) {
  const std::string tab = "there is a tab where spaces have to be; indent with spaces";
  const std::string colon =
      "a : cannot be here; look at the indentation, or put the value into quotes";
  const std::string key =
      "a key has to be here; look at the indentation, and at the quotes before it";
  const std::string value = "a value has to be here; look at the commas and brackets before it";
  for (const auto& [text, place, message] :
       std::vector<std::tuple<std::string, std::string, std::string>>{
           {"a:\n\tb: 1\n", "2:1 ", tab},
           {"\xEF\xBB\xBF\xC3\xA9:\n\tb: 1\n", "2:1 ", tab},
           {"a: x\n\ty\n", "2:1 ", tab},
           {"a: |\n\tx\n", "2:1 ", tab},
           {"a: [x\nb: 1\n", "2:2 ", "the list that begins at 1:4 needs a comma or a ] here"},
           {"a: {x", "1:6 ", "the map that begins at 1:4 needs a comma or a } here"},
           {"a: {x\n", "2:1 ", "the map that begins at 1:4 needs a comma or a } here"},
           {"a: [x, , y]\n", "1:8 ", value},
           {"a: {x: ", "1:8 ", value},
           {"a: 'x\n", "1:4 ", "the quotes that begin here are not closed"},
           {"a: \"x\n---\n\"", "1:4 ",
            "the quotes that begin here are not closed before the document ends"},
           {"a: \"C:\\dir\"\n", "1:7 ",
            "this escape is not known; write \\\\ for a backslash, or use single quotes"},
           {"a: \"\\xZZ\"\n", "1:7 ", "hexadecimal digits have to be here"},
           {"a: \"\\uD800\"\n", "1:7 ", "there is no character of this number"},
           {"a: 'x' y\n", "1:8 ", key},
           {"a:\n   b: 1\n  c: 1\n", "3:3 ", key},
           {"a: b: c\n", "1:5 ", colon},
           {"a:\n  b: 1\n   c: 1\n", "3:5 ", colon},
           {"a: - b\n", "1:4 ", "a list cannot begin here; begin each - on a line of its own"},
           {"a: ? b\n", "1:4 ", "a ? cannot be here; put it into quotes"},
           {"- a\nb: 1\n", "2:1 ",
            "the next - of the list has to be here; look at the indentation"},
           {"{a: 1}\nb: 2\n", "2:1 ",
            "the policy has ended before this; look at the indentation; a policy is one document"},
           {"a: 1\nb\n", "2:1 ",
            "there is no : after this key; write a key, a colon and a space, on one line"},
           {"a: [*]\n", "1:5 ", "a word cannot begin with * or &; put it into quotes"},
           {"a: @x\n", "1:4 ", "a word cannot begin with this character; put it into quotes"},
           {"a: [b:]\n", "1:6 ",
            "there is no space after this :; write one, or put the word into quotes"},
           {"a: |0\n", "1:5 ", "0 is no indentation; leave the number out"},
           {"a: |x\n", "1:5 ", "nothing but a comment can follow on this line"}}) {
    EXPECT_EQ(told(text), concat({place, "this is not YAML: ", message})) << text;
  }
}

TEST(Yaml, OfNoBytesAtAllIsNothing) { EXPECT_EQ(told(std::string_view()), "0:0 null"); }

}  // namespace
}  // namespace pysb::policy::yaml
