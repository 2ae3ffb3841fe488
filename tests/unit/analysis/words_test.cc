// Which texts the analysis need not see. That it sees all that it has something to say about is
// asserted for every program of these tests, where they analyse (python.cc).
#include "analysis/words.h"

#include <gtest/gtest.h>

#include "analysis/names/qualified_names.h"
#include "base/text.h"
#include "python.h"

namespace pysb::analysis::test {
namespace {

bool occur(std::string_view yaml, std::string_view text) {
  return Words(rules_from(yaml)).occur_in(text);
}

constexpr std::string_view kPolicy = R"(version: 1
calls: {deny: [{name: ["os.system", "os.exec*", "ssl.**", "a.*.b*.*"]}]}
attributes: {deny: [{name: ["__globals__"]}]}
)";

class Harmless : public ::testing::TestWithParam<const char*> {};
TEST_P(Harmless, IsNotReadUnderThePresets) {
  for (const std::string_view preset : {"default", "data-science"}) {
    EXPECT_FALSE(Words(rules_of_preset(preset)).occur_in(GetParam())) << preset;
  }
}
INSTANTIATE_TEST_SUITE_P(
    Programs, Harmless,
    ::testing::Values("print('Hello World')", "",
                      "def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\n",
                      "import sys, json\nprint(json.dumps([int(x) for x in sys.stdin]))\n",
                      "class A:\n    def __init__(self):\n        self.x = 1\n"));

TEST(Words, AreTheLastPartsOfPatterns) {
  EXPECT_TRUE(occur(kPolicy, "system"));
  EXPECT_TRUE(occur(kPolicy, "from os import *\nsystem('id')"));
  EXPECT_TRUE(occur(kPolicy, "x.execv"));
  EXPECT_TRUE(occur(kPolicy, "import ssl"));
  EXPECT_TRUE(occur(kPolicy, "bcd"));
  EXPECT_TRUE(occur(kPolicy, "f.__globals__"));
  EXPECT_FALSE(occur(kPolicy, "os, a, systematic, x_system, sys.tem"));
}

// Each way to a name of the library, with the rules that may be meant against it.
TEST(Words, OfOtherNamesForTheSameThingCount) {
  for (const names::Reexport& row : names::reexports()) {
    const std::string name(row.name);
    const std::string target(row.target);
    const std::string module = name.substr(0, std::min(name.rfind('.'), name.size()));
    const std::string home = target.substr(0, std::min(target.rfind('.'), target.size()));
    const std::string text = concat({"import ", module, "\nprint(", name, ")\n"});
    if (home == "builtins" || (home == target && name.ends_with("." + target))) {
      continue;  // policies call a built-in function by its own name; one module within another
    }
    for (const std::string& denied : {home, concat({home, ".**"}), target}) {
      for (const char* section : {"imports", "calls"}) {
        // analyse() expects that a word occurs when anything is found.
        analyse(text,
                rules_from(concat({"version: 1\n", section, ": {deny: [\"", denied, "\"]}\n"})));
      }
    }
  }
}

TEST(Words, AreFoundInStringsAndComments) {
  EXPECT_TRUE(occur(kPolicy, "print('system')"));
  EXPECT_TRUE(occur(kPolicy, "# system"));
}

TEST(Words, OfWaysFromTextToNamesCount) {
  for (const char* text : {"getattr", "__import__", "import_module", "vars", "globals", "locals",
                           "x.__dict__", "sys.modules", "attrgetter", "methodcaller", "'{}'.format",
                           "eval", "exec", "compile", "setattr", "import ast", "open"}) {
    EXPECT_TRUE(occur("version: 1\n", text)) << text;
  }
}

TEST(Words, MayBeHiddenByWhatPythonDoesToNames) {
  EXPECT_TRUE(occur(kPolicy, "ｓystem"));                   // NFKC
  EXPECT_TRUE(occur(kPolicy, "class os:\n  x.__private"));  // mangled
}

TEST(Words, AreEverythingWhereAPolicyDeniesWhatItDoesNotName) {
  EXPECT_TRUE(occur("version: 1\ncalls: {deny: [{name: \"*\"}]}\n", "print(1)"));
  EXPECT_TRUE(occur("version: 1\nnames: {allow: [print]}\n", "print(1)"));
}

TEST(Words, OfModulesThatAPolicyDoesNotNameAreTheirImports) {
  const Words strict(rules_of_preset("strict"));
  EXPECT_TRUE(strict.occur_in("from math import pi"));
  EXPECT_TRUE(strict.occur_in("print(print.__self__)"));
  EXPECT_FALSE(strict.occur_in("print(1)"));
}

}  // namespace
}  // namespace pysb::analysis::test
