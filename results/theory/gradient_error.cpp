// The error of a batch's gradient: sigma / sqrt(M), less where samples are not drawn again.
#include <cmath>

#include "results/theory/facts.hpp"
#include "results/theory/statement.hpp"

namespace ravine::results::theory {

void gradient_error(const TrialRecord& trial, std::vector<Statement>& statements) {
  if (!trial.gradient_noise || !trial.gradient_error || trial.batch_size == 0) return;
  const auto M = static_cast<double>(trial.batch_size);
  double predicted = *trial.gradient_noise / std::sqrt(M);
  const bool without_replacement =
      trial.batch_order == "shuffled" || trial.batch_order == "sequential";
  const double N = constant(trial, "N").value_or(0);
  if (without_replacement && N > 1) predicted *= std::sqrt((N - M) / (N - 1));
  statements.push_back({"gradient error", Relation::equals, predicted, trial.gradient_error,
                        "gradient error at x0, root mean square of |g_B - g|: sigma / sqrt(M), "
                        "times sqrt((N - M) / (N - 1)) for slices of a permutation"});
}

}  // namespace ravine::results::theory
