// Solutions d of "H d = -g" for a symmetric H that need not be definite. Each leaves H changed, and
// answers false where it finds no finite d.
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/LU>
#include <algorithm>
#include <limits>

namespace ravine::newton {

using Gradient = Eigen::Map<const Eigen::VectorXd>;

/// (H + lambda I) d = -g: where H is not definite, lambda raises its smallest eigenvalue to `floor`
/// times its largest in absolute value.
inline bool shifted(Eigen::MatrixXd& h, const Gradient& g, double floor, Eigen::VectorXd& d) {
  Eigen::LLT<Eigen::MatrixXd> factor(h);
  if (factor.info() != Eigen::Success) {
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(h, Eigen::EigenvaluesOnly);
    if (eigen.info() != Eigen::Success) return false;
    const double largest = eigen.eigenvalues().cwiseAbs().maxCoeff();
    // Below its largest eigenvalue's last bits a spectrum is noise; for H = 0 any multiple of I.
    const double delta = largest > 0 ? floor * largest : 1;
    h.diagonal().array() += delta - eigen.eigenvalues()(0);
    factor.compute(h);
    if (factor.info() != Eigen::Success) return false;
  }
  d = factor.solve(-g);
  return true;
}

/// Nocedal and Wright 2006, Algorithm 3.3, Cholesky with added multiple of the identity: tau = 0
/// or beta - min h_ii, and then max(2 tau, beta) until H + tau I has a factor.
inline bool modified_cholesky(Eigen::MatrixXd& h, const Gradient& g, Eigen::VectorXd& d) {
  constexpr double kBeta = 1e-3;
  const Eigen::VectorXd diagonal = h.diagonal();
  const double smallest = diagonal.minCoeff();
  double tau = smallest > 0 ? 0 : kBeta - smallest;
  Eigen::LLT<Eigen::MatrixXd> factor;
  while (tau < std::numeric_limits<double>::infinity()) {
    h.diagonal() = diagonal.array() + tau;
    factor.compute(h);
    if (factor.info() == Eigen::Success) {
      d = factor.solve(-g);
      return true;
    }
    tau = std::max(2 * tau, kBeta);
  }
  return false;
}

/// Saddle-free (Dauphin et al. 2014): (|H| + damping I) d = -g, |H| with the absolute eigenvalues
/// of H. Those that are rounding of the largest count as that rounding; |H| = I for H = 0.
inline bool saddle_free(const Eigen::MatrixXd& h, const Gradient& g, double damping,
                        Eigen::VectorXd& d) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(h);
  if (eigen.info() != Eigen::Success) return false;
  Eigen::ArrayXd absolute = eigen.eigenvalues().array().abs();
  const double largest = absolute.maxCoeff();
  const double rounding = largest * std::numeric_limits<double>::epsilon();
  absolute = absolute.max(largest > 0 ? rounding : 1) + damping;
  const Eigen::VectorXd along = eigen.eigenvectors().transpose() * g;
  d = eigen.eigenvectors() * (-along.array() / absolute).matrix();
  return true;
}

/// H d = -g as it is: towards the model's stationary point, whatever kind of one it is.
inline bool pure(const Eigen::MatrixXd& h, const Gradient& g, Eigen::VectorXd& d) {
  d = h.partialPivLu().solve(-g);
  return true;
}

}  // namespace ravine::newton
