// What a program left in its working directory, looked at when nothing of it runs any more.
#pragma once

#include "jail/plan.h"

namespace pysb::jail {

// Fills left_behind and left_behind_total: files below /workspace that the plan did not put there.
// Names only: nothing is opened but directories, no link is followed (Judge0's CVE-2024-28185).
void look_for_left_behind(const Plan& plan, Ended& ended);

}  // namespace pysb::jail
