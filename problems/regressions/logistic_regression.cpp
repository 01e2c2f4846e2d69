// Two classes, f(w) = 1/N sum log(1 + exp(-y_i x_i'w)) + l2/2 |w|^2, y = -1 or 1.
//
// L = lambda_max(X'X) / (4N) + l2 and mu = l2 hold everywhere. Traps: without l2 and on classes
// that a plane separates (noise = 0) f tends to 0 only as |w| goes to infinity, like log t along
// gradient descent, which turns to the largest margin (Soudry et al., JMLR 19, 2018).
//
// With fresh samples the risk is computed exactly (margin_risk.hpp), f* and x* too: without l2 x*
// is a multiple of the weights behind the labels. Of labels that are all true or all random
// (noise = 0 without l2, 0.5) no minimum is stated.
#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/regressions/linear_model.hpp"

namespace ravine::problems {
namespace {

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance,
                              DataSets& data) {
  const Family family = logistic_regression_family();
  return make_linear_model(family, parameters, instance, Loss::logistic,
                           training_data(family, parameters, instance, data, LabelRule::sign));
}

}  // namespace

Family logistic_regression_family() {
  Family family;
  family.id = "logistic_regression";
  family.summary = "logistic regression of two classes on generated data or a file";
  family.citation =
      "Cox, The regression analysis of binary sequences, Journal of the Royal Statistical Society "
      "B 20, 1958, 215-242";
  family.revision = 2;  // 1 had the mean over 100,000 samples for the risk
  family.stochastic = true;
  family.seeded = true;
  family.parameters =
      regression_parameters("0.1", 0.5, "share of the labels that are turned", "0.001");
  family.make = make;
  return family;
}

}  // namespace ravine::problems
