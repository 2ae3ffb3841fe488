// The system call table and its answers as text, for golden files.
#pragma once

#include <linux/seccomp.h>

#include <cstdint>
#include <cstring>
#include <sstream>
#include <stdexcept>
#include <string>

#include "jail/syscalls/table.h"

namespace pysb::jail {

// "allow", "tell EPERM", "refuse ENOSYS", "kill".
inline std::string to_text(Action action) {
  const auto with_error = [&](const char* word) {
    return std::string(word) + " " + ::strerrorname_np(action.error);
  };
  switch (action.outcome) {
    case Outcome::kAllow:
      return "allow";
    case Outcome::kTell:
      return with_error("tell");
    case Outcome::kRefuse:
      return with_error("refuse");
    case Outcome::kKill:
      return "kill";
  }
  throw std::logic_error("an outcome without a name");
}

inline std::string to_text(const Test& test) {
  std::ostringstream text;
  text << std::hex << "arg" << test.argument;
  if (test.mask != ~0U) {
    text << "&0x" << test.mask;
  }
  const char* before = "=0x";
  for (const std::uint32_t value : test.values) {
    text << before << value;
    before = "|0x";
  }
  return text.str();
}

// "allow when arg0=0x1 and arg1&0xf=0x1|0x5, else tell EPERM".
inline std::string to_text(const Rule& rule) {
  std::string text;
  for (const Case& one : rule.cases) {
    text += to_text(one.action) + " when ";
    for (std::size_t i = 0; i < one.tests.size(); ++i) {
      text += (i > 0 ? " and " : "") + to_text(one.tests[i]);
    }
    text += ", ";
  }
  return text + (text.empty() ? "" : "else ") + to_text(rule.otherwise);
}

}  // namespace pysb::jail
