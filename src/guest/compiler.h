// The one way from text to code: parse with CPython, analyse, rewrite, compile the very same tree,
// put the helpers in.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "analysis/analysis.h"
#include "guest/helpers.h"
#include "guest/originals.h"
#include "guest/tree_copy.h"

namespace pysb::guest {

// compile()'s flag that stops after parsing; CPython, Include/cpython/compile.h (3.10 to 3.13).
inline constexpr int kOnlyAst = 0x0400;

struct Job {
  PyObject* source = nullptr;     // a str, or a tree that is ours to change
  PyObject* file_name = nullptr;  // as compile() takes it
  std::string mode = "exec";
  int flags = 0;
  bool inherit_flags = false;  // the future statements of the calling frame hold
  int optimize = -1;
  analysis::Unit unit;  // its source is filled in
};

struct Compilation {
  enum class State {
    kOk,
    kBlocked,  // a rule with action block was met
    kRefused,  // it could not be analysed: never to be run
    kFailed,   // Python could not parse or compile it; the error is set
  };
  State state = State::kFailed;
  py::Ref code;
  std::string refusal;
  std::vector<protocol::Finding> findings;
};

class Compiler {
 public:
  // Without an analyser (null) text is compiled as it is.
  Compiler(const Originals& originals, const Helpers& helpers, TreeCopier& copier,
           std::unique_ptr<analysis::Analyser> analyser, std::uint64_t nonce);

  Compilation compile(Job job);
  bool analyses() const { return analyser_ != nullptr; }

 private:
  // A text that was compiled without being analysed, whose bindings later texts may use.
  struct Unread {
    py::Ref source;
    py::Ref file_name;
    std::string mode;
    int flags;
    analysis::Unit unit;
  };

  Compilation unread(const Job& job);
  std::optional<Compilation> start_reading();
  Compilation analysed(const Job& job, const py::Ref& tree);
  py::Ref call_compile(PyObject* source, const Job& job, int flags) const;
  py::Ref compile_rewritten(const analysis::Analysis& analysis, const Job& job) const;
  py::Ref helpers_by_placeholder(const analysis::Analysis& analysis) const;

  const Originals& originals_;
  const Helpers& helpers_;
  TreeCopier& copier_;
  std::unique_ptr<analysis::Analyser> analyser_;
  std::uint64_t nonce_;
  std::vector<Unread> unread_;
  std::size_t read_ = 0;  // so many of them have been read
  bool reading_ = false;  // from the first text on that the analysis has to see, it sees all
  bool busy_ = false;
};

}  // namespace pysb::guest
