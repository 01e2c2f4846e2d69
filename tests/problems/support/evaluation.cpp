#include "tests/problems/support/evaluation.hpp"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "problems/random/stream.hpp"

namespace ravine::problems::testing {

double value(Problem& problem, const Objective& objective, const Vector& x) {
  double f = 0;
  EXPECT_EQ(problem.evaluate(objective, x, &f, nullptr), Answer::ok);
  return f;
}

Vector gradient(Problem& problem, const Objective& objective, const Vector& x) {
  Vector g(x.size());
  EXPECT_EQ(problem.evaluate(objective, x, nullptr, g.data()), Answer::ok);
  return g;
}

Vector hessian_vector(Problem& problem, const Objective& objective, const Vector& x,
                      const Vector& v) {
  Vector hv(x.size());
  EXPECT_EQ(problem.hessian_vectors(objective, x, v.data(), 1, hv.data()), Answer::ok);
  return hv;
}

Vector normal_vector(std::uint64_t n, std::uint64_t key, std::string_view purpose) {
  const Stream stream(key, purpose);
  Vector result(n);
  for (std::uint64_t i = 0; i < n; ++i) result[i] = stream.normal(i);
  return result;
}

Vector generic_point(const Problem& problem) {
  const Facts& facts = problem.facts();
  return plus(facts.x0, 0.1, normal_vector(facts.n, 5, "generic point"));
}

namespace {

// Those that are not held at a bound of the box by a slope that points out of it.
std::vector<std::size_t> free_variables(const Facts& facts, const Vector& x, const Vector& slope) {
  std::vector<std::size_t> free;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const bool held = !facts.lower.empty() && ((x[i] == facts.lower[i] && slope[i] > 0) ||
                                               (x[i] == facts.upper[i] && slope[i] < 0));
    if (!held) free.push_back(i);
  }
  return free;
}

}  // namespace

Stationarity stationarity(Problem& problem, const Objective& objective, const Vector& x) {
  using Eigen::Index;
  const Vector slope = gradient(problem, objective, x);
  const std::vector<std::size_t> free = free_variables(problem.facts(), x, slope);
  if (free.empty()) return {};
  const auto n = static_cast<Index>(free.size());
  Vector unit(x.size());
  Eigen::MatrixXd h(n, n);
  Eigen::VectorXd g(n);
  for (Index i = 0; i < n; ++i) {
    unit[free[static_cast<std::size_t>(i)]] = 1;
    const Vector column = hessian_vector(problem, objective, x, unit);
    for (Index j = 0; j < n; ++j) h(j, i) = column[free[static_cast<std::size_t>(j)]];
    g[i] = slope[free[static_cast<std::size_t>(i)]];
    unit[free[static_cast<std::size_t>(i)]] = 0;
  }
  // In units in which the diagonal is one, where it is not zero: badly scaled variables would
  // otherwise hide behind each other's roundings.
  Eigen::VectorXd scale = h.diagonal().cwiseAbs().cwiseSqrt();
  for (Index i = 0; i < n; ++i) scale[i] = scale[i] > 0 ? 1 / scale[i] : 1;
  h = scale.asDiagonal() * h * scale.asDiagonal();
  g = scale.cwiseProduct(g);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(0.5 * (h + h.transpose()));
  // Entries of H err by roundings of the largest, which is one.
  const double zero = 1e-10 * solver.eigenvalues().cwiseAbs().maxCoeff();
  Stationarity result;
  for (Index i = 0; i < n; ++i) {
    const double lambda = solver.eigenvalues()[i];
    const double along = solver.eigenvectors().col(i).dot(g);
    if (lambda > zero) ++result.positive;
    if (lambda < -zero) ++result.negative;
    if (along != 0) result.newton_gain += 0.5 * along * along / std::max(std::abs(lambda), zero);
  }
  return result;
}

double max_norm(std::span<const double> v) {
  double largest = 0;
  for (const double entry : v) largest = std::max(largest, std::abs(entry));
  return largest;
}

Vector plus(Vector a, double factor, const Vector& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += factor * b[i];
  return a;
}

std::vector<Objective> objectives(const Facts& facts, std::span<const std::uint64_t> samples) {
  std::vector<Objective> result;
  for (std::uint64_t stage = 0; stage < facts.stages.size(); ++stage) {
    result.push_back({stage});
    if (facts.sample_count > 0) result.push_back({stage, samples, false});
  }
  return result;
}

std::vector<std::uint64_t> small_batch(const Facts& facts) {
  std::vector<std::uint64_t> samples;
  for (std::uint64_t i = 0; i < 40 && facts.sample_count > 0; ++i)
    samples.push_back(i * 13 % facts.sample_count);
  if (!samples.empty()) samples.push_back(samples.front());
  return samples;
}

}  // namespace ravine::problems::testing
