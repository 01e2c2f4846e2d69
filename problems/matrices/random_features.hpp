// Linear regression on random features of Gaussian inputs, and what its weights are worth.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "problems/family.hpp"
#include "problems/matrices/target.hpp"

namespace ravine::problems {

/// y = beta'u + noise, u standard normal of length D; features phi_j(u), j < p:
///   gaussian  u_j itself, p <= D
///   relu      sqrt(2/p) max(0, a_j'u)           a_j normal with covariance I / D,
///   fourier   sqrt(2/p) cos(a_j'u + b_j)        b_j uniform in [0, 2 pi)
class FeatureModel {
 public:
  FeatureModel(const Parameters& parameters, std::uint64_t key);

  [[nodiscard]] std::size_t features() const { return p_; }
  /// Sample i: its features, p doubles. Returns its y.
  double sample(std::uint64_t i, double* features) const;
  /// E (phi(u)'w - y)^2 over fresh samples, exact.
  [[nodiscard]] double risk(const Eigen::VectorXd& w) const;
  /// H v of the risk, which is the same everywhere.
  [[nodiscard]] Eigen::VectorXd risk_product(const Eigen::VectorXd& v) const;
  /// The gradient of the risk.
  [[nodiscard]] Eigen::VectorXd risk_slope(const Eigen::VectorXd& w) const;
  /// What w has the least risk; empty where E phi phi' is singular to rounding.
  [[nodiscard]] Eigen::VectorXd risk_minimizer() const;
  /// The least and the largest eigenvalue of H; empty for more features than `most` that are not
  /// the inputs.
  [[nodiscard]] std::optional<std::array<double, 2>> risk_curvature(std::uint64_t most) const;
  /// The least risk over all w. Only for features that are the inputs, elsewhere NaN.
  [[nodiscard]] double least_risk() const;
  /// The mean over data of size N of the risk of the least solution of least norm; infinite for
  /// N - 1 <= p <= N + 1. NaN as above.
  [[nodiscard]] double expected_risk(std::uint64_t samples) const;

 private:
  void add_moments();
  [[nodiscard]] double left_out() const;

  std::uint64_t key_;
  std::string kind_;
  std::size_t p_;
  double noise_;
  Eigen::VectorXd beta_;
  RowMajor a_;              ///< p x D; empty where the features are the inputs
  Eigen::VectorXd b_;       ///< phases
  Eigen::MatrixXd second_;  ///< E phi phi'; empty where it is the identity
  Eigen::VectorXd cross_;   ///< E phi beta'u
};

}  // namespace ravine::problems
