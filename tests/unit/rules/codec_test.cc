// The rules on their way into the guest: nothing is lost, and no byte string is believed too much.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "policy/rules/rules.h"

namespace pysb::policy {
namespace {

Literal every_literal() {
  return {Literal::Map{
      {"null", {}},
      {"yes", {true}},
      {"least", {std::numeric_limits<std::int64_t>::min()}},
      {"half", {0.5}},
      {"text", {std::string("a\0b", 3)}},
      {"list", {Literal::List{{}, {false}, {Literal::List{}}}}},
      {"map", {Literal::Map{{"", {std::int64_t{1}}}}}},
  }};
}

RuleSet sample() {
  RuleSet rules;
  rules.imports = Section({{.pattern = *NamePattern::parse("os"), .allow = true, .layer = 3}}, true,
                          Action::kRaise);
  rules.calls = Section({{.pattern = *NamePattern::parse("os.exec*"),
                          .action = Action::kReplace,
                          .replacement = every_literal(),
                          .severity = Severity::kCritical,
                          .message = "no"},
                         {.pattern = *NamePattern::parse("eval"), .action = Action::kAlert}});
  rules.attributes = Section({{.pattern = *NamePattern::parse("f_*")}});
  rules.names = Section({}, false, Action::kBlock);
  rules.paths = {.read = {"/srv"}, .write = {"/tmp", "/workspace"}, .action = Action::kBlock};
  return rules;
}

TEST(RulesCodec, ReadsBackWhatWasWritten) {
  const std::string bytes = encode(sample());
  const auto decoded = decode_rules(bytes);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(encode(*decoded), bytes);

  EXPECT_TRUE(decoded->imports.allow_listed());
  EXPECT_EQ(decoded->imports.default_action(), Action::kRaise);
  EXPECT_EQ(decoded->imports.rules().at(0).layer, 3U);
  EXPECT_EQ(decoded->names.default_action(), Action::kBlock);
  EXPECT_EQ(decoded->paths.write, sample().paths.write);

  const Rule* denied = decoded->calls.denied("os.execv");
  ASSERT_NE(denied, nullptr);
  EXPECT_EQ(denied->action, Action::kReplace);
  EXPECT_EQ(denied->severity, Severity::kCritical);
  EXPECT_EQ(denied->message, "no");
  const auto& map = std::get<Literal::Map>(denied->replacement.value);
  ASSERT_EQ(map.size(), 7U);
  EXPECT_EQ(std::get<std::int64_t>(map[2].second.value), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(std::get<std::string>(map[4].second.value), std::string("a\0b", 3));
  EXPECT_EQ(std::get<Literal::List>(map[5].second.value).size(), 3U);
}

TEST(RulesCodec, KeepsNumbersThatAreNone) {
  RuleSet rules;
  rules.calls = Section({{.pattern = *NamePattern::parse("f"), .replacement = {std::nan("")}}});
  const auto decoded = decode_rules(encode(rules));
  ASSERT_TRUE(decoded);
  EXPECT_TRUE(std::isnan(std::get<double>(decoded->calls.rules().at(0).replacement.value)));
}

TEST(RulesCodec, FailsOnEveryTruncationAndOnWhatIsLeftOver) {
  const std::string bytes = encode(sample());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_rules(std::string_view(bytes).substr(0, size))) << size;
  }
  EXPECT_FALSE(decode_rules(bytes + '\0'));
}

// What comes of a changed byte is an error or other rules, never a crash: the sanitizers look on.
TEST(RulesCodec, SurvivesEveryChangedByte) {
  const std::string bytes = encode(sample());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    for (const int value : {0, 1, 7, 127, 128, 255}) {
      std::string changed = bytes;
      changed[i] = static_cast<char>(value);
      if (const auto decoded = decode_rules(changed)) {
        EXPECT_EQ(encode(*decoded).size(), bytes.size());
      }
    }
  }
}

TEST(RulesCodec, BoundsTheNestingOfLiterals) {
  const auto nested = [](int depth) {
    Literal literal;
    for (int i = 0; i < depth; ++i) {
      Literal::List list;
      list.push_back(std::move(literal));
      literal = Literal{std::move(list)};
    }
    RuleSet rules;
    rules.calls = Section({{.pattern = *NamePattern::parse("f"), .replacement = literal}});
    return encode(rules);
  };
  EXPECT_TRUE(decode_rules(nested(32)));
  EXPECT_FALSE(decode_rules(nested(33)));
  EXPECT_FALSE(decode_rules(nested(500)));
}

}  // namespace
}  // namespace pysb::policy
