// What theory says of a trial, and what the trial shows (protocol.md, "Theory beside measurement").
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "results/record.hpp"

namespace ravine::results::theory {

enum class Relation : std::int32_t { equals, at_most, at_least };

struct Statement {
  std::string quantity;  ///< "rate", "iterations to 1e-8", "f - f* after 37 iterations"
  Relation relation = Relation::equals;
  double predicted = 0;
  std::optional<double> measured;  ///< empty where the trial does not show it
  std::string source;  ///< in words: "rate of heavy ball: larger root of ... (Polyak 1964)"
};

/// A theorem adds its statements about a trial where its assumptions hold; it reads nothing but the
/// record.
using Theorem = void (*)(const TrialRecord& trial, std::vector<Statement>& statements);

void linear_rate(const TrialRecord& trial, std::vector<Statement>& statements);
void component_rates(const TrialRecord& trial, std::vector<Statement>& statements);
void sublinear_bounds(const TrialRecord& trial, std::vector<Statement>& statements);
void finite_steps(const TrialRecord& trial, std::vector<Statement>& statements);
void gradient_error(const TrialRecord& trial, std::vector<Statement>& statements);
void stationary_value(const TrialRecord& trial, std::vector<Statement>& statements);

/// Of all theorems, in the order above.
std::vector<Statement> statements_of(const TrialRecord& trial);

}  // namespace ravine::results::theory
