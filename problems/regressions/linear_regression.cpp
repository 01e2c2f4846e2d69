// Least squares, f(w) = 1/(2N) sum (x_i'w - y_i)^2 + l2/2 |w|^2, X dense or sparse.
//
// H = X'X / N + l2 I does not depend on w: mu, L and kappa are the ends of its spectrum. Without l2
// and with fewer samples than features the minimizers are a subspace, and none is stated.
// With fresh samples the risk is 1/2 (w - b)'C(w - b) + noise^2 / 2, C the covariance, of condition
// `condition`. On N recycled ones ordinary least squares has, over draws of the data, an excess
// risk of noise^2 / 2 * n / (N - n - 1).
#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/regressions/linear_model.hpp"

namespace ravine::problems {
namespace {

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance,
                              DataSets& data) {
  const Family family = linear_regression_family();
  return make_linear_model(family, parameters, instance, Loss::squared,
                           training_data(family, parameters, instance, data, LabelRule::real));
}

}  // namespace

Family linear_regression_family() {
  Family family;
  family.id = "linear_regression";
  family.summary =
      "least squares on generated data or a file; half the mean squared residual, and a ridge";
  family.citation =
      "Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2nd edition, 2009, "
      "sections 3.2 and 3.4; Hoerl and Kennard, Ridge regression, Technometrics 12, 1970, 55-67";
  family.stochastic = true;
  family.seeded = true;
  family.parameters = regression_parameters(
      "0.1", 1e6, "standard deviation of the labels' noise; their signal's is about 1", "0");
  family.make = make;
  return family;
}

}  // namespace ravine::problems
