// Two classes by a plane, f(w) = 1/N sum phi(y_i x_i'w) + l2/2 |w|^2, y = -1 or 1:
//   perceptron     phi(m) = max(0, -m)
//   hinge          phi(m) = max(0, 1 - m), with l2 the support vector machine
//   squared_hinge  phi(m) = 1/2 max(0, 1 - m)^2
//
// At the kinks, m = 0 and m = 1, the derivative is 0, of all subgradients; second derivatives are
// those between the kinks, so that the Hessian of the first two is l2 I.
//
// With fresh samples the risk is computed exactly, and is smooth but at w = 0 (margin_risk.hpp); f*
// and x* of the hinges are known then, but for labels that are all true (noise = 0) without l2 or
// all random (noise = 0.5). On recycled samples the hinge's are not: its slope jumps.
//
// Trap of the perceptron criterion: its minimum is 0 at w = 0 whatever the data, and it is
// positively homogeneous, so that methods that minimize shrink w and need not separate. The
// perceptron itself is gradient descent with rate 1 on batches of 1. It starts at standard normal
// numbers over sqrt(n), the others at 0.
#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/regressions/linear_model.hpp"

namespace ravine::problems {
namespace {

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance,
                              DataSets& data) {
  const Family family = perceptron_criterion_family();
  const std::string& criterion = parameters.at("criterion").text;
  const Loss loss = criterion == "hinge"           ? Loss::hinge
                    : criterion == "squared_hinge" ? Loss::squared_hinge
                                                   : Loss::perceptron;
  return make_linear_model(family, parameters, instance, loss,
                           training_data(family, parameters, instance, data, LabelRule::sign));
}

}  // namespace

Family perceptron_criterion_family() {
  Family family;
  family.id = "perceptron_criterion";
  family.summary = "the perceptron's and the support vector machine's losses of two classes";
  family.citation =
      "Rosenblatt, The perceptron, Psychological Review 65, 1958, 386-408; Duda and Hart, Pattern "
      "Classification and Scene Analysis, 1973, section 5.5; Cortes and Vapnik, Support-vector "
      "networks, Machine Learning 20, 1995, 273-297";
  family.revision = 2;  // 1 had the mean over 100,000 samples for the risk
  family.stochastic = true;
  family.seeded = true;
  family.parameters = regression_parameters("0.1", 0.5, "share of the labels that are turned", "0");
  family.parameters.push_back({"criterion",
                               ParameterType::choice,
                               "perceptron",
                               0,
                               0,
                               {"perceptron", "hinge", "squared_hinge"},
                               "the loss"});
  family.make = make;
  return family;
}

}  // namespace ravine::problems
