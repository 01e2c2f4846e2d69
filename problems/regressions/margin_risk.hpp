// The risk of a plane through 0 on samples whose labels are those of another plane, in closed form.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "problems/regressions/generated.hpp"
#include "problems/regressions/loss.hpp"
#include "problems/regressions/minimum.hpp"

namespace ravine::problems {

/// R = E phi(y z) and its derivatives in v = E z^2 and c = E z s, where z = x'w, y = sign s with
/// s = x'b, turned with probability p, and (z, s) is normal.
struct MarginRisk {
  double value = 0, v = 0, c = 0, vv = 0, vc = 0, cc = 0;
};

/// `along` = c / beta, beta^2 = E s^2, is the part of z that s explains, `across` >= 0 the standard
/// deviation of the rest: v = along^2 + across^2. Any loss but the squared one; relative error some
/// roundings of the loss of a sample, 1 + sqrt v. Where across and along are 0 derivatives are the
/// limits, but those of the perceptron's, which has none: 0.
///
/// phi is the sum of an even and an odd function, phi_e + phi_o. With theta = 1 - 2p
///   R = E phi_e(z) + theta E sign(s) phi_o(z),
///   dR/dv = 1/2 E phi_e''(z) + theta/2 E sign(s) phi_o''(z),
///   dR/dc = theta sqrt(2 / pi) / beta E phi_o'(z) given s = 0
/// (Price, A useful theorem for nonlinear devices having Gaussian inputs, IRE Transactions on
/// Information Theory 4, 1958, 69-72). phi_o of the logistic loss is -z / 2, and what is left are
/// integrals over one normal number; those of the hinges are error functions and Owen's T.
MarginRisk margin_risk(Loss loss, double along, double across, double beta, double p);

/// R(w) + l2/2 |w|^2 of a generator whose labels are signs.
class PlaneRisk {
 public:
  PlaneRisk(Generator& generator, Loss loss, double noise, double l2);

  /// R(w).
  double risk(std::span<const double> w) { return at(w).value; }
  /// Either of value and gradient may be null.
  void evaluate(std::span<const double> w, double* value, double* gradient);
  /// hv := H(w) v.
  void product(std::span<const double> w, std::span<const double> v, double* hv);
  /// The minimizer by Newton's method to some roundings of its entries: H is a function of the
  /// covariance and a matrix of rank two, so that a step costs what a gradient does. Nothing where
  /// there is none (no l2 and no noise: the infimum 0 is at infinity) or where noise = 1/2 leaves
  /// it at 0.
  std::optional<Minimum> minimum();

 private:
  /// Sets cw_ and returns the risk at w.
  MarginRisk at(std::span<const double> w);

  Generator& generator_;
  Loss loss_;
  double noise_, l2_, beta_;
  std::vector<double> cb_;              ///< C b
  std::vector<double> cw_, apart_, d_;  ///< scratch: C w, w - (c / beta^2) b, C of that
};

}  // namespace ravine::problems
