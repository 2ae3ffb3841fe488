// What neutralised programs do. The denied things are harmless ones (math.sqrt, decimal), so the
// programs may run here.
#include <gtest/gtest.h>

#include "python.h"

namespace pysb::analysis::test {
namespace {

constexpr std::string_view kPolicy = R"(
version: 1
imports: {deny: [decimal]}
calls: {deny: [math.sqrt, {name: math.floor, action: replace, with: 7},
               {name: math.ceil, action: raise}, {name: math.exp, action: alert}]}
attributes: {deny: [secret, {name: token, action: replace, with: 3}, {name: key, action: raise}]}
)";

std::string printed(std::string_view program) {
  const policy::RuleSet rules = rules_from(kPolicy);
  const Analysis result = analyse(program, rules);
  EXPECT_EQ(result.state, Analysis::State::kOk) << result.refusal;
  EXPECT_EQ(compiles(result.tree), "") << program;
  EXPECT_TRUE(placeholders_are_callees(result.tree));
  return run(result);
}

struct Case {
  const char* what;
  const char* program;
  const char* prints;
};

const Case kCases[] = {
    {"ArgumentsAreEvaluatedInOrder",
     "import math\ndef s(x):\n    print(x)\n    return x\n"
     "math.sqrt(s(1), *[s(2)], k=s(3), **{'z': s(4)})\n",
     "1\n2\n3\n4\n"},
    {"TheReceiverIsEvaluatedFirst",
     "def m():\n    print('m')\n    import math\n    return math\n"
     "print(m().sqrt(print('a')))\n",
     "m\na\n<removed>\n"},
    {"ReplacementIsTheResultOfTheCall", "import math\nprint(math.floor(2.5))\n", "7\n"},
    {"ReplacementOfAValueIsCallable",
     "import math\nf = math.floor\nprint(f(1), list(map(math.floor, [1, 2])))\n", "7 [7, 7]\n"},
    {"ReplacementByGetattrIsCallable", "import math\nprint(getattr(math, 'floor')(1))\n", "7\n"},
    {"RaiseIsRaisedAtItsPlace",
     "import math\ntry:\n    math.ceil(1)\nexcept PermissionError as e:\n    print('caught', e)\n",
     "caught math.ceil\n"},
    {"AlertRuns", "import math\nprint(math.exp(0))\n", "1.0\n"},
    {"NotOfTheUnknownIsUnknown",
     "import math\nprint(not math.sqrt(4), not not math.sqrt(4))\n"
     "while not math.sqrt(4):\n    print('never')\n",
     "<removed> <removed>\n"},
    {"MembershipAndIdentity",
     "import math\nx = math.sqrt(4)\nprint(1 in x, 1 not in x, x is None, x is not None, x is x)\n",
     "<removed> <removed> <removed> <removed> True\n"},
    {"UnpackingGivesInertValues",
     "import math\na, b = math.sqrt(4)\nc, *d, e = math.sqrt(4)\nprint(a, b, c, d, e)\n",
     "<removed> <removed> <removed> [] <removed>\n"},
    {"AugmentedAssignmentKeepsTheOldValue",
     "import math\nn = 1\nn += math.sqrt(4)\ns = 'a'\ns += math.sqrt(4)\nl = [1]\n"
     "l += math.sqrt(4)\nprint(n, s, l)\n",
     "1 a [1]\n"},
    {"AssertionOfTheUnknownHolds",
     "import math\nassert math.sqrt(4)\nassert not math.sqrt(4)\nprint('on')\nassert 0, 'no'\n",
     "on\nAssertionError: no\n"},
    {"DecoratorIsTakenOff",
     "import decimal\n@decimal.mark(print('evaluated'))\n@decimal.plain\ndef f():\n    return 5\n"
     "print(f())\n",
     "evaluated\n5\n"},
    {"ClassKeywordDropsOut",
     "import decimal\nclass C(decimal.Base, metaclass=decimal.Meta):\n    x = 1\nprint(C.x)\n",
     "1\n"},
    {"RaiseStillRaises",
     "import decimal\ntry:\n    raise decimal.Oops('x')\nexcept RuntimeError as e:\n    print(e)\n",
     "removed by policy\n"},
    {"ExceptClauseOfTheUnknownCatchesNothing",
     "import decimal\nKINDS = (decimal.A, KeyError)\ntry:\n    {}['x']\nexcept decimal.A:\n"
     "    print('A')\nexcept KINDS:\n    print('kinds')\n",
     "kinds\n"},
    {"StarImportBindsWhatNothingElseBinds",
     "from decimal import *\nprint(Decimal('1'), len([1]))\n", "<removed> 1\n"},
    {"GuardedImportTakesItsFallback",
     "try:\n    import json, decimal\nexcept ImportError:\n    decimal = "
     "'own'\nprint(json.dumps(1), decimal)\n",
     "1 own\n"},
    {"SuppressedImportIsSkipped",
     "import contextlib\nd = 1\nwith contextlib.suppress(ImportError):\n    import decimal\n    d "
     "= 2\n"
     "print(d)\n",
     "1\n"},
    {"ImportInAFunctionStaysLocal",
     "decimal = 'outer'\ndef f():\n    import decimal\n    return decimal.x\nprint(f(), decimal)\n",
     "<removed> outer\n"},
    {"AttributeStoreAndDeleteDoNothing",
     "class O:\n    pass\no = O()\no.secret = print('value')\no.open = 1\ndel o.secret\n"
     "print(vars(o))\n",
     "value\n{'open': 1}\n"},
    {"AttributeReplacementIsTheValue", "class O: pass\nprint(O().token + 1)\n", "4\n"},
    {"AttributeRaises",
     "class O: pass\ntry:\n    O().key\nexcept PermissionError:\n    print('no')\n", "no\n"},
    {"PatternOfTheUnknownNeverMatches",
     "import decimal, math\nmatch 4:\n    case decimal.Decimal():\n        print('D')\n"
     "    case math.sqrt | 4:\n        print('four')\n",
     "four\n"},
    {"OnlyPatternOfAMatch",
     "import math\nmatch 4:\n    case object(secret=s):\n        print('s')\nprint('end')\n",
     "end\n"},
    {"WalrusAndYieldInArgumentsStay",
     "import math\ndef g():\n    math.sqrt((yield 1))\n    math.sqrt(y := 2)\n    yield y\n"
     "print(list(g()))\n",
     "[1, 2]\n"},
    {"ClassBodyAndLambda",
     "import math\nclass C:\n    f = math.sqrt\n    g = lambda self: math.sqrt(2)\n"
     "print(C.f, C().g())\n",
     "<removed> <removed>\n"},
    {"DynamicCodeByOtherWaysIsGuarded",
     "import builtins\nprint(builtins.eval('1'))\nfrom builtins import eval as e\nprint(e('2'))\n"
     "print(getattr(builtins, 'eval')('3'), eval('4'))\n",
     "guarded('1',)\nguarded('2',)\nguarded('3',) 4\n"},
    {"BranchesOfOneAssignment",
     "import math\nfor flag in (0, 1):\n    v = math.sqrt(4) if flag else 3\n    if not v:\n"
     "        print('unknown is false')\n    print(v)\n",
     "3\n<removed>\n"},
};

class Semantics : public testing::TestWithParam<Case> {};

TEST_P(Semantics, Prints) { EXPECT_EQ(printed(GetParam().program), GetParam().prints); }

INSTANTIATE_TEST_SUITE_P(Programs, Semantics, testing::ValuesIn(kCases),
                         [](const auto& instance) { return std::string(instance.param.what); });

}  // namespace
}  // namespace pysb::analysis::test
