#include "guest/completeness.h"

#include "guest/compiler.h"
#include "guest/muted_warning.h"

namespace pysb::guest {
namespace {

// compile()'s flags for a prompt; CPython, Include/cpython/compile.h (3.10 to 3.13).
constexpr int kDontImplyDedent = 0x0200;
constexpr int kAllowIncompleteInput = 0x4000;

enum class Parsed { kWell, kIncomplete, kBadly };

// 3.13 has an exception of its own for this, older versions say it in the message.
bool says_incomplete(const std::string& error) {
  return error.starts_with("_IncompleteInputError") ||
         error.find("incomplete input") != std::string::npos;
}

Parsed parse(const Originals& originals, const py::Ref& text, int future_flags) {
  const int flags = future_flags | kOnlyAst | kDontImplyDedent | kAllowIncompleteInput;
  const py::Ref tree = py::Ref::steal(PyObject_CallFunction(
      originals.compile.get(), "Ossii", text.get(), "<stdin>", "single", flags, 1));
  if (tree) {
    return Parsed::kWell;
  }
  return says_incomplete(py::take_error_text()) ? Parsed::kIncomplete : Parsed::kBadly;
}

}  // namespace

bool is_blank(std::string_view input) {
  while (!input.empty()) {
    const std::size_t end = input.find('\n');
    const std::string_view line = input.substr(0, end);
    const std::size_t start = line.find_first_not_of(" \t\f\r");
    if (start != std::string_view::npos && line[start] != '#') {
      return false;
    }
    input.remove_prefix(end == std::string_view::npos ? input.size() : end + 1);
  }
  return true;
}

bool is_incomplete(const Originals& originals, const py::Ref& text, int future_flags) {
  const MutedWarning no_syntax(originals, nullptr, PyExc_SyntaxWarning);
  const MutedWarning no_deprecation(originals, nullptr, PyExc_DeprecationWarning);
  if (parse(originals, text, future_flags) == Parsed::kWell) {
    return false;
  }
  // One line end more makes it good, or still leaves it open: then it only lacks lines.
  const py::Ref line_end = py::text("\n");
  const py::Ref longer = py::Ref::steal(PyUnicode_Concat(text.get(), line_end.get()));
  return longer && parse(originals, longer, future_flags) != Parsed::kBadly;
}

}  // namespace pysb::guest
