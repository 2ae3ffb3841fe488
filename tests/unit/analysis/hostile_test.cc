// Programs made to break the analysis: each must end, refused or analysed, never crash or hang.
#include <gtest/gtest.h>

#include "base/text.h"
#include "python.h"

namespace pysb::analysis::test {
namespace {

constexpr std::string_view kPolicy = "version: 1\ncalls: {deny: [os.system]}\n";

std::string repeated(std::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) {
    text += piece;
  }
  return text;
}

Analysis analysed(std::string_view source) {
  const policy::RuleSet rules = rules_from(kPolicy);
  return analyse(source, rules);
}

TEST(Hostile, TooDeepIsRefused) {
  const Analysis result = analysed("x = a" + repeated(".a", 5000) + "\n");
  EXPECT_EQ(result.state, Analysis::State::kRefused);
  EXPECT_NE(result.refusal.find("too deeply"), std::string::npos);
}

TEST(Hostile, DeepButWithinBoundsIsAnalysed) {
  EXPECT_EQ(analysed("x = a" + repeated(".a", 2500) + "\n").state, Analysis::State::kOk);
  EXPECT_EQ(analysed("x = 'a'" + repeated(" + 'a'", 2500) + "\n").state, Analysis::State::kOk);
  EXPECT_EQ(analysed("x = a" + repeated("(1)", 2500) + "\n").state, Analysis::State::kOk);
  EXPECT_EQ(analysed("x = a" + repeated(".b(c)", 1200) + "\n").state, Analysis::State::kOk);
  EXPECT_EQ(analysed("if 1: pass\n" + repeated("elif 2: pass\n", 2500)).state,
            Analysis::State::kOk);
}

TEST(Hostile, HugeConstantsAreNotWorkedOut) {
  const Analysis result = analysed(
      "import os\nx = 'a' * 10**18\ny = ['a'] * 10**9\nz = '%' * 99999999999\n"
      "getattr(os, 'x' * 1000000000)\n1 << 10**10\n" +
      std::string(4000, '9') +
      "\n"
      "'{:>99999999999}'.format(1)\n'a'[::10**30]\nchr(10**30)\n'a'[-10**18::-9223372036854775808]"
      "\n");
  EXPECT_EQ(result.state, Analysis::State::kOk) << result.refusal;
}

TEST(Hostile, TextThatDoublesIsBounded) {
  std::string source = "import os\nx = 'sys'\n";
  for (int i = 0; i < 200; ++i) {
    source += "x = x + x\ny = f'{x}{x}'\nx = y.replace('s', 'ss')\n";
  }
  EXPECT_EQ(analysed(source + "getattr(os, x)\n").state, Analysis::State::kOk);
}

TEST(Hostile, ChainsOfAliasesEnd) {
  std::string source = "import os\na0 = os\n";
  for (int i = 0; i < 3000; ++i) {
    source += "a" + std::to_string(i + 1) + " = a" + std::to_string(i) + "\n";
  }
  source += "a3000.system('id')\n";
  EXPECT_EQ(lines_of(analysed(source)), std::vector<std::string>{"3003 call.denied os.system"});
}

TEST(Hostile, AliasesInTheWrongOrderEnd) {
  std::string source = "import os\n";
  for (int i = 500; i > 0; --i) {
    const std::string to = "a" + std::to_string(i);
    const std::string from = "a" + std::to_string(i - 1);
    source += concat({"def f", to, "():\n    global ", to, "\n    ", to, " = ", from, "\n"});
  }
  source += "a0 = os\na500.system('id')\n";
  EXPECT_EQ(analysed(source).findings.size(), 1U);
}

TEST(Hostile, GrowingValuesEnd) {
  EXPECT_EQ(analysed("import os\nx = os\nwhile x:\n    x = x.a\n    x = x.b\n    x = x.c(x.d)\n"
                     "    x = [x]\n    x = {'k': x}\n    x = (x, x, x)\n    x = lambda: x\n")
                .state,
            Analysis::State::kOk);
  EXPECT_EQ(analysed("from functools import partial as p\nf = p\nfor i in 1, 2:\n    f = p(f, f)\n"
                     "    g = p(f, g)\n    f = f(g)\n")
                .state,
            Analysis::State::kOk);
}

TEST(Hostile, ManyValuesInOneNameKeepTheModule) {
  std::string source = "import os\nx = os\n";
  for (int i = 0; i < 500; ++i) {
    const std::string n = std::to_string(i);
    source += concat({"import m", n, "\nx = m", n, ".a.b.c\nx = 'text", n, "'\nx = [", n, "]\n"});
  }
  const Analysis result = analysed(source + "x.system('id')\n");
  EXPECT_EQ(result.findings.size(), 1U);
}

TEST(Hostile, FunctionsThatCallEachOtherEnd) {
  std::string source = "import os\n";
  for (int i = 0; i < 300; ++i) {
    source += concat({"def f", std::to_string(i), "(m, n='x'):\n    return f",
                      std::to_string((i + 1) % 300), "(m, n + 'y') or m\n"});
  }
  source += "f0(os).system('id')\n";
  EXPECT_EQ(analysed(source).findings.size(), 1U);
}

TEST(Hostile, ManyModulesTimesManyAttributesAreRefused) {
  std::string source;
  for (int i = 0; i < 3000; ++i) {
    const std::string n = std::to_string(i);
    source += concat({"import m", n, " as x\nx.a", n, "\n"});
  }
  EXPECT_EQ(analysed(source).state, Analysis::State::kRefused);
}

TEST(Hostile, LongTextsAgainAndAgainAreRefused) {
  EXPECT_EQ(analysed("x = 'a' * 60000\n" + repeated("y = x + 'b'\n", 5000)).state,
            Analysis::State::kRefused);
}

TEST(Hostile, ManyFindingsInOneLine) {
  const Analysis result = analysed("import os\n" + repeated("os.system;", 20000) + "\n");
  ASSERT_EQ(result.findings.size(), 20000U);
  EXPECT_EQ(result.findings.back().column, 199991U);
  EXPECT_LT(result.findings.back().source.size(), 2000U);
}

TEST(Hostile, ManyRemovedImports) {
  const policy::RuleSet rules = rules_from("version: 1\nimports: {deny: [ctypes]}\n");
  const Analysis result = analyse(repeated("import ctypes, os\n", 20000) + "import " +
                                      repeated("ctypes, ", 20000) + "os\nfrom ctypes import *\n" +
                                      repeated("try:\n  import ctypes\nexcept A: pass\n", 2000),
                                  rules);
  EXPECT_EQ(result.findings.size(), 42001U);
  EXPECT_EQ(compiles(result.tree), "");
}

TEST(Hostile, WideTargetsAndDeepScopes) {
  EXPECT_EQ(analysed(repeated("a, ", 50000) + "= x\n").state, Analysis::State::kOk);
  const Analysis result = analysed("open = 1\nx = " + repeated("lambda: ", 900) + "(" +
                                   repeated("open, ", 20000) + ")\n");
  EXPECT_EQ(result.state, Analysis::State::kRefused);
}

TEST(Hostile, ManyAlternatives) {
  const Analysis result = analysed(
      "import os\nmatch 1:\n    case " + repeated("os.system | ", 3000) + "1: pass\n" +
      "    case os.system | 2: pass\n    case os.system | os.system: pass\n"
      "    case 1 | os.system | 2: pass\n    case [os.system | 3, {1: os.system}]: pass\n");
  EXPECT_EQ(result.findings.size(), 3006U);
  EXPECT_EQ(compiles(result.tree), "");
}

TEST(Hostile, NestedComprehensionsEnd) {
  std::string inner = "x";
  for (int i = 0; i < 15; ++i) {
    inner.insert(0, "[").append(" for x in (1, 2, 3, 4, 5, 6, 7, 8)]");
  }
  EXPECT_EQ(analysed("y = " + inner + "\n").state, Analysis::State::kOk);
}

TEST(Hostile, OddTextIsHandled) {
  EXPECT_EQ(analysed("x = '\\ud800'\ngetattr(x, '\\ud800')\nx = b'\\xff'.decode()\n").state,
            Analysis::State::kOk);
  EXPECT_EQ(analysed("global x\nx = 1\n").state, Analysis::State::kOk);
  EXPECT_EQ(analysed("nonlocal x\n").state, Analysis::State::kOk);
  EXPECT_EQ(analysed("").state, Analysis::State::kOk);
  EXPECT_EQ(analysed("''.format(1, *x, **y)\n'{'.format()\n'{0'.format(1)\n'%'%1\n").state,
            Analysis::State::kOk);
}

}  // namespace
}  // namespace pysb::analysis::test
