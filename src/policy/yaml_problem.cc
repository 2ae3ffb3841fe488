#include "policy/yaml_problem.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace pysb::policy::yaml {
namespace {

enum class At : std::uint8_t { kProblem, kContext };

// libyaml's words and ours. The context is where the thing that is broken begins.
struct Wording {
  std::string_view theirs;
  At at;
  std::string_view message;
  std::string_view hint;
};

constexpr std::string_view kTab = "there is a tab where spaces have to be";
constexpr std::string_view kTabHint = "indent with spaces";

constexpr auto kWordings = std::to_array<Wording>({
    {"block sequence entries are not allowed in this context", At::kProblem,
     "a list cannot begin here", "begin each - on a line of its own"},
    {"could not find expected ':'", At::kContext, "there is no : after this key",
     "write a key, a colon and a space, on one line"},
    {"did not find expected '-' indicator", At::kProblem, "the next - of the list has to be here",
     "look at the indentation"},
    {"did not find expected <document start>", At::kProblem, "the policy has ended before this",
     "look at the indentation; a policy is one document"},
    {"did not find expected alphabetic or numeric character", At::kContext,
     "a word cannot begin with * or &", "put it into quotes"},
    {"did not find expected comment or line break", At::kProblem,
     "nothing but a comment can follow on this line", ""},
    {"did not find expected hexdecimal number", At::kProblem, "hexadecimal digits have to be here",
     ""},
    {"did not find expected key", At::kProblem, "a key has to be here",
     "look at the indentation, and at the quotes before it"},
    {"did not find expected node content", At::kProblem, "a value has to be here",
     "look at the commas and brackets before it"},
    {"found a tab character that violates indentation", At::kProblem, kTab, kTabHint},
    {"found a tab character where an indentation space is expected", At::kProblem, kTab, kTabHint},
    {"found an indentation indicator equal to 0", At::kProblem, "0 is no indentation",
     "leave the number out"},
    {"found character that cannot start any token", At::kProblem,
     "a word cannot begin with this character", "put it into quotes"},
    {"found incompatible YAML document", At::kProblem, "this version of YAML is not known here",
     "leave the line out"},
    {"found invalid Unicode character escape code", At::kProblem,
     "there is no character of this number", ""},
    {"found unexpected ':'", At::kProblem,
     "there is no space after this :", "write one, or put the word into quotes"},
    {"found unexpected document indicator", At::kContext,
     "the quotes that begin here are not closed before the document ends", ""},
    {"found unexpected end of stream", At::kContext, "the quotes that begin here are not closed",
     ""},
    {"found unknown escape character", At::kProblem, "this escape is not known",
     "write \\\\ for a backslash, or use single quotes"},
    {"mapping keys are not allowed in this context", At::kProblem, "a ? cannot be here",
     "put it into quotes"},
    {"mapping values are not allowed in this context", At::kProblem, "a : cannot be here",
     "look at the indentation, or put the value into quotes"},
});

std::string_view view(const char* text) { return text == nullptr ? "" : text; }

bool says(const yaml_parser_t& parser, std::string_view word) {
  return view(parser.problem).find(word) != std::string_view::npos ||
         view(parser.context).find(word) != std::string_view::npos;
}

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

std::size_t count_characters(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, is_continuation));
}

// libyaml's index counts characters, without the byte order mark.
bool is_tab_at(std::string_view text, std::size_t index) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  text.remove_prefix(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
  const auto is_it = [&](char byte) { return !is_continuation(byte) && index-- == 0; };
  const auto found = std::ranges::find_if(text, is_it);
  return found != text.end() && *found == '\t';
}

Problem make_problem(Place place, std::string_view message, std::string_view hint) {
  return {place, concat({"this is not YAML: ", message}), std::string(hint)};
}

std::string told(Place place) {
  return concat({std::to_string(place.line), ":", std::to_string(place.column)});
}

Problem not_closed(const yaml_parser_t& parser, std::string_view what, std::string_view bracket) {
  const std::string begin = told(place_of(parser.context_mark));
  return make_problem(
      place_of(parser.problem_mark),
      concat({"the ", what, " that begins at ", begin, " needs a comma or a ", bracket, " here"}),
      "");
}

// Directives and tags are broken in many ways; no policy needs any.
Problem unneeded(const yaml_parser_t& parser, std::string_view message, std::string_view hint) {
  const bool has_context = parser.context != nullptr;
  return make_problem(place_of(has_context ? parser.context_mark : parser.problem_mark), message,
                      hint);
}

Problem by_wording(const yaml_parser_t& parser) {
  const std::string_view theirs = view(parser.problem);
  const auto* wording = std::ranges::find(kWordings, theirs, &Wording::theirs);
  if (wording == kWordings.end()) {
    return make_problem(place_of(parser.problem_mark), theirs, "");
  }
  const bool at_context = wording->at == At::kContext;
  return make_problem(place_of(at_context ? parser.context_mark : parser.problem_mark),
                      wording->message, wording->hint);
}

Problem in_our_words(const yaml_parser_t& parser, std::string_view text) {
  if (says(parser, "directive")) {
    return unneeded(parser, "this directive is not known", "leave it out: policies have none");
  }
  if (says(parser, " tag")) {
    return unneeded(parser, "a broken tag begins here", "leave it out: policies have no tags");
  }
  if (says(parser, "',' or ']'")) {
    return not_closed(parser, "list", "]");
  }
  if (says(parser, "',' or '}'")) {
    return not_closed(parser, "map", "}");
  }
  const bool is_odd_start = says(parser, "cannot start any token");
  if (is_odd_start && is_tab_at(text, parser.problem_mark.index)) {
    return make_problem(place_of(parser.problem_mark), kTab, kTabHint);
  }
  return by_wording(parser);
}

// Columns count characters, as libyaml's do.
Place place_at(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return {static_cast<std::uint32_t>(std::ranges::count(before, '\n') + 1),
          static_cast<std::uint32_t>(count_characters(before.substr(line_start)) + 1)};
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

std::size_t find_lone_return(std::string_view text) {
  std::size_t at = text.find('\r');
  while (at != std::string_view::npos && text.substr(at).starts_with("\r\n")) {
    at = text.find('\r', at + 1);
  }
  return at;
}

// What libyaml takes for the end of a line and many editors do not: nothing may hide behind it, as
// after a comment.
std::size_t find_hidden_break(std::string_view text) {
  return std::min(
      {find_lone_return(text), text.find("\u0085"), text.find("\u2028"), text.find("\u2029")});
}

// libyaml compares each of these with all before it: a file of them would take it seconds.
std::size_t find_tag_directive(std::string_view text) {
  constexpr std::string_view kLine = "\n%TAG";
  const std::size_t at = text.find(kLine);
  return text.starts_with(kLine.substr(1)) ? 0 : at == std::string_view::npos ? at : at + 1;
}

}  // namespace

Place place_of(const yaml_mark_t& mark) {
  return {static_cast<std::uint32_t>(mark.line + 1), static_cast<std::uint32_t>(mark.column + 1)};
}

Problem problem_of(const yaml_parser_t& parser, std::string_view text) {
  if (parser.error == YAML_READER_ERROR) {  // the only one that is left in UTF-8
    return {place_at(text, parser.problem_offset), "there is a control character here",
            "leave it out, or write it as an escape in double quotes"};
  }
  Problem problem = in_our_words(parser, text);
  // At its end a text without a last newline gets one from libyaml.
  const Place end = place_at(text, text.size());
  problem.place = problem.place.line > end.line ? end : problem.place;
  return problem;
}

std::optional<Problem> problem_of_bytes(std::string_view text) {
  if (text.size() > kMaxBytes) {
    return Problem{{}, "the file is larger than 1 MiB", "a policy is a short file"};
  }
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    return Problem{place_at(text, nul), "there is a NUL byte here", "policies are UTF-8 text"};
  }
  if (!is_utf8(text)) {
    return Problem{place_of_bad_line(text), "this line is not UTF-8", "save the file as UTF-8"};
  }
  if (const std::size_t hidden = find_hidden_break(text); hidden != std::string_view::npos) {
    return Problem{place_at(text, hidden), "there is a line break here that editors do not show",
                   "leave it out, or write it as an escape in double quotes"};
  }
  if (const std::size_t tag = find_tag_directive(text); tag != std::string_view::npos) {
    return Problem{place_at(text, tag), "policies have no tags, and no %TAG", "leave the line out"};
  }
  return std::nullopt;
}

}  // namespace pysb::policy::yaml
