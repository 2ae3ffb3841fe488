// One analysis from the Python tree to findings and the rewritten tree.
#include <cinttypes>
#include <cstdio>
#include <optional>

#include "analysis/analysis.h"
#include "analysis/ast/convert.h"
#include "analysis/ast/materialise.h"
#include "analysis/ast/python_types.h"
#include "analysis/checks/checks.h"
#include "analysis/names/evaluator.h"
#include "analysis/neutralise/neutralise.h"
#include "analysis/report.h"
#include "analysis/session.h"

namespace pysb::analysis {
namespace {

// Rounds in which a survey may find new arguments of functions; each adds values to bounded sets.
constexpr int kMaxSurveys = 16;

Analysis refused(std::string why) {
  Analysis result;
  result.state = Analysis::State::kRefused;
  result.refusal = std::move(why);
  return result;
}

bool blocks(const std::vector<checks::Detection>& detections) {
  for (const checks::Detection& detection : detections) {
    if (detection.denial.action == policy::Action::kBlock) {
      return true;
    }
  }
  return false;
}

// The fixpoint, then what is denied where. False: too much work.
bool examine(names::Evaluator& evaluator, checks::Checks& checks, const ast::Tree& tree) {
  if (!evaluator.solve()) {
    return false;
  }
  checks.record(true);
  int rounds = 0;
  while (!evaluator.survey()) {
    if (++rounds == kMaxSurveys || evaluator.exhausted()) {
      return false;
    }
  }
  checks.check_patterns(tree);
  checks.record(false);
  return !evaluator.exhausted();
}

}  // namespace

// The mark cannot stand in source text: it begins with a NUL.
std::string placeholder_text(std::uint64_t nonce, std::uint32_t helper_index) {
  char text[48];
  const int size =
      std::snprintf(text + 1, sizeof text - 1, "pysb:%016" PRIx64 ":%" PRIu32, nonce, helper_index);
  text[0] = '\0';
  return {text, static_cast<std::size_t>(size) + 1};
}

struct Analyser::State {
  explicit State(Settings given) : settings(std::move(given)), python(ast::PythonTypes::load()) {
    tables.working_dir = settings.working_dir;
  }

  Analysis analyse(PyObject* root, const Unit& unit);
  Result<> neutralise(names::Evaluator& evaluator, const checks::Checks& checks, ast::Tree& tree,
                      Analysis& result);

  Settings settings;
  Result<ast::PythonTypes> python;
  names::Tables tables;
  checks::Verdicts verdicts{*settings.rules, tables.names, tables.symbols};
  checks::Paths paths{settings.rules->paths, tables};
};

Analysis Analyser::State::analyse(PyObject* root, const Unit& unit) {
  if (!python) {
    return refused(python.error().to_string());
  }
  ast::Tree tree;
  if (const Result<> converted = ast::convert(root, *python, tables.symbols, tree); !converted) {
    return refused(converted.error().to_string());
  }
  checks::Checks checks(verdicts, paths, tables);
  names::Program program(tree, tables, unit.keeps_bindings);
  names::Evaluator evaluator(program, checks);
  if (!examine(evaluator, checks, tree)) {
    return refused("the program is too tangled to be analysed within bounds");
  }
  Analysis result;
  result.tree = py::Ref::borrow(root);
  result.findings = report(checks.detections(), tables, unit);
  if (blocks(checks.detections())) {
    result.state = Analysis::State::kBlocked;
    return result;
  }
  if (const Result<> done = neutralise(evaluator, checks, tree, result); !done) {
    return refused(done.error().to_string());
  }
  if (unit.keeps_bindings) {
    keep_bindings(evaluator);
  }
  return result;
}

Result<> Analyser::State::neutralise(names::Evaluator& evaluator, const checks::Checks& checks,
                                     ast::Tree& tree, Analysis& result) {
  if (checks.detections().empty() && checks.redirects().empty() && !session_holds_inert(tables)) {
    return {};
  }
  neutralise::Builder builder(tree, tables, settings.nonce);
  neutralise::lower(evaluator, checks.detections(), builder);
  neutralise::remove(checks, evaluator, builder);
  result.helpers = builder.take_helpers();
  return ast::materialise(tree, *python, tables.symbols);
}

Analyser::Analyser(Settings settings) : settings_(std::move(settings)), words_(*settings_.rules) {}

Analyser::~Analyser() = default;

bool Analyser::concerns(std::string_view text) const { return words_.occur_in(text); }

Analysis Analyser::analyse(PyObject* tree, const Unit& unit) {
  if (!state_) {
    state_ = std::make_unique<State>(settings_);
  }
  return state_->analyse(tree, unit);
}

}  // namespace pysb::analysis
