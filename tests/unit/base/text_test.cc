// Text of unknown origin: what comes out is safe for one line, and says what was there.
#include "base/text.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace pysb {
namespace {

struct Case {
  std::string_view text;
  std::string_view expected;
};

TEST(EscapeLine, LeavesOrdinaryTextAlone) {
  for (const std::string_view text :
       {"", "os.system(\"ls\")", "größer als 日本語 🐍", "back\\slash 'quotes'"}) {
    EXPECT_EQ(escape_line(text), text);
  }
}

TEST(EscapeLine, MakesWhatSteersATerminalOrALogVisible) {
  using namespace std::string_view_literals;
  const std::vector<Case> cases = {
      {"a\nb\r\tc", "a\\nb\\r\\tc"},
      {"\x1b[2Jgone", "\\x1b[2Jgone"},
      {"nul\0byte"sv, "nul\\x00byte"},
      {"\x7f", "\\x7f"},
      {"\xc2\x9b"
       "31m",
       "\\x9b31m"},                                    // C1: CSI in one byte
      {"\xe2\x80\xa8\xe2\x80\xa9", "\\u2028\\u2029"},  // line and paragraph separator
      {"x\xe2\x80\xaetxt.exe", "x\\u202etxt.exe"},     // right-to-left override
      {"\xe2\x81\xa6i\xe2\x81\xa9", "\\u2066i\\u2069"},
      {"ad\xe2\x80\x8bmin", "ad\\u200bmin"},  // zero width
      {"\xd8\x9c", "\\u061c"},                // Arabic letter mark
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(escape_line(text), expected);
  }
}

TEST(EscapeLine, ShowsBytesThatAreNotUtf8) {
  const std::vector<Case> cases = {
      {"\xff\xfe", "\\xff\\xfe"},
      {"caf\xe9", "caf\\xe9"},
      {"\xc0\xaf", "\\xc0\\xaf"},                    // overlong "/"
      {"\xed\xa0\x80", "\\xed\\xa0\\x80"},           // a surrogate
      {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},  // beyond U+10FFFF
      {"cut\xe2\x82", "cut\\xe2\\x82"},
  };
  for (const auto& [text, expected] : cases) {
    EXPECT_EQ(escape_line(text), expected);
  }
}

TEST(EscapeLine, GivesNoControlByteForAnyPairOfBytes) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string text = {static_cast<char>(first), static_cast<char>(second)};
      const std::string out = escape_line(text);
      EXPECT_TRUE(is_utf8(out));
      for (const char c : out) {
        const auto byte = static_cast<unsigned char>(c);
        EXPECT_TRUE(byte >= 0x20 && byte != 0x7F) << first << ' ' << second;
      }
    }
  }
}

TEST(EscapeLine, NeverGivesMoreThanItWasAllowed) {
  const std::string ellipsis = "…";
  for (const std::string_view unit : {"a", "é", "\x1b", "\xe2\x80\xae", "\xff"}) {
    std::string text;
    for (int i = 0; i < 40; ++i) {
      text.append(unit);
    }
    for (std::size_t allowed = 0; allowed < 30; ++allowed) {
      const std::string out = escape_line(text, allowed);
      EXPECT_LE(out.size(), allowed + ellipsis.size());
      EXPECT_TRUE(out.ends_with(ellipsis));
      EXPECT_TRUE(is_utf8(out));
    }
  }
}

TEST(EscapeLine, DoesNotMarkTextThatJustFits) { EXPECT_EQ(escape_line("abcd", 4), "abcd"); }

TEST(IsUtf8, TakesTheEdgesAndRefusesWhatLiesBeyond) {
  for (const std::string_view good :
       {"", "\x7f", "\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xed\x9f\xbf", "\xee\x80\x80",
        "\xf0\x90\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_TRUE(is_utf8(good)) << escape_line(good);
  }
  for (const std::string_view bad :
       {"\x80", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
        "\xf5\x80\x80\x80", "\xc2", "\xe2\x82", "\xf0\x9f\x90", "\xc2\x41"}) {
    EXPECT_FALSE(is_utf8(bad)) << escape_line(bad);
  }
}

TEST(Nearest, FindsWhatWasMeant) {
  constexpr std::array<std::string_view, 4> kKeys = {"imports", "calls", "attributes", "limits"};
  EXPECT_EQ(nearest("import", kKeys), "imports");
  EXPECT_EQ(nearest("atributes", kKeys), "attributes");
  EXPECT_EQ(nearest("limit", kKeys), "limits");
  EXPECT_EQ(nearest("calls", kKeys), "calls");
}

TEST(Nearest, GuessesNothingFromAWordThatIsFarFromAll) {
  constexpr std::array<std::string_view, 2> kKeys = {"imports", "attributes"};
  EXPECT_EQ(nearest("zzzzzz", kKeys), "");
  EXPECT_EQ(nearest("anything", {}), "");
}

TEST(Concat, JoinsPiecesInOrder) {
  EXPECT_EQ(concat({"a", "", "bc"}), "abc");
  EXPECT_EQ(concat({}), "");
}

}  // namespace
}  // namespace pysb
