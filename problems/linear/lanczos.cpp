#include "problems/linear/lanczos.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "problems/linear/reduce.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

Extremes of_tridiagonal(const std::vector<double>& diagonal, const std::vector<double>& beside,
                        std::uint64_t products) {
  using Eigen::Index;
  const auto size = static_cast<Index>(diagonal.size());
  const Eigen::Map<const Eigen::VectorXd> d(diagonal.data(), size);
  const Eigen::Map<const Eigen::VectorXd> e(beside.data(), size - 1);
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
  solver.computeFromTridiagonal(d, e, Eigen::EigenvaluesOnly);
  return {solver.eigenvalues().minCoeff(), solver.eigenvalues().maxCoeff(), products};
}

void scale_to_one(std::span<double> v) {
  const double norm = std::sqrt(dot(v, v));
  for (double& entry : v) entry /= norm;
}

}  // namespace

Extremes lanczos(
    std::uint64_t n, std::uint64_t steps,
    const std::function<bool(std::span<const double> v, std::span<double> hv)>& multiply) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  const Stream start(0, "lanczos");
  std::vector<std::vector<double>> q(1, std::vector<double>(n));
  for (std::uint64_t i = 0; i < n; ++i) q[0][i] = start.normal(i);
  scale_to_one(q[0]);
  std::vector<double> diagonal, beside, w(n);
  double norm_of_h = 0;
  for (std::uint64_t k = 0; k < std::min(steps, n); ++k) {
    if (!multiply(q[k], w)) return {kNan, kNan, k};
    diagonal.push_back(dot(q[k], w));
    if (!std::isfinite(diagonal.back())) return {kNan, kNan, k + 1};
    norm_of_h = std::max(norm_of_h, std::sqrt(dot(w, w)));
    // Twice: once leaves roundings of the larger components behind.
    for (int pass = 0; pass < 2; ++pass)
      for (const auto& before : q) {
        const double along = dot(before, w);
        for (std::uint64_t i = 0; i < n; ++i) w[i] -= along * before[i];
      }
    const double rest = std::sqrt(dot(w, w));
    // An invariant subspace: what is left is rounding, and moves an eigenvalue by less than itself.
    if (k + 1 == std::min(steps, n) || rest <= 1e-10 * norm_of_h)
      return of_tridiagonal(diagonal, beside, k + 1);
    beside.push_back(rest);
    for (double& entry : w) entry /= rest;
    q.push_back(w);
  }
  return {kNan, kNan, 0};
}

}  // namespace ravine::problems
