// Solutions d of "H d = -g" for a symmetric H that need not be definite. Each leaves H changed, and
// answers false where it finds no finite d. Their scratch is the caller's, so that a step need not
// ask for memory.
#pragma once

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <algorithm>
#include <limits>

#include "ravine/sdk/eigensystem.hpp"

namespace ravine::newton {

using Gradient = Eigen::Map<const Eigen::VectorXd>;
using Cholesky = Eigen::LLT<Eigen::MatrixXd>;
using ravine::sdk::Eigensystem;

/// (H + lambda I) d = -g: where H is not definite, lambda raises its smallest eigenvalue to `floor`
/// times its largest in absolute value.
inline bool shifted(Eigen::MatrixXd& h, const Gradient& g, double floor, Cholesky& factor,
                    Eigensystem& eigen, Eigen::VectorXd& d) {
  factor.compute(h);
  if (factor.info() != Eigen::Success) {
    if (!eigen.compute_values(h)) return false;
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
inline bool modified_cholesky(Eigen::MatrixXd& h, const Gradient& g, Cholesky& factor,
                              Eigen::VectorXd& diagonal, Eigen::VectorXd& d) {
  constexpr double kBeta = 1e-3;
  diagonal = h.diagonal();
  const double smallest = diagonal.minCoeff();
  double tau = smallest > 0 ? 0 : kBeta - smallest;
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
                        Eigensystem& eigen, Eigen::VectorXd& along, Eigen::VectorXd& d) {
  if (!eigen.compute(h)) return false;
  const auto absolute = eigen.eigenvalues().array().abs();
  const double largest = absolute.maxCoeff();
  const double least = largest > 0 ? largest * std::numeric_limits<double>::epsilon() : 1;
  along.noalias() = eigen.eigenvectors().transpose() * g;
  along.array() /= -(absolute.max(least) + damping);
  d.noalias() = eigen.eigenvectors() * along;
  return true;
}

/// H d = -g as it is: towards the model's stationary point, whatever kind of one it is.
inline bool pure(const Eigen::MatrixXd& h, const Gradient& g,
                 Eigen::PartialPivLU<Eigen::MatrixXd>& factor, Eigen::VectorXd& minus_g,
                 Eigen::VectorXd& d) {
  minus_g = -g;
  d = factor.compute(h).solve(minus_g);
  return true;
}

}  // namespace ravine::newton
