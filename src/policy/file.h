// One policy file as a whole: its keys into the draft.
#pragma once

#include "policy/draft.h"
#include "policy/yaml.h"

namespace pysb::policy {

// Reads every key of the file but `extends`, whose files have been read before.
void read_file_keys(const yaml::TreeNode& root, Draft& draft, std::uint32_t layer,
                    Problems& problems);

}  // namespace pysb::policy
