// What is wrong with the text of a policy before libyaml sees it, and what libyaml says of it in
// words for those who wrote it. For yaml.cc alone.
#pragma once

#include <yaml.h>

#include <optional>
#include <string_view>

#include "policy/yaml.h"

namespace pysb::policy::yaml {

Place place_of(const yaml_mark_t& mark);

// Why the text is not even given to the parser, if so: its size, its encoding, what is in it.
std::optional<Problem> problem_of_bytes(std::string_view text);

// Why the parser has given up on the text. Requires that it has.
Problem problem_of(const yaml_parser_t& parser, std::string_view text);

}  // namespace pysb::policy::yaml
