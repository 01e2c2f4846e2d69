#include "results/theory/statement.hpp"

namespace ravine::results::theory {

std::vector<Statement> statements_of(const TrialRecord& trial) {
  std::vector<Statement> statements;
  for (const Theorem theorem : {linear_rate, component_rates, sublinear_bounds, finite_steps,
                                gradient_error, stationary_value})
    theorem(trial, statements);
  return statements;
}

}  // namespace ravine::results::theory
