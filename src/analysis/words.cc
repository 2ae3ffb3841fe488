#include "analysis/words.h"

#include <algorithm>
#include <array>

#include "analysis/checks/paths.h"
#include "analysis/names/known_functions.h"
#include "analysis/names/qualified_names.h"

namespace pysb::analysis {
namespace {

using names::Known;

// Ways from a text to what has that name; the functions among them are known ones.
constexpr std::array<std::string_view, 8> kByText = {"__dict__",    "__builtins__", "__self__",
                                                     "__getitem__", "modules",      "format",
                                                     "format_map",  "vformat"};

// Code from text, which the program gets in a guarded form; and the classes of syntax trees with
// the ways to them, because those are bound no later than when a program could have changed them.
constexpr std::array<std::string_view, 9> kCode = {
    "eval", "exec", "compile", "ast", "_ast", "gc", "locate", "resolve_name", "getmembers"};

constexpr bool takes_names_as_text(Known function) {
  switch (function) {
    case Known::kGetattr:
    case Known::kSetattr:
    case Known::kImportModule:
    case Known::kVars:
    case Known::kGlobals:
    case Known::kAttrgetter:
    case Known::kMethodcaller:
      return true;
    default:
      return false;
  }
}

std::string_view last_part(std::string_view name) { return name.substr(name.rfind('.') + 1); }

bool is_word_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// `__name` in a class becomes `_Class__name`, another word than the one that is written.
bool is_private(std::string_view word) { return word.starts_with("__") && !word.ends_with("__"); }

}  // namespace

Words::Words(const policy::RuleSet& rules) {
  // Whatever module it is, it is imported.
  if (add_section(rules.imports)) {
    words_.emplace("import");
  }
  for (const policy::Section* section : {&rules.calls, &rules.attributes, &rules.names}) {
    everything_ = add_section(*section) || everything_;
  }
  for (const names::KnownFunction& row : names::known_functions()) {
    if (takes_names_as_text(row.known)) {
      words_.emplace(last_part(row.name));
    }
  }
  for (const checks::PathFunction& row : checks::path_functions()) {
    words_.emplace(last_part(row.name));
  }
  words_.insert(kByText.begin(), kByText.end());
  words_.insert(kCode.begin(), kCode.end());
  for (const names::Reexport& row : names::reexports()) {
    add_reexport(row);
  }
}

// `multiprocessing.Pool` is denied with `multiprocessing.context`, which it does not spell.
void Words::add_reexport(const names::Reexport& row) {
  std::string_view rest = row.target;
  bool concerns = last_part(row.name) != last_part(row.target);
  while (!concerns && rest.find('.') != std::string_view::npos) {
    const std::size_t dot = rest.find('.');
    concerns = is_one(rest.substr(0, dot));
    rest.remove_prefix(dot + 1);
  }
  if (concerns) {
    words_.emplace(last_part(row.name));
  }
}

// True: the section has something against names that its rules do not spell.
bool Words::add_section(const policy::Section& section) {
  bool unspelled = section.allow_listed();
  for (const policy::Rule& rule : section.rules()) {
    unspelled = (!rule.allow && !add_pattern(rule.pattern.text())) || unspelled;
  }
  return unspelled;
}

// What "os.system" and "os.exec*" match ends with a word that the last part matches; what "ssl.**"
// matches has the word "ssl" in it.
bool Words::add_pattern(std::string_view pattern) {
  std::string_view part = last_part(pattern);
  while (part == "*" || part == "**") {
    if (part.size() == pattern.size()) {
      return false;
    }
    pattern.remove_suffix(part.size() + 1);
    part = last_part(pattern);
  }
  if (part.find('*') == std::string_view::npos) {
    words_.emplace(part);
  } else if (auto glob = policy::NamePattern::parse(part)) {
    globs_.push_back(*std::move(glob));
  } else {
    return false;
  }
  return true;
}

bool Words::is_one(std::string_view word) const {
  return words_.contains(word) || is_private(word) ||
         std::ranges::any_of(globs_, [&](const auto& glob) { return glob.matches(word); });
}

bool Words::occur_in(std::string_view text) const {
  // Python normalises names that are not ASCII; such a text is not looked at more closely.
  if (everything_ || std::ranges::any_of(text, [](char c) { return (c & 0x80) != 0; })) {
    return true;
  }
  const char* const end = text.data() + text.size();
  for (const char* at = text.data(); at != end;) {
    const char* const word = std::find_if(at, end, is_word_character);
    at = std::find_if_not(word, end, is_word_character);
    if (word != at && is_one({word, static_cast<std::size_t>(at - word)})) {
      return true;
    }
  }
  return false;
}

}  // namespace pysb::analysis
