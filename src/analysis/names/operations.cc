// Values of operators, comparisons and f-strings.
#include <string>

#include "analysis/names/evaluator.h"
#include "analysis/names/fold.h"

namespace pysb::analysis::names {
namespace {

namespace at = ast::at;
using ast::Kind;
using ast::Operator;

// More combinations than this are not worked out one by one.
constexpr std::size_t kMaxProduct = 8;

}  // namespace

SetId Evaluator::operation(const Node& node) {
  if (node.is(Kind::kBinOp)) {
    return binary(node.op(at::BinOp::op), values(*node.one(at::BinOp::left)),
                  values(*node.one(at::BinOp::right)));
  }
  if (node.is(Kind::kBoolOp)) {
    SetId result = kNothing;
    for (const Node* operand : node.list(at::BoolOp::values)) {
      result = sets_.join(result, values(*operand));
    }
    return result;
  }
  const SetId operand = values(*node.one(at::UnaryOp::operand));
  if (const Value* number = sets_.only(operand, ValueKind::kInteger);
      number != nullptr && node.op(at::UnaryOp::op) == Operator::kUSub) {
    return arithmetic(Operator::kSub, 0, sets_.integer(*number));
  }
  return sets_.has(operand, ValueKind::kRemoved) ? sets_.join(kInert, kAnything) : kAnything;
}

// The inert value makes any operation inert.
SetId Evaluator::binary(Operator op, SetId left, SetId right) {
  const auto lefts = sets_.values(left);
  const auto rights = sets_.values(right);
  if (left == kAnything && right == kAnything) {
    return kAnything;
  }
  if (left == kInert || right == kInert) {
    return kInert;
  }
  SetId result = kNothing;
  if (sets_.has(left, ValueKind::kRemoved) || sets_.has(right, ValueKind::kRemoved)) {
    result = kInert;
  }
  if (lefts.size() * rights.size() > kMaxProduct) {
    return sets_.join(result, kAnything);
  }
  for (const Value& a : lefts) {
    for (const Value& b : rights) {
      result = sets_.join(result, binary_of(op, a, b));
    }
  }
  return result;
}

SetId Evaluator::binary_of(Operator op, Value left, Value right) {
  const auto made = [this](std::optional<std::string> text) {
    return text ? sets_.text(*text) : kAnything;
  };
  const auto both = [&](ValueKind kind) { return left.kind == kind && right.kind == kind; };
  if (op == Operator::kAdd && (both(ValueKind::kText) || both(ValueKind::kBytes))) {
    std::string text(sets_.text(left));
    text += sets_.text(right);
    return left.kind == ValueKind::kText ? sets_.text(text) : sets_.bytes(text);
  }
  if (both(ValueKind::kInteger)) {
    return arithmetic(op, sets_.integer(left), sets_.integer(right));
  }
  if (op == Operator::kMult && left.kind == ValueKind::kText && right.kind == ValueKind::kInteger) {
    return made(fold::repeat(sets_.text(left), sets_.integer(right)));
  }
  if (op == Operator::kMod && left.kind == ValueKind::kText) {
    return percent(sets_.text(left), right);
  }
  if (op == Operator::kDiv && (left.kind == ValueKind::kPath || right.kind == ValueKind::kPath) &&
      (left.kind == ValueKind::kText || right.kind == ValueKind::kText || both(ValueKind::kPath))) {
    return sets_.path(fold::join_path(sets_.text(left), sets_.text(right)));
  }
  if (both(ValueKind::kContainer) && (op == Operator::kAdd || op == Operator::kBitOr)) {
    const SetId any = sets_.join(contents(sets_.container(left), kAnything),
                                 contents(sets_.container(right), kAnything));
    return sets_.container({op == Operator::kBitOr, {}, any});
  }
  const bool inert = left.kind == ValueKind::kRemoved || right.kind == ValueKind::kRemoved;
  return inert ? kInert : kAnything;
}

// "…%s…" % value, for a text or a tuple of texts.
SetId Evaluator::percent(std::string_view format, Value operand) {
  std::vector<std::string_view> texts;
  if (operand.kind == ValueKind::kText) {
    texts.push_back(sets_.text(operand));
  } else if (operand.kind == ValueKind::kContainer) {
    const Container& all = sets_.container(operand);
    for (const auto& [key, set] : all.items) {
      const Value* text = sets_.only(set, ValueKind::kText);
      if (text == nullptr || all.any != kNothing) {
        return kAnything;
      }
      texts.push_back(sets_.text(*text));
    }
  } else {
    return kAnything;
  }
  const auto result = fold::percent(format, texts);
  return result ? sets_.text(*result) : kAnything;
}

// Small numbers only: they index and make characters.
SetId Evaluator::arithmetic(Operator op, std::int64_t left, std::int64_t right) {
  constexpr std::int64_t kLimit = 1LL << 31;
  if (left > kLimit || left < -kLimit || right > kLimit || right < -kLimit) {
    return kAnything;
  }
  switch (op) {
    case Operator::kAdd:
      return sets_.integer(left + right);
    case Operator::kSub:
      return sets_.integer(left - right);
    case Operator::kMult:
      return sets_.integer(left * right);
    case Operator::kBitXor:
      return sets_.integer(left ^ right);
    case Operator::kBitOr:
      return sets_.integer(left | right);
    case Operator::kBitAnd:
      return sets_.integer(left & right);
    case Operator::kFloorDiv:
      return left >= 0 && right > 0 ? sets_.integer(left / right) : kAnything;
    case Operator::kMod:
      return left >= 0 && right > 0 ? sets_.integer(left % right) : kAnything;
    default:
      return kAnything;
  }
}

SetId Evaluator::comparison(const Node& node) {
  bool inert = sets_.has(values(*node.one(at::Compare::left)), ValueKind::kRemoved);
  for (const Node* operand : node.list(at::Compare::comparators)) {
    inert = inert || sets_.has(values(*operand), ValueKind::kRemoved);
  }
  return inert ? sets_.join(kInert, kAnything) : kAnything;
}

SetId Evaluator::joined_text(const Node& node) {
  std::string text;
  for (const Node* piece : node.list(at::JoinedStr::values)) {
    const bool field = piece->is(Kind::kFormattedValue);
    if (field && (piece->one(at::FormattedValue::format_spec) != nullptr ||
                  piece->number(at::FormattedValue::conversion) == 'r' ||
                  piece->number(at::FormattedValue::conversion) == 'a')) {
      return kAnything;
    }
    const SetId set = values(field ? *piece->one(at::FormattedValue::value) : *piece);
    if (const Value* constant = sets_.only(set, ValueKind::kText)) {
      text += sets_.text(*constant);
    } else if (const Value* number = sets_.only(set, ValueKind::kInteger)) {
      text += std::to_string(sets_.integer(*number));
    } else {
      return kAnything;
    }
  }
  return sets_.text(text);
}

SetId Evaluator::slice(const Node& node, SetId container) {
  const auto bound = [&](ast::Slot slot, std::optional<std::int64_t>& number) {
    if (node.one(slot) == nullptr) {
      return true;
    }
    const Value* value = sets_.only(values(*node.one(slot)), ValueKind::kInteger);
    number = value != nullptr ? std::optional(sets_.integer(*value)) : std::nullopt;
    return value != nullptr;
  };
  std::optional<std::int64_t> lower;
  std::optional<std::int64_t> upper;
  std::optional<std::int64_t> step;
  const bool known = bound(at::Slice::lower, lower) && bound(at::Slice::upper, upper) &&
                     bound(at::Slice::step, step);
  SetId result = kNothing;
  for (const Value& value : sets_.values(container)) {
    if (known && (value.kind == ValueKind::kText || value.kind == ValueKind::kBytes)) {
      const auto text = fold::slice(sets_.text(value), lower, upper, step);
      const bool bytes = value.kind == ValueKind::kBytes;
      result = sets_.join(result, !text   ? kAnything
                                  : bytes ? sets_.bytes(*text)
                                          : sets_.text(*text));
    } else if (value.kind == ValueKind::kContainer) {
      result = sets_.join(
          result, sets_.container({false, {}, contents(sets_.container(value), kAnything)}));
    } else {
      result = sets_.join(result, value.kind == ValueKind::kRemoved ? kInert : kAnything);
    }
  }
  return result;
}

}  // namespace pysb::analysis::names
