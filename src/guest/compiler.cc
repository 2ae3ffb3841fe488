#include "guest/compiler.h"

#include "base/text.h"
#include "guest/inject.h"
#include "guest/muted_warning.h"

namespace pysb::guest {
namespace {

// The collector costs a third of the speed while a tree grows, and would run finalizers of the
// user.
class CollectorPause {
 public:
  CollectorPause() : was_enabled_(PyGC_Disable() != 0) {}
  ~CollectorPause() {
    if (was_enabled_) {
      PyGC_Enable();
    }
  }
  CollectorPause(const CollectorPause&) = delete;
  CollectorPause& operator=(const CollectorPause&) = delete;

 private:
  bool was_enabled_;
};

class Occupied {
 public:
  explicit Occupied(bool& flag) : flag_(flag) { flag_ = true; }
  ~Occupied() { flag_ = false; }
  Occupied(const Occupied&) = delete;
  Occupied& operator=(const Occupied&) = delete;

 private:
  bool& flag_;
};

py::Ref placeholder(std::uint64_t nonce, std::uint32_t index) {
  const py::Ref items = py::list_of({analysis::placeholder_text(nonce, index)});
  return py::Ref::steal(items ? PyFrozenSet_New(items.get()) : nullptr);
}

// True when CPython's C function compiles this as compile() would: that one makes the classes of
// syntax trees whatever it is given (Python/bltinmodule.c, PyAST_Check). The C function would heed
// a coding cookie, and ends at a NUL.
bool is_plain(const Job& job) {
  const std::string_view text = job.unit.source;
  return PyUnicode_Check(job.file_name) && job.mode == "exec" && job.flags == 0 &&
         !job.inherit_flags && job.optimize == -1 &&
         text.find("coding") == std::string_view::npos && text.find('\0') == std::string_view::npos;
}

py::Ref compile_plain(const Job& job) {
  const py::Ref name = py::Ref::steal(PyUnicode_EncodeFSDefault(job.file_name));
  const char* bytes = name ? PyBytes_AsString(name.get()) : nullptr;
  // The text is a Python string's own, which ends with a NUL.
  return py::Ref::steal(
      bytes != nullptr ? Py_CompileString(job.unit.source.data(), bytes, Py_file_input) : nullptr);
}

Compilation refused(std::string why) {
  Compilation result;
  result.state = Compilation::State::kRefused;
  result.refusal = std::move(why);
  return result;
}

// User code can get in between when it has put properties into the classes of `ast`.
Compilation another_is_analysed() {
  return refused("another text is being analysed at this moment");
}

}  // namespace

Compiler::Compiler(const Originals& originals, const Helpers& helpers, TreeCopier& copier,
                   std::unique_ptr<analysis::Analyser> analyser, std::uint64_t nonce)
    : originals_(originals),
      helpers_(helpers),
      copier_(copier),
      analyser_(std::move(analyser)),
      nonce_(nonce) {}

Compilation Compiler::compile(Job job) {
  if (!analyser_) {
    Compilation result;
    result.code = call_compile(job.source, job, job.flags);
    result.state = result.code ? Compilation::State::kOk : Compilation::State::kFailed;
    return result;
  }
  if (PyUnicode_Check(job.source)) {
    Py_ssize_t size = 0;
    const char* data = PyUnicode_AsUTF8AndSize(job.source, &size);
    if (data == nullptr) {
      return {};
    }
    job.unit.source = {data, static_cast<std::size_t>(size)};
    if (!reading_ && !analyser_->concerns(job.unit.source)) {
      return unread(job);
    }
  }
  const CollectorPause pause;
  if (!reading_) {
    if (auto failed = start_reading()) {
      return *std::move(failed);
    }
  }
  const py::Ref tree = call_compile(job.source, job, job.flags | kOnlyAst);
  return tree ? analysed(job, tree) : Compilation();
}

Compilation Compiler::unread(const Job& job) {
  Compilation result;
  result.code = is_plain(job) ? compile_plain(job) : call_compile(job.source, job, job.flags);
  result.state = result.code ? Compilation::State::kOk : Compilation::State::kFailed;
  if (result.code && job.unit.keeps_bindings) {
    unread_.push_back({py::Ref::borrow(job.source), py::Ref::borrow(job.file_name), job.mode,
                       job.flags, job.unit});
  }
  return result;
}

// Binds Python's classes of syntax trees, and reads what was left unread: it has no findings, but
// what it binds counts. Where that cannot be had, neither this text nor a later one is run.
std::optional<Compilation> Compiler::start_reading() {
  if (busy_) {
    return another_is_analysed();
  }
  if (!copier_.load(originals_)) {
    return Compilation();
  }
  for (; read_ < unread_.size(); ++read_) {
    const Unread& text = unread_[read_];
    const Job job{.source = text.source.get(),
                  .file_name = text.file_name.get(),
                  .mode = text.mode,
                  .flags = text.flags,
                  .unit = text.unit};
    const Occupied occupied(busy_);
    const py::Ref tree = call_compile(job.source, job, job.flags | kOnlyAst);
    if (!tree) {
      return Compilation();
    }
    const analysis::Analysis analysis = analyser_->analyse(tree.get(), job.unit);
    if (analysis.state == analysis::Analysis::State::kRefused) {
      return refused(concat({"what ran before it cannot be analysed: ", analysis.refusal}));
    }
  }
  reading_ = true;
  unread_.clear();
  return std::nullopt;
}

Compilation Compiler::analysed(const Job& job, const py::Ref& tree) {
  if (busy_) {
    return another_is_analysed();
  }
  analysis::Analysis analysis;
  {
    const Occupied occupied(busy_);
    analysis = analyser_->analyse(tree.get(), job.unit);
  }
  Compilation result;
  result.findings = std::move(analysis.findings);
  switch (analysis.state) {
    case analysis::Analysis::State::kRefused:
      return refused(std::move(analysis.refusal));
    case analysis::Analysis::State::kBlocked:
      result.state = Compilation::State::kBlocked;
      return result;
    case analysis::Analysis::State::kOk:
      break;
  }
  result.code = compile_rewritten(analysis, job);
  result.state = result.code ? Compilation::State::kOk : Compilation::State::kFailed;
  return result;
}

py::Ref Compiler::call_compile(PyObject* source, const Job& job, int flags) const {
  return py::Ref::steal(PyObject_CallFunction(originals_.compile.get(), "OOsiii", source,
                                              job.file_name, job.mode.c_str(), flags,
                                              job.inherit_flags ? 0 : 1, job.optimize));
}

py::Ref Compiler::compile_rewritten(const analysis::Analysis& analysis, const Job& job) const {
  if (analysis.helpers.empty()) {
    return call_compile(analysis.tree.get(), job, job.flags);
  }
  const py::Ref helpers = helpers_by_placeholder(analysis);
  if (!helpers) {
    return {};
  }
  py::Ref code;
  {
    // CPython suspects a missing comma where a placeholder is called.
    const MutedWarning muted(originals_,
                             "'frozenset' object is not callable; perhaps you missed a comma?",
                             PyExc_SyntaxWarning);
    code = call_compile(analysis.tree.get(), job, job.flags);
  }
  return code ? inject(code, helpers.get()) : py::Ref();
}

py::Ref Compiler::helpers_by_placeholder(const analysis::Analysis& analysis) const {
  py::Ref by_placeholder = py::Ref::steal(PyDict_New());
  for (std::size_t i = 0; by_placeholder && i < analysis.helpers.size(); ++i) {
    const py::Ref key = placeholder(nonce_, static_cast<std::uint32_t>(i));
    const py::Ref helper = helpers_.make(analysis.helpers[i]);
    if (!key || !helper || PyDict_SetItem(by_placeholder.get(), key.get(), helper.get()) != 0) {
      return {};
    }
  }
  return by_placeholder;
}

}  // namespace pysb::guest
