// Methods that are done on a quadratic after so many steps.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "results/theory/facts.hpp"
#include "results/theory/statement.hpp"

namespace ravine::results::theory {

void finite_steps(const TrialRecord& trial, std::vector<Statement>& statements) {
  if (trial.shape != "quadratic" || trial.batch_size != 0) return;
  const auto kappa = constant(trial, "kappa");
  if (!kappa) return;
  const double root = std::sqrt(*kappa);
  const double q = (root - 1) / (root + 1);
  const double different = constant(trial, "distinct").value_or(static_cast<double>(trial.n));
  for (const Target& target : trial.targets) {
    if (target.kind != TargetKind::relative || target.below_floor) continue;
    const std::string quantity = fmt::format("iterations to {:g}", target.level);
    const auto measured = measured_iterations(trial, target);
    if (trial.optimizer == "newton" && setting(trial, "damping").value_or(0) == 0)
      statements.push_back({quantity, Relation::equals, 1, measured,
                            "iterations of Newton's method: x - H^-1 g is x*"});
    if (trial.optimizer != "linear_cg") continue;
    const double chebyshev =
        q > 0 ? std::max(1.0, std::ceil(std::log(target.level / 4) / (2 * std::log(q)))) : 1;
    if (chebyshev < different)
      statements.push_back({quantity, Relation::at_most, chebyshev, measured,
                            "iterations of conjugate gradients: f - f* <= 4 ((sqrt(kappa) - 1) / "
                            "(sqrt(kappa) + 1))^(2k) "
                            "(f(x0) - f*)"});
    else
      statements.push_back({quantity, Relation::at_most, different, measured,
                            "iterations of conjugate gradients: no more than there are different "
                            "eigenvalues (Hestenes and "
                            "Stiefel 1952)"});
  }
}

}  // namespace ravine::results::theory
