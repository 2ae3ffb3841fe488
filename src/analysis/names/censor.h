// What the evaluator asks about each use that it can name: whether the policy takes it away, and
// what then flows on. checks/ answers.
#pragma once

#include <optional>
#include <string_view>

#include "analysis/ast/node.h"
#include "analysis/names/values.h"

namespace pysb::analysis::names {

class Arguments;

// The value that a use has instead of its own when the policy takes it away: the inert one, or
// anything where a literal replaces it. Nothing: the use stays.
using Taken = std::optional<SetId>;

class Censor {
 public:
  Censor() = default;
  Censor(const Censor&) = delete;
  Censor& operator=(const Censor&) = delete;
  virtual ~Censor() = default;

  // An alias of an import statement; `target` is the module, or the member of a from-import.
  virtual Taken take_import(const ast::Node& alias, NameId target) = 0;
  // A use that gets at these names (others of the set do not matter); `via` says how when it is not
  // plainly written: "getattr", "__dict__".
  virtual Taken take_load(const ast::Node& use, SetId introduced, std::string_view via) = 0;
  // A use of an attribute of whatever object.
  virtual Taken take_attribute(const ast::Node& use, ast::Symbol attribute,
                               std::string_view via) = 0;
  // Whether calls of this function can matter: otherwise take_call is not asked.
  virtual bool judges_calls_of(NameId function) = 0;
  // A call of a function known by name; `receiver` is the path that a method belongs to, or
  // kNothing.
  virtual Taken take_call(const ast::Node& call, NameId function, SetId receiver,
                          const Arguments& arguments) = 0;
  // A call of str.format on this text.
  virtual Taken take_format(const ast::Node& call, std::string_view format) = 0;

  // Until told otherwise, uses are only judged; while recording, what the policy denies is noted.
  virtual void record(bool on) = 0;
};

}  // namespace pysb::analysis::names
