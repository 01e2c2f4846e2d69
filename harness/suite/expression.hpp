// Expressions in a problem's known constants: the only user of muParser.
#pragma once

#include <map>
#include <string>

#include "harness/error.hpp"

namespace ravine::harness {

/// The value of "2/(mu+L)" and the like: numbers, + - * / ^, parentheses, sqrt, log, exp, min, max,
/// abs, and the given constants. Throws UserError (without a place: the caller knows it) naming the
/// unknown constant with the known ones, or the position of a syntax error. A result that is not
/// finite is refused too.
double evaluate_expression(const std::string& text, const std::map<std::string, double>& constants);

}  // namespace ravine::harness
