// The value of a call: functions of the language and library that are understood, the program's own
// functions, methods of constants.
#pragma once

#include <optional>
#include <string_view>

#include "analysis/names/arguments.h"
#include "analysis/names/evaluator.h"

namespace pysb::analysis::names {

// Works out one Call node for an Evaluator.
class Calls {
 public:
  Calls(Evaluator& evaluator, const Node& call)
      : e_(evaluator), sets_(evaluator.sets_), tables_(evaluator.tables_), call_(call) {}

  SetId result();

 private:
  // Longer texts and lists are not taken apart.
  static constexpr std::size_t kMaxPieces = 256;

  Arguments arguments();
  bool uses_arguments(SetId functions) const;
  SetId apply(SetId functions, const Arguments& arguments);
  SetId apply_value(Value function, const Arguments& arguments);
  SetId apply_name(NameId name, const Arguments& arguments);
  SetId apply_own(const Node& function, const Arguments& arguments, std::size_t bound);
  SetId apply_class(Value owner, const Arguments& arguments);
  void pass(const Node& function, const Arguments& arguments, std::size_t bound);

  // functions.cc: the known ones
  SetId known(Known function, const Arguments& arguments);
  SetId get_attribute(const Arguments& arguments, std::string_view via);
  SetId set_attribute(const Arguments& arguments);
  SetId import_module(const Arguments& arguments);
  SetId mapped(const Arguments& arguments);
  SetId attribute_path(SetId names, SetId object, std::string_view via);
  SetId decoded(Known function, const Arguments& arguments);
  SetId converted(Known function, SetId argument);
  SetId as_scalar(Known function, Value value);
  SetId as_text(Value value);
  SetId as_bytes(Value value);
  SetId as_sequence(Value value, bool mirrored);
  SetId partial(NameId function, const Arguments& arguments);

  // methods.cc: methods of values that are known
  SetId method(SetId object, Symbol word, const Arguments& arguments);
  SetId text_method(Value text, std::string_view name, const Arguments& arguments);
  SetId bytes_method(Value bytes, std::string_view name, const Arguments& arguments);
  SetId path_from(const Arguments& arguments);
  SetId joined_path(const Arguments& arguments);
  SetId path_method(Value path, std::string_view name, const Arguments& arguments);
  SetId container_method(Value container, std::string_view name, const Arguments& arguments);
  SetId join_texts(std::string_view separator, SetId pieces);
  SetId format_text(std::string_view format, const Arguments& arguments);
  SetId split_text(std::string_view text, const Arguments& arguments);
  void grow(const Node& receiver, std::string_view name, const Arguments& arguments);

  std::optional<std::string_view> text(SetId set) const;
  std::optional<std::int64_t> integer(SetId set) const;

  Evaluator& e_;
  ValueSets& sets_;
  Tables& tables_;
  const Node& call_;
};

}  // namespace pysb::analysis::names
