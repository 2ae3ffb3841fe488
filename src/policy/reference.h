// What is published about the keys of a policy, printed from their table: tests hold the files of
// schemas/ and docs/ to it.
#pragma once

#include <string>

namespace pysb::policy {

// JSON Schema (2020-12) of a policy file: schemas/policy.schema.json.
std::string json_schema();

// The tables of keys in docs/policy.md, between its "keys" markers.
std::string key_tables();

}  // namespace pysb::policy
