// A policy as stable text, merged and complete: for people, and for the golden tests.
#pragma once

#include <string>

#include "policy/policy.h"

namespace pysb::policy {

// One line a setting or rule. Text of the policy is escaped; the digest is left out.
std::string to_text(const Policy& policy);

// As in YAML's flow style: {"a": [1, null]}.
std::string to_text(const Literal& literal);

}  // namespace pysb::policy
