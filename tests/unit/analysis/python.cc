// Starting the interpreter, calling support.py.
#include "python.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/text.h"
#include "policy/load.h"

namespace pysb::analysis::test {
namespace {

// support.py as a module, imported once.
PyObject* support() {
  static PyObject* const module = [] {
    PyConfig config;
    PyConfig_InitIsolatedConfig(&config);
    config.site_import = 0;
    Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    PyObject* path = PySys_GetObject("path");
    const py::Ref directory = py::Ref::steal(PyUnicode_FromString(PYSB_TEST_SUPPORT));
    PyList_Append(path, directory.get());
    PySys_SetObject("dont_write_bytecode", Py_True);
    PyObject* loaded = PyImport_ImportModule("support");
    if (loaded == nullptr) {
      PyErr_Print();
      std::abort();
    }
    return loaded;
  }();
  return module;
}

py::Ref text(std::string_view value) {
  return py::Ref::steal(
      PyUnicode_FromStringAndSize(value.data(), static_cast<Py_ssize_t>(value.size())));
}

std::string to_text(const py::Ref& value) {
  if (!value) {
    PyErr_Print();
    ADD_FAILURE() << "support.py raised an exception";
    return "";
  }
  const py::Ref str = py::Ref::steal(PyObject_Str(value.get()));
  return PyUnicode_AsUTF8(str.get());
}

py::Ref call(const char* function, std::initializer_list<PyObject*> arguments) {
  const py::Ref callable = py::Ref::steal(PyObject_GetAttrString(support(), function));
  return py::Ref::steal(
      PyObject_Vectorcall(callable.get(), arguments.begin(), arguments.size(), nullptr));
}

policy::RuleSet checked(policy::LoadResult loaded) {
  for (const policy::Diagnostic& problem : loaded.diagnostics) {
    ADD_FAILURE() << policy::to_string(problem);
  }
  return std::move(loaded.policy.rules);
}

}  // namespace

void start_interpreter() { support(); }

py::Ref parse(std::string_view source, const char* mode) {
  const py::Ref arguments[] = {text(source), text(mode)};
  py::Ref tree = call("parse", {arguments[0].get(), arguments[1].get()});
  if (!tree) {
    PyErr_Print();
    ADD_FAILURE() << "does not parse: " << source.substr(0, 200);
  }
  return tree;
}

std::string dump(const py::Ref& tree) { return to_text(call("dump", {tree.get()})); }

std::string compiles(const py::Ref& tree, const char* mode) {
  const py::Ref how = text(mode);
  return to_text(call("compiles", {tree.get(), how.get()}));
}

std::string readable(const py::Ref& tree, const std::vector<Helper>& helpers) {
  const py::Ref names = py::Ref::steal(PyList_New(0));
  for (const Helper& helper : helpers) {
    PyList_Append(names.get(), text(name_of(helper.kind)).get());
  }
  return to_text(call("readable", {tree.get(), names.get()}));
}

bool placeholders_are_callees(const py::Ref& tree) {
  return to_text(call("placeholders_are_callees", {tree.get()})) == "True";
}

std::string moved_lines(std::string_view source, const Analysis& analysis) {
  const py::Ref lines = py::Ref::steal(PyList_New(0));
  for (const protocol::Finding& finding : analysis.findings) {
    for (std::uint32_t line = finding.line; line <= finding.end_line; ++line) {
      PyList_Append(lines.get(), py::Ref::steal(PyLong_FromLong(line)).get());
    }
  }
  const py::Ref before = text(source);
  return to_text(call("moved_lines", {before.get(), analysis.tree.get(), lines.get()}));
}

std::string run(const Analysis& analysis) {
  const py::Ref helpers = py::Ref::steal(PyList_New(0));
  for (const Helper& helper : analysis.helpers) {
    const auto* number = std::get_if<std::int64_t>(&helper.replacement.value);
    const py::Ref literal =
        number != nullptr ? py::Ref::steal(PyLong_FromLongLong(*number)) : py::Ref::borrow(Py_None);
    const py::Ref row = py::Ref::steal(PyTuple_Pack(3, text(name_of(helper.kind)).get(),
                                                    literal.get(), text(helper.subject).get()));
    PyList_Append(helpers.get(), row.get());
  }
  return to_text(call("run", {analysis.tree.get(), helpers.get()}));
}

policy::RuleSet rules_from(std::string_view yaml) {
  return checked(policy::load_text(yaml, "test.yaml", ".", PYSB_PRESETS));
}

policy::RuleSet rules_of_file(const std::string& path) {
  return checked(policy::load_file(path, PYSB_PRESETS));
}

policy::RuleSet rules_of_preset(std::string_view name) {
  return checked(policy::load_preset(name, PYSB_PRESETS));
}

policy::RuleSet with_action(const policy::RuleSet& rules, policy::Action action) {
  const auto changed = [action](const policy::Section& section) {
    std::vector<policy::Rule> all = section.rules();
    for (policy::Rule& rule : all) {
      rule.action = action;
    }
    return policy::Section(std::move(all), section.allow_listed(), action);
  };
  policy::RuleSet result = rules;
  result.imports = changed(rules.imports);
  result.calls = changed(rules.calls);
  result.attributes = changed(rules.attributes);
  result.names = changed(rules.names);
  result.paths.action = action;
  return result;
}

Analysis analyse(std::string_view source, const policy::RuleSet& rules, const char* mode) {
  const py::Ref tree = parse(source, mode);
  Analyser analyser({.rules = &rules, .nonce = 42, .working_dir = "/workspace"});
  Unit unit;
  unit.source = source;
  unit.display_name = "prog.py";
  Analysis analysis = analyser.analyse(tree.get(), unit);
  // What no word of the policy announces would be run unread.
  if (!analysis.findings.empty() || !analysis.helpers.empty()) {
    EXPECT_TRUE(analyser.concerns(source)) << source;
  }
  return analysis;
}

std::vector<std::string> lines_of(const Analysis& analysis) {
  std::vector<std::string> lines;
  for (const protocol::Finding& finding : analysis.findings) {
    lines.push_back(
        concat({std::to_string(finding.line), " ", finding.rule, " ", finding.subject}));
  }
  return lines;
}

std::vector<std::string> golden_programs() {
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(PYSB_TEST_DATA)) {
    const std::string folder = entry.path().parent_path().parent_path().filename();
    const bool ours = folder == "neutralise" || entry.path().parent_path().filename() == "resolve";
    if (ours && entry.path().extension() == ".py") {
      paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string_view name_of(HelperKind kind) {
  constexpr std::string_view kNames[] = {
      "inert",        "replaced",     "raising",      "not_",           "is_",   "is_not",
      "in_",          "not_in",       "unpacked",     "operand",        "types", "raisable",
      "import_error", "guarded_eval", "guarded_exec", "guarded_compile"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace pysb::analysis::test
