// Layer 1's judgement of one program: answers the evaluator, and notes what is denied where.
#pragma once

#include <string_view>
#include <vector>

#include "analysis/ast/flat_map.h"
#include "analysis/checks/denial.h"
#include "analysis/checks/paths.h"
#include "analysis/checks/verdicts.h"
#include "analysis/names/censor.h"
#include "analysis/names/program.h"

namespace pysb::analysis::checks {

// A use that stays, but by another name: eval, exec or compile reached in a roundabout way.
struct Redirect {
  const ast::Node* node = nullptr;
  NameId target = 0;
};

class Checks final : public names::Censor {
 public:
  Checks(Verdicts& verdicts, const Paths& paths, names::Tables& tables)
      : verdicts_(verdicts), paths_(paths), tables_(tables) {}

  names::Taken take_import(const ast::Node& alias, NameId target) override;
  names::Taken take_load(const ast::Node& use, names::SetId introduced,
                         std::string_view via) override;
  names::Taken take_attribute(const ast::Node& use, ast::Symbol attribute,
                              std::string_view via) override;
  bool judges_calls_of(NameId function) override { return paths_.judges(function); }
  names::Taken take_call(const ast::Node& call, NameId function, names::SetId receiver,
                         const names::Arguments& arguments) override;
  names::Taken take_format(const ast::Node& call, std::string_view format) override;
  void record(bool on) override { recording_ = on; }

  // Attributes named by class patterns of `match`, which no expression mentions.
  void check_patterns(const ast::Tree& tree);

  // At most one for each node, in no particular order.
  const std::vector<Detection>& detections() const { return detections_; }
  const std::vector<Redirect>& redirects() const { return redirects_; }

 private:
  // loads.cc
  bool judge_load(const ast::Node& use, NameId name, std::string_view via, Denial& denial);
  bool judge_builtin(const ast::Node& use, NameId name, std::string_view via, Denial& denial);
  bool judge_member(NameId name, std::string_view via, Denial& denial);
  bool is_dynamic_code(NameId name) const;

  names::Taken decide(const ast::Node& node, const Denial& denial);

  Verdicts& verdicts_;
  const Paths& paths_;
  names::Tables& tables_;
  bool recording_ = false;
  std::vector<Detection> detections_;
  std::vector<Redirect> redirects_;
  ast::FlatMap noted_;  // node index + 1: it has a detection or a redirect
};

}  // namespace pysb::analysis::checks
