// A system call that the kernel filter refused, as a finding.
#pragma once

#include "jail/jail.h"
#include "protocol/finding.h"

namespace pysb::engine {

protocol::Finding finding_of(const jail::Denial& denial);

}  // namespace pysb::engine
