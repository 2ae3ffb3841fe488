// The rules as bytes, for the way into the guest and for the digest of a policy.
#include "base/text.h"
#include "policy/rules/rules.h"
#include "protocol/wire.h"

namespace pysb::policy {
namespace {

using protocol::Reader;
using protocol::Writer;

// Deeper than any policy file may nest, so a decoder's stack is bounded whoever wrote the bytes.
constexpr int kMaxLiteralDepth = 32;

enum class LiteralKind : std::uint8_t { kNull, kBoolean, kInteger, kNumber, kText, kList, kMap };

void encode(Writer& out, const Literal& literal);

struct LiteralEncoder {
  Writer& out;
  void operator()(std::monostate /*null*/) const {}
  void operator()(bool value) const { out.boolean(value); }
  void operator()(std::int64_t value) const { out.i64(value); }
  void operator()(double value) const { out.f64(value); }
  void operator()(const std::string& value) const { out.text(value); }
  void operator()(const Literal::List& list) const {
    out.u32(static_cast<std::uint32_t>(list.size()));
    for (const auto& item : list) {
      encode(out, item);
    }
  }
  void operator()(const Literal::Map& map) const {
    out.u32(static_cast<std::uint32_t>(map.size()));
    for (const auto& [key, value] : map) {
      out.text(key);
      encode(out, value);
    }
  }
};

void encode(Writer& out, const Literal& literal) {
  out.u8(static_cast<std::uint8_t>(literal.value.index()));
  std::visit(LiteralEncoder{out}, literal.value);
}

Literal decode_literal(Reader& in, int depth);

Literal::List decode_list(Reader& in, int depth) {
  Literal::List list;
  for (std::uint32_t left = in.count(); left > 0 && in.ok(); --left) {
    list.push_back(decode_literal(in, depth + 1));
  }
  return list;
}

Literal::Map decode_map(Reader& in, int depth) {
  Literal::Map map;
  for (std::uint32_t left = in.count(); left > 0 && in.ok(); --left) {
    std::string key = in.text();
    map.emplace_back(std::move(key), decode_literal(in, depth + 1));
  }
  return map;
}

Literal decode_literal(Reader& in, int depth) {
  if (depth > kMaxLiteralDepth) {
    in.fail();
    return {};
  }
  switch (in.enumerator(LiteralKind::kMap)) {
    case LiteralKind::kNull:
      return {};
    case LiteralKind::kBoolean:
      return {in.boolean()};
    case LiteralKind::kInteger:
      return {in.i64()};
    case LiteralKind::kNumber:
      return {in.f64()};
    case LiteralKind::kText:
      return {in.text()};
    case LiteralKind::kList:
      return {decode_list(in, depth)};
    case LiteralKind::kMap:
      return {decode_map(in, depth)};
  }
  return {};
}

void encode(Writer& out, const Rule& rule) {
  out.text(rule.pattern.text());
  out.boolean(rule.allow);
  out.u8(static_cast<std::uint8_t>(rule.action));
  encode(out, rule.replacement);
  out.u8(static_cast<std::uint8_t>(rule.severity));
  out.text(rule.message);
  out.u32(rule.layer);
}

Rule decode_rule(Reader& in) {
  Rule rule;
  if (auto pattern = NamePattern::parse(in.text())) {
    rule.pattern = *std::move(pattern);
  } else {
    in.fail();
  }
  rule.allow = in.boolean();
  rule.action = in.enumerator(Action::kAlert);
  rule.replacement = decode_literal(in, 0);
  rule.severity = in.enumerator(Severity::kCritical);
  rule.message = in.text();
  rule.layer = in.u32();
  return rule;
}

void encode(Writer& out, const Section& section) {
  out.boolean(section.allow_listed());
  out.u8(static_cast<std::uint8_t>(section.default_action()));
  out.u32(static_cast<std::uint32_t>(section.rules().size()));
  for (const auto& rule : section.rules()) {
    encode(out, rule);
  }
}

Section decode_section(Reader& in) {
  const bool allow_listed = in.boolean();
  const auto default_action = in.enumerator(Action::kAlert);
  std::vector<Rule> rules;
  for (std::uint32_t left = in.count(); left > 0 && in.ok(); --left) {
    rules.push_back(decode_rule(in));
  }
  return Section(std::move(rules), allow_listed, default_action);
}

}  // namespace

std::string encode(const RuleSet& rules) {
  Writer out;
  for (const Section* section : {&rules.imports, &rules.calls, &rules.attributes, &rules.names}) {
    encode(out, *section);
  }
  out.texts(rules.paths.read);
  out.texts(rules.paths.write);
  out.u8(static_cast<std::uint8_t>(rules.paths.action));
  return out.take();
}

Result<RuleSet> decode_rules(std::string_view payload) {
  Reader in(payload);
  RuleSet rules;
  for (Section* section : {&rules.imports, &rules.calls, &rules.attributes, &rules.names}) {
    *section = decode_section(in);
  }
  rules.paths.read = in.texts();
  rules.paths.write = in.texts();
  rules.paths.action = in.enumerator(Action::kAlert);
  if (!in.complete()) {
    return Error(ErrorKind::kInvalidInput, "the encoded rules are malformed");
  }
  return rules;
}

}  // namespace pysb::policy
