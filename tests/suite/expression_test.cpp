#include "harness/suite/expression.hpp"

#include <gtest/gtest.h>

#include <clocale>
#include <cmath>
#include <locale>
#include <map>
#include <string>
#include <vector>

namespace ravine::harness {
namespace {

const std::map<std::string, double> kConstants{
    {"L", 100.0}, {"mu", 1.0}, {"n", 4.0}, {"lambda_max", 8.0}, {"zero", 0.0}};

double value(const std::string& text) { return evaluate_expression(text, kConstants); }

std::string complaint(const std::string& text) {
  try {
    (void)value(text);
  } catch (const UserError& error) {
    return error.what();
  }
  return "none";
}

TEST(Expression, ByHand) {
  EXPECT_EQ(value("2/(mu+L)"), 2.0 / 101.0);
  EXPECT_EQ(value("1/3"), 1.0 / 3.0);
  EXPECT_EQ(value(" 1 + 2\t* 3 "), 7.0);
  EXPECT_EQ(value("(1+2)*3"), 9.0);
  EXPECT_EQ(value("8-4-2"), 2.0);
  EXPECT_EQ(value("8/4/2"), 1.0);
  EXPECT_EQ(value("lambda_max^(1/3)"), 2.0);
  EXPECT_EQ(value("4/(sqrt(L)+sqrt(mu))^2"), 4.0 / 121.0);
  EXPECT_EQ(value("((sqrt(L)-sqrt(mu))/(sqrt(L)+sqrt(mu)))^2"), (9.0 / 11.0) * (9.0 / 11.0));
  EXPECT_EQ(value("-n"), -4.0);
  EXPECT_EQ(value("2*-3"), -6.0);
  EXPECT_EQ(value("2^-1"), 0.5);
  EXPECT_EQ(value("+3"), 3.0);
  EXPECT_EQ(value("-2^2"), -4.0);
  EXPECT_EQ(value("2^3^2"), 512.0);
}

TEST(Expression, Numbers) {
  EXPECT_EQ(value("0.1"), 0.1);
  EXPECT_EQ(value(".5"), 0.5);
  EXPECT_EQ(value("5."), 5.0);
  EXPECT_EQ(value("1e-3"), 1e-3);
  EXPECT_EQ(value("1.5E+2"), 150.0);
  EXPECT_EQ(value("0.1234567890123456789"), 0.1234567890123456789);
}

TEST(Expression, Functions) {
  EXPECT_EQ(value("sqrt(n)"), 2.0);
  EXPECT_EQ(value("exp(0)"), 1.0);
  EXPECT_EQ(value("log(1)"), 0.0);
  EXPECT_EQ(value("log(10)"), std::log(10.0));
  EXPECT_EQ(value("min(3, 1, 2)"), 1.0);
  EXPECT_EQ(value("max(3, n)"), 4.0);
  EXPECT_EQ(value("abs(mu-L)"), 99.0);
  EXPECT_EQ(value("max ( min(1,2) , sqrt(9) )"), 3.0);
}

struct Case {
  std::string text;
  std::string complaint;
};

void expect_complaints(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(complaint(c.text), c.complaint) << c.text;
}

TEST(Expression, UnknownNames) {
  expect_complaints({
      {"1/Lambda_max",
       "the expression '1/Lambda_max' has an unknown constant 'Lambda_max', did you mean "
       "'lambda_max'?"},
      {"1/sigma",
       "the expression '1/sigma' has an unknown constant 'sigma', known are: L, lambda_max, mu, n, "
       "zero"},
      {"sqr(L)", "the expression 'sqr(L)' has an unknown function 'sqr', did you mean 'sqrt'?"},
      {"rint(L)",
       "the expression 'rint(L)' has an unknown function 'rint', known are: abs, exp, log, max, "
       "min, sqrt"},
      {"L(2)",
       "the expression 'L(2)' has an unknown function 'L', known are: abs, exp, log, max, min, "
       "sqrt"},
      {"_pi",
       "the expression '_pi' has an unknown constant '_pi', known are: L, lambda_max, mu, n, "
       "zero"},
      {"inf",
       "the expression 'inf' has an unknown constant 'inf', known are: L, lambda_max, mu, n, zero"},
  });
  EXPECT_THROW((void)evaluate_expression("L", {}), UserError);
}

TEST(Expression, NotFinite) {
  expect_complaints({
      {"1/zero", "the expression '1/zero' is not a finite number (inf) with zero = 0"},
      {"zero/zero", "the expression 'zero/zero' is not a finite number (nan) with zero = 0"},
      {"log(zero*L)",
       "the expression 'log(zero*L)' is not a finite number (-inf) with zero = 0, L = 100"},
      {"sqrt(0-1)", "the expression 'sqrt(0-1)' is not a finite number (nan)"},
      {"1e999", "the expression '1e999' has a number beyond all range, '1e999'"},
  });
}

TEST(Expression, Malformed) {
  expect_complaints({
      {"", "the expression is empty; write one such as 2/(mu+L)"},
      {" \t", "the expression is empty; write one such as 2/(mu+L)"},
      {"2/", "the expression '2/' ends too early"},
      {"2/(mu+L", "the expression '2/(mu+L' lacks a closing parenthesis"},
      {"2/(mu+L))", "the expression '2/(mu+L))' is not well formed at character 9"},
      {"2 mu", "the expression '2 mu' is not well formed at character 3"},
      {"1,2", "the expression '1,2' has a comma outside of a function"},
      {"sqrt(1,2)", "the expression 'sqrt(1,2)' gives a function too many arguments"},
      {"max()", "the expression 'max()' gives a function too few arguments"},
  });
}

TEST(Expression, NothingElseOfMuParserIsWithinReach) {
  for (const char* text :
       {"mu=3", "mu<L", "mu>L",  "1?2:3", "mu&&L", "mu||L", "!mu",    "\"a\"",    "0x10",
        "L{m}", "1;2",  "mu#",   "a.b",   ".",     "1e",    "sin(1)", "sum(1,2)", "_e",
        "κ",    "1\n2", "(1,2)", "()",    "sqrt",  "1 2",   "L L",    "min(1,)"}) {
    EXPECT_THROW((void)value(text), UserError) << text;
  }
}

TEST(Expression, LongOrDeepTextsAreRefusedOrEvaluated) {
  EXPECT_EQ(value(std::string(400, '(') + "1" + std::string(400, ')')), 1.0);
  EXPECT_EQ(complaint(std::string(1001, '1')),
            "the expression is longer than 1000 characters; shorten it");
}

TEST(Expression, ControlCharactersAreNotEchoed) {
  EXPECT_EQ(complaint("1\x1b[2J").find('\x1b'), std::string::npos);
}

struct CommaForPoint : std::numpunct<char> {
  [[nodiscard]] char do_decimal_point() const override { return ','; }
  [[nodiscard]] char do_thousands_sep() const override { return '.'; }
  [[nodiscard]] std::string do_grouping() const override { return "\3"; }
};

TEST(Expression, TheLocaleChangesNothing) {
  const std::locale before = std::locale::global(std::locale(std::locale(), new CommaForPoint));
  const double result = value("0.5 + 1234.25");
  std::locale::global(before);
  EXPECT_EQ(result, 1234.75);
}

}  // namespace
}  // namespace ravine::harness
