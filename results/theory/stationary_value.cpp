// Where stochastic gradient descent with a constant rate comes to rest on a sum of shifted
// quadratics: E f - f* = sum over the spectrum of alpha v_i / (2 M (2 - alpha lambda_i)), with the
// noise v_i of a sample's gradient in the i-th eigendirection and independent batches of M. Its
// total is the problem's constant `noise`, which gives a bound from either side, for alpha lambda =
// 0 and for alpha L; predicted is their mean, 1.3 % from each at alpha = 0.1 / L.
#include "results/theory/facts.hpp"
#include "results/theory/statement.hpp"

namespace ravine::results::theory {
namespace {

/// Mean of f - f* over the judged points of the last half of the iterations.
std::optional<double> mean_of_last_half(const TrialRecord& trial) {
  if (trial.trace.empty() || !trial.f_star) return {};
  double sum = 0, count = 0;
  for (const TracePoint& point : trial.trace) {
    if (point.iteration < trial.trace.back().iteration / 2 || !point.value) continue;
    sum += *point.value - *trial.f_star;
    count += 1;
  }
  if (count < 10) return {};
  return sum / count;
}

}  // namespace

void stationary_value(const TrialRecord& trial, std::vector<Statement>& statements) {
  const bool independent = trial.batch_order == "replacement" || trial.batch_order == "fresh";
  if (trial.problem != "shifted_quadratics" || trial.optimizer != "gradient_descent") return;
  // One that met its targets was stopped on its way.
  if (!independent || !is_plain(trial) || trial.status != Status::budget) return;
  const auto alpha = setting(trial, "learning_rate"), noise = constant(trial, "noise");
  const auto L = constant(trial, "L");
  if (!alpha || !noise || !L || *alpha * *L >= 2) return;
  const double half = *alpha * *noise / (2 * static_cast<double>(trial.batch_size));
  const auto measured = mean_of_last_half(trial);
  const char* const source =
      "f - f* at rest, batches of M: sum over the spectrum of alpha v / (2 M (2 - alpha lambda)), "
      "v the "
      "noise of a sample's gradient there; mean over the last half of the iterations";
  const double predicted = 0.5 * (half / 2 + half / (2 - *alpha * *L));
  statements.push_back({"f - f* at rest", Relation::equals, predicted, measured, source});
}

}  // namespace ravine::results::theory
