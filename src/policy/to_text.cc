#include "policy/to_text.h"

#include <array>
#include <charconv>

#include "base/text.h"
#include "policy/limits.h"

namespace pysb::policy {
namespace {

std::string quoted(std::string_view text) { return concat({"\"", escape_line(text), "\""}); }

std::string shortest(double value) {
  std::array<char, 32> buffer{};
  const auto [end, failed] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return failed == std::errc() ? std::string(buffer.data(), end) : "";
}

struct LiteralPrinter {
  std::string operator()(std::monostate /*null*/) const { return "null"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const { return shortest(value); }
  std::string operator()(const std::string& value) const { return quoted(value); }
  std::string operator()(const Literal::List& list) const {
    std::string text;
    for (const auto& item : list) {
      text.append(text.empty() ? "" : ", ").append(to_text(item));
    }
    return concat({"[", text, "]"});
  }
  std::string operator()(const Literal::Map& map) const {
    std::string text;
    for (const auto& [key, value] : map) {
      text.append(text.empty() ? "" : ", ").append(quoted(key)).append(": ").append(to_text(value));
    }
    return concat({"{", text, "}"});
  }
};

std::string line_of(const Rule& rule) {
  const std::string layer = concat({" layer=", std::to_string(rule.layer)});
  if (rule.allow) {
    return concat({"  allow ", rule.pattern.text(), layer, "\n"});
  }
  std::string line =
      concat({"  deny ", rule.pattern.text(), layer, " ", protocol::name_of(rule.action), " ",
              protocol::name_of(rule.severity)});
  if (rule.action == Action::kReplace) {
    line += concat({" with ", to_text(rule.replacement)});
  }
  if (!rule.message.empty()) {
    line += concat({" ", quoted(rule.message)});
  }
  return line + "\n";
}

std::string section_text(std::string_view name, const Section& section) {
  std::string text(name);
  if (section.allow_listed()) {
    text += concat({": what is not listed, ", protocol::name_of(section.default_action())});
  }
  text += "\n";
  for (const auto& rule : section.rules()) {
    text += line_of(rule);
  }
  return text;
}

std::string list_line(std::string_view name, const std::vector<std::string>& values) {
  std::string line(name);
  for (const auto& value : values) {
    line.append(" ").append(escape_line(value));
  }
  return line + "\n";
}

std::string limits_text(const Policy& policy) {
  std::string text;
  for (const auto& key : limit_keys()) {
    text += concat({"limit ", key.name, " ", format_limit(key, key.get(policy.limits)),
                    " of at most ", format_limit(key, key.get(policy.ceiling)), "\n"});
  }
  return text;
}

}  // namespace

std::string to_text(const Literal& literal) { return std::visit(LiteralPrinter{}, literal.value); }

std::string to_text(const Policy& policy) {
  std::string text = section_text("imports", policy.rules.imports);
  text += section_text("calls", policy.rules.calls);
  text += section_text("attributes", policy.rules.attributes);
  text += section_text("names", policy.rules.names);
  text += list_line("read", policy.rules.paths.read);
  text += list_line("write", policy.rules.paths.write);
  text += concat({"other paths ", protocol::name_of(policy.rules.paths.action), "\n"});
  text += limits_text(policy);
  for (const auto& [name, value] : policy.access.env) {
    text += concat({"env ", name, "=", quoted(value), "\n"});
  }
  text += concat({"minimum ", policy.minimum == Tier::kSeccomp ? "seccomp" : "namespaces", "\n"});
  text += concat({"interpreter ", escape_line(policy.python.interpreter), "\n"});
  text += list_line("packages", policy.python.packages);
  text += concat({"layers static=", policy.layers.static_analysis ? "true" : "false",
                  " interpreter=", policy.layers.interpreter ? "true" : "false", "\n"});
  for (const auto& sink : policy.sinks) {
    text += concat({"sink ", escape_line(sink.name), " file ", escape_line(sink.path), "\n"});
  }
  return text;
}

}  // namespace pysb::policy
