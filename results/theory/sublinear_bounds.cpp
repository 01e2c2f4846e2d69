// O(1/k) beside O(1/k^2), above and below, on convex functions with an L-Lipschitz gradient.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "results/theory/facts.hpp"
#include "results/theory/statement.hpp"

namespace ravine::results::theory {
namespace {

using Bound = std::function<double(double k)>;

/// Where the trace comes nearest to the bound, or breaks it most; at `only_k` where that is above
/// 0.
void add(const TrialRecord& trial, Relation relation, const Bound& bound, double only_k,
         const char* source, std::vector<Statement>& statements) {
  const TracePoint* nearest = nullptr;
  double nearest_ratio = 0;
  for (const TracePoint& point : trial.trace) {
    const auto k = static_cast<double>(point.iteration);
    if (k < 1 || !point.value || (only_k > 0 && k != only_k)) continue;
    const double ratio = (*point.value - *trial.f_star) / bound(k);
    const bool nearer =
        relation == Relation::at_most ? ratio > nearest_ratio : ratio < nearest_ratio;
    if (nearest != nullptr && !nearer) continue;
    nearest = &point;
    nearest_ratio = ratio;
  }
  if (nearest == nullptr) return;
  statements.push_back({fmt::format("f - f* after {} iterations", nearest->iteration), relation,
                        bound(static_cast<double>(nearest->iteration)),
                        *nearest->value - *trial.f_star, source});
}

bool stays_in_the_span_of_gradients(const std::string& optimizer) {
  constexpr std::array kMethods = {"gradient_descent", "heavy_ball", "nesterov", "linear_cg"};
  return std::any_of(kMethods.begin(), kMethods.end(),
                     [&](const char* m) { return m == optimizer; });
}

}  // namespace

void sublinear_bounds(const TrialRecord& trial, std::vector<Statement>& statements) {
  if (trial.shape.empty() || !trial.f_star || !is_plain_and_full(trial)) return;
  const auto L = constant(trial, "L"), R = constant(trial, "R");
  if (!L || !R) return;
  constexpr double kAnyK = 0;
  const auto alpha = setting(trial, "learning_rate");
  const double squared = *R * *R;
  if (alpha && *alpha <= (1 + 1e-12) / *L) {
    if (trial.optimizer == "gradient_descent")
      add(
          trial, Relation::at_most, [&](double k) { return squared / (2 * *alpha * k); }, kAnyK,
          "f - f* of gradient descent with alpha <= 1/L: at most R^2 / (2 alpha k), R = |x0 - x*| "
          "(Beck and "
          "Teboulle 2009, theorem 3.1), at the k that comes nearest",
          statements);
    if (trial.optimizer == "nesterov" && choice(trial, "form") == "t_over_t_plus_3" &&
        choice(trial, "restart") == "none")
      add(
          trial, Relation::at_most,
          [&](double k) { return 2 * squared / (*alpha * (k + 1) * (k + 1)); }, kAnyK,
          "f - f* of Nesterov's method with alpha <= 1/L: at most 2 R^2 / (alpha (k + 1)^2) "
          "(Nesterov "
          "1983), at the k that comes nearest",
          statements);
  }
  if (trial.problem == "nesterov_worst" && choice_of_problem(trial, "kind") == "smooth" &&
      trial.instance == 0 && stays_in_the_span_of_gradients(trial.optimizer))
    add(
        trial, Relation::at_least,
        [&](double k) { return 3 * *L * squared / (32 * (k + 1) * (k + 1)); },
        (static_cast<double>(trial.n) - 1) / 2,
        "f - f* of whatever combines gradients: at least 3 L R^2 / (32 (k + 1)^2) on this function "
        "at "
        "k = (n - 1) / 2 (Nesterov 2004, theorem 2.1.7)",
        statements);
}

}  // namespace ravine::results::theory
