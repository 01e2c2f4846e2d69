#include "problems/stages/nodes.hpp"

#include <Eigen/Eigenvalues>
#include <cmath>
#include <utility>

#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

/// The nodes of one variable, the roots of He_m, and their weights. Golub and Welsch, Calculation
/// of Gauss quadrature rules, Mathematics of Computation 23, 1969, 221-230: they are the
/// eigenvalues of the matrix with sqrt(k) beside a diagonal of zeros. To the last digits by
/// Newton's method, with h_k = He_k / sqrt(k!), h_m' = sqrt(m) h_{m-1} and w = 1 / (m h_{m-1}^2).
std::pair<std::vector<double>, std::vector<double>> rule_of_one_variable(std::uint64_t m) {
  const auto size = static_cast<Eigen::Index>(m);
  const double degree = static_cast<double>(m);
  Eigen::VectorXd beside(size - 1);
  for (Eigen::Index k = 1; k < size; ++k) beside[k - 1] = std::sqrt(static_cast<double>(k));
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
  solver.computeFromTridiagonal(Eigen::VectorXd::Zero(size), beside, Eigen::EigenvaluesOnly);
  std::vector<double> z(m), w(m);
  for (Eigen::Index k = 0; k < size; ++k) {
    // Mirrored nodes are each other's negatives to the bit.
    double root = 0.5 * (solver.eigenvalues()[k] - solver.eigenvalues()[size - 1 - k]);
    double before = 0, last = 1;  // h_{m-1}, h_m
    for (int pass = 0; pass < 3; ++pass) {
      before = 0;
      last = 1;
      for (std::uint64_t j = 0; j < m; ++j) {
        const double below = before;
        before = last;
        last = (root * before - std::sqrt(static_cast<double>(j)) * below) /
               std::sqrt(static_cast<double>(j + 1));
      }
      root -= last / (std::sqrt(degree) * before);
    }
    z[static_cast<std::size_t>(k)] = root;
    w[static_cast<std::size_t>(k)] = 1 / (degree * before * before);
  }
  return {std::move(z), std::move(w)};
}

}  // namespace

Nodes gauss_hermite(std::uint64_t n, std::uint64_t m) {
  const auto [z, w] = rule_of_one_variable(m);
  Nodes nodes{n, {}, {}};
  std::vector<std::size_t> at(n, 0);
  for (;;) {
    double weight = 1;
    for (const std::size_t k : at) {
      nodes.z.push_back(z[k]);
      weight *= w[k];
    }
    nodes.weights.push_back(weight);
    std::size_t i = 0;
    while (i < n && ++at[i] == m) at[i++] = 0;
    if (i == n) return nodes;
  }
}

Nodes antithetic_draws(std::uint64_t n, std::uint64_t count, std::uint64_t key) {
  const Stream stream(key, "antithetic draws");
  Nodes nodes{n, {}, std::vector<double>(count, 1 / static_cast<double>(count))};
  nodes.z.resize(count * n);
  for (std::uint64_t k = 0; k < count; ++k)
    for (std::uint64_t i = 0; i < n; ++i)
      nodes.z[k * n + i] = k % 2 == 0 ? stream.normal(k / 2 * n + i) : -nodes.z[(k - 1) * n + i];
  return nodes;
}

}  // namespace ravine::problems
