// The cache of interpreter descriptions: one JSON file per interpreter, in the user's own cache
// directory. A description is used only while nothing it depends on has changed.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace pysb::engine {

// The cached description of the interpreter at `executable`, if it is still true. A
// file that another user could have written is ignored: it decides what the jail shows.
std::optional<nlohmann::json> load_description(std::string_view executable);

// Keeps a description. Failing to is harmless and silent: the next run asks again.
void store_description(std::string_view executable, const nlohmann::json& description);

}  // namespace pysb::engine
