// A policy while its files are read, base first: what later files may still change.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "policy/policy.h"
#include "policy/problems.h"

namespace pysb::policy {

struct DraftRule {
  Rule rule;
  std::optional<Action> action;  // none: what defaults.action says in the end
};

struct DraftSection {
  std::vector<DraftRule>
      rules;  // no pattern twice: a later file's rule takes the earlier one's place
  std::unordered_map<std::string, std::size_t> by_text;  // index in `rules`
  std::optional<std::uint32_t> first_layer;  // the first file that speaks of this section
  bool allow_listed = false;
};

// Where something was said last.
struct Said {
  std::string file;
  yaml::Place place;
};

struct Draft {
  DraftSection imports;
  DraftSection calls;
  DraftSection attributes;
  DraftSection names;
  Action default_action = Action::kRemove;
  Policy policy;                                           // everything but rules and hash
  std::unordered_map<std::string_view, Said> limits_said;  // by the limit's name; its ceiling too
};

// What a reader of keys.def works with: where it stands, and what it fills.
struct Context {
  Draft& draft;
  Problems& problems;
  std::uint32_t layer = 0;  // of the file
  std::string key;          // dotted, for messages: "limits.wall"

  // A problem of this key's value: "limits.wall: message".
  void complain(yaml::Place place, std::string_view message, std::string hint = {}) const;
};

// Checks what only the whole of the files shows: each limit within its ceiling.
void check_whole(const Draft& draft, std::vector<Diagnostic>& diagnostics);

// Makes the policy of a draft that had no problems: actions, paths as the jail shows them, digest.
Policy finish(Draft draft);

}  // namespace pysb::policy
