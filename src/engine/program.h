// The program of a run: its source, how it is called, and the modules beside it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace pysb::engine {

// A source file that goes into the working directory.
struct ProgramFile {
  std::string name;  // relative to the working directory: "helper.py", "pkg/__init__.py"
  std::string content;
};

struct Program {
  std::string source;
  std::string name;                // "<string>", "<stdin>" or the file as the user typed it
  std::vector<std::string> argv;   // sys.argv, its first element included
  std::vector<ProgramFile> files;  // the program itself and its modules; empty for plain text
  bool is_file = false;
};

// The working directory in the jail, where a program's files lie and which it starts in.
inline constexpr std::string_view kWorkingDir = "/workspace";

Program program_from_text(std::string_view code, std::vector<std::string> arguments);

// Reads a whole descriptor as the program (`py_sandbox -`).
Result<Program> program_from_stream(int fd, std::vector<std::string> arguments);

// Reads FILE and, from its directory, those modules and packages whose name occurs as a word in the
// program or in a module taken so: what could be imported, and nothing else of the directory.
Result<Program> program_from_file(const std::string& path, std::vector<std::string> arguments);

}  // namespace pysb::engine
