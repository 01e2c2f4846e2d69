#include "harness/suite/expression.hpp"

#include <muParser.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "problems/text/nearest.hpp"
#include "problems/text/number.hpp"

namespace ravine::harness {
namespace {

using Constants = std::map<std::string, double>;

constexpr std::size_t kLongest = 1000;
constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kNameCharacters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";

const std::vector<std::string>& functions() {
  static const std::vector<std::string> names{"abs", "exp", "log", "max", "min", "sqrt"};
  return names;
}

bool is_digit(char c) { return kDigits.find(c) != std::string_view::npos; }

bool is_name(std::string_view text) {
  return !text.empty() && !is_digit(text[0]) &&
         text.find_first_not_of(kNameCharacters) == std::string_view::npos;
}

[[noreturn]] void refuse(const std::string& text, const std::string& why) {
  std::string shown = text;
  // A terminal would obey control characters.
  std::replace_if(
      shown.begin(), shown.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; }, '?');
  throw UserError("the expression '" + shown + "' " + why);
}

/// muParser's own reading of numbers goes through a stream and its locale.
int read_number(const char* text, int* position, double* value) {
  if (!is_digit(text[0]) && text[0] != '.') return 0;
  const auto [end, error] = std::from_chars(text, text + std::strlen(text), *value);
  if (error != std::errc{}) return 0;
  *position += static_cast<int>(end - text);
  return 1;
}

std::vector<std::string> names_of(const Constants& constants) {
  std::vector<std::string> names;
  for (const auto& [name, value] : constants)
    if (is_name(name)) names.push_back(name);
  return names;
}

void check_name(const std::string& text, const std::string& name, bool is_call,
                const Constants& constants) {
  const std::vector<std::string> known = is_call ? functions() : names_of(constants);
  if (std::find(known.begin(), known.end(), name) != known.end()) return;
  if (known.empty())
    refuse(text, "has an unknown constant '" + name + "': none is known here; write a number");
  refuse(text, std::string("has an unknown ") + (is_call ? "function" : "constant") + " '" + name +
                   "'" + ravine::problems::suggestion(name, known));
}

/// Words and characters are checked here and only the grammar is left to muParser, which would
/// also take assignments, comparisons, strings and a vocabulary that grows with its versions.
/// Returns the constants that are used.
std::vector<std::string> check_words(const std::string& text, const Constants& constants) {
  std::vector<std::string> used;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t begin = i;
    if (is_digit(text[i]) || (text[i] == '.' && i + 1 < text.size() && is_digit(text[i + 1]))) {
      double number = 0;
      const auto [end, error] = std::from_chars(text.data() + i, text.data() + text.size(), number);
      i = static_cast<std::size_t>(end - text.data());
      if (error != std::errc{})
        refuse(text, "has a number beyond all range, '" + text.substr(begin, i - begin) + "'");
    } else if (kNameCharacters.find(text[i]) != std::string_view::npos) {
      i = std::min(text.find_first_not_of(kNameCharacters, i), text.size());
      const std::string name = text.substr(begin, i - begin);
      const std::size_t next = text.find_first_not_of(" \t", i);
      const bool is_call = next != std::string::npos && text[next] == '(';
      check_name(text, name, is_call, constants);
      if (!is_call && std::find(used.begin(), used.end(), name) == used.end()) used.push_back(name);
    } else if (std::string_view("+-*/^(), \t").find(text[i++]) == std::string_view::npos) {
      refuse(text, "cannot have character " + std::to_string(i) +
                       "; write numbers, constants, + - * / ^ ( ) and functions");
    }
  }
  return used;
}

/// "max (1, 2)" as "max( 1, 2)": muParser wants the parenthesis right after the name. The length
/// stays, and with it the positions of its complaints.
std::string with_calls_closed_up(std::string text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] != '(') continue;
    const std::size_t last = text.find_last_not_of(" \t", i - 1);
    if (last != std::string::npos && kNameCharacters.find(text[last]) != std::string_view::npos)
      std::swap(text[last + 1], text[i]);
  }
  return text;
}

double least(const double* values, int count) { return *std::min_element(values, values + count); }
double greatest(const double* values, int count) {
  return *std::max_element(values, values + count);
}

mu::Parser parser_for(const std::string& text, const std::vector<std::string>& used,
                      const Constants& constants) {
  mu::Parser parser;
  parser.ClearFun();
  parser.ClearConst();
  parser.ClearPostfixOprt();
  parser.EnableOptimizer(false);
  parser.AddValIdent(read_number);
  using Unary = double (*)(double);
  parser.DefineFun("abs", Unary([](double x) { return std::abs(x); }));
  parser.DefineFun("exp", Unary([](double x) { return std::exp(x); }));
  parser.DefineFun("log", Unary([](double x) { return std::log(x); }));
  parser.DefineFun("sqrt", Unary([](double x) { return std::sqrt(x); }));
  parser.DefineFun("min", least);
  parser.DefineFun("max", greatest);
  for (const std::string& name : used) parser.DefineConst(name, constants.at(name));
  parser.SetExpr(with_calls_closed_up(text));
  return parser;
}

/// What muParser found wrong, in words that do not change with its version.
std::string explained(const mu::ParserError& error, std::size_t size) {
  const int position = error.GetPos();
  const bool inside = position >= 0 && static_cast<std::size_t>(position) < size;
  switch (error.GetCode()) {
    case mu::ecUNEXPECTED_EOF:
      return "ends too early";
    case mu::ecMISSING_PARENS:
      return "lacks a closing parenthesis";
    case mu::ecTOO_MANY_PARAMS:
      return "gives a function too many arguments";
    case mu::ecTOO_FEW_PARAMS:
      return "gives a function too few arguments";
    default:
      return inside ? "is not well formed at character " + std::to_string(position + 1)
                    : std::string("is not well formed");
  }
}

}  // namespace

double evaluate_expression(const std::string& text, const Constants& constants) {
  if (text.size() > kLongest)
    throw UserError("the expression is longer than 1000 characters; shorten it");
  if (text.find_first_not_of(" \t") == std::string::npos)
    throw UserError("the expression is empty; write one such as 2/(mu+L)");
  const std::vector<std::string> used = check_words(text, constants);
  double result = NAN;
  try {
    mu::Parser parser = parser_for(text, used, constants);
    result = parser.Eval();
    if (parser.GetNumResults() != 1) refuse(text, "has a comma outside of a function");
  } catch (const mu::ParserError& error) {
    refuse(text, explained(error, text.size()));
  }
  if (std::isfinite(result)) return result;
  std::string values;
  for (const std::string& name : used)
    values += (values.empty() ? " with " : ", ") + name + " = " +
              ravine::problems::decimal(constants.at(name));
  refuse(text, "is not a finite number (" +
                   (std::isnan(result) ? "nan" : ravine::problems::decimal(result)) + ")" + values);
}

}  // namespace ravine::harness
