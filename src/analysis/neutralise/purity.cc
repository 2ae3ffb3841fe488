// A short list of what is surely without effect; the rest is kept.
#include "analysis/neutralise/purity.h"

#include <algorithm>

namespace pysb::analysis::neutralise {
namespace {

namespace at = ast::at;
using ast::Kind;
using ast::Node;

void keep(Node* operand, std::vector<Node*>& kept) {
  if (operand != nullptr && !is_pure(*operand)) {
    kept.push_back(operand);
  }
}

}  // namespace

bool is_pure(const Node& expression) {
  switch (expression.kind) {
    case Kind::kName:
    case Kind::kConstant:
    case Kind::kLambda:
      return true;
    case Kind::kAttribute:
      return is_pure(*expression.one(at::Attribute::value));
    case Kind::kBinOp:
      return is_pure(*expression.one(at::BinOp::left)) &&
             is_pure(*expression.one(at::BinOp::right));
    case Kind::kTuple:
    case Kind::kList: {
      const auto elements = expression.list(at::Tuple::elts);
      return std::all_of(elements.begin(), elements.end(),
                         [](const Node* element) { return is_pure(*element); });
    }
    default:
      return false;
  }
}

std::vector<Node*> operands_to_keep(const Node& use) {
  std::vector<Node*> kept;
  switch (use.kind) {
    case Kind::kAttribute:
      keep(use.one(at::Attribute::value), kept);
      break;
    case Kind::kSubscript:
      keep(use.one(at::Subscript::value), kept);
      keep(use.one(at::Subscript::slice), kept);
      break;
    case Kind::kCall:
      keep(use.one(at::Call::func), kept);
      for (Node* argument : use.list(at::Call::args)) {
        keep(argument, kept);
      }
      for (const Node* keyword : use.list(at::Call::keywords)) {
        keep(keyword->one(at::Keyword::value), kept);
      }
      break;
    default:
      break;
  }
  return kept;
}

}  // namespace pysb::analysis::neutralise
