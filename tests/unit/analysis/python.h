// The embedded interpreter of these tests, and analyses in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analysis/analysis.h"

namespace pysb::analysis::test {

// Starts the one interpreter of the process. main() does it: a test may make an analyser before it
// parses anything, and CTest runs each test in a process of its own.
void start_interpreter();

// support.py, called from C++.
py::Ref parse(std::string_view source, const char* mode = "exec");
std::string dump(const py::Ref& tree);
std::string compiles(const py::Ref& tree, const char* mode = "exec");
std::string readable(const py::Ref& tree, const std::vector<Helper>& helpers);
bool placeholders_are_callees(const py::Ref& tree);
// What the neutralised program prints, with helpers written in Python. Only for programs whose
// denied parts would do no harm.
std::string run(const Analysis& analysis);
std::string moved_lines(std::string_view source, const Analysis& analysis);

// A policy from YAML text, or from a file; fails the test when it is wrong.
policy::RuleSet rules_from(std::string_view yaml);
policy::RuleSet rules_of_file(const std::string& path);
policy::RuleSet rules_of_preset(std::string_view name);

// The same rules, all with that action.
policy::RuleSet with_action(const policy::RuleSet& rules, policy::Action action);

// Parses and analyses with a fresh analyser.
Analysis analyse(std::string_view source, const policy::RuleSet& rules, const char* mode = "exec");

// "LINE RULE SUBJECT" for each finding.
std::vector<std::string> lines_of(const Analysis& analysis);

// Folders and stems under tests/golden, sorted.
std::vector<std::string> golden_programs();

std::string read_file(const std::string& path);
std::string_view name_of(HelperKind kind);

}  // namespace pysb::analysis::test
