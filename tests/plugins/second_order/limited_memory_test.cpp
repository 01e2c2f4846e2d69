// The SDK's limited memory against the dense inverse that it stands for:
// H <- (I - rho s y') H (I - rho y s') + rho s s' over the last m pairs, from H = gamma I.
#include "ravine/sdk/quasi_newton/limited_memory.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace {

using Vector = std::vector<double>;
constexpr std::size_t kN = 5;

Vector dense_product(const std::vector<Vector>& s, const std::vector<Vector>& y, const Vector& q) {
  const auto dot = [](const Vector& a, const Vector& b) {
    double sum = 0;
    for (std::size_t i = 0; i < kN; ++i) sum += a[i] * b[i];
    return sum;
  };
  std::vector<Vector> h(kN, Vector(kN, 0.0));
  for (std::size_t i = 0; i < kN; ++i) h[i][i] = dot(s.back(), y.back()) / dot(y.back(), y.back());
  for (std::size_t k = 0; k < s.size(); ++k) {
    const double rho = 1 / dot(s[k], y[k]);
    Vector hy(kN);
    for (std::size_t i = 0; i < kN; ++i) hy[i] = dot(h[i], y[k]);
    const double yhy = dot(y[k], hy);
    for (std::size_t i = 0; i < kN; ++i)
      for (std::size_t j = 0; j < kN; ++j)
        h[i][j] +=
            (rho + rho * rho * yhy) * s[k][i] * s[k][j] - rho * (hy[i] * s[k][j] + s[k][i] * hy[j]);
  }
  Vector product(kN);
  for (std::size_t i = 0; i < kN; ++i) product[i] = dot(h[i], q);
  return product;
}

TEST(LimitedMemory, IsTheBfgsInverseOfTheLastPairs) {
  constexpr std::size_t kM = 3;
  ravine::sdk::LimitedMemory memory(kN, kM);
  EXPECT_TRUE(memory.empty());
  std::mt19937 random(1);
  std::normal_distribution<double> normal;
  std::vector<Vector> s;
  std::vector<Vector> y;
  const Vector zero(kN, 0.0);
  for (int k = 0; k < 8; ++k) {
    Vector step(kN);
    Vector change(kN);
    for (std::size_t i = 0; i < kN; ++i) {
      step[i] = normal(random);
      // A definite Hessian, diag(1, ..., 5) + 0.5 on both sides of it.
      change[i] = static_cast<double>(i + 1) * step[i];
    }
    for (std::size_t i = 0; i + 1 < kN; ++i) {
      change[i] += 0.5 * step[i + 1];
      change[i + 1] += 0.5 * step[i];
    }
    memory.leave(zero, zero);
    ASSERT_TRUE(memory.arrive(step, change));
    s.push_back(step);
    y.push_back(change);
    if (s.size() > kM) {
      s.erase(s.begin());
      y.erase(y.begin());
    }
    Vector q(kN);
    for (double& v : q) v = normal(random);
    const Vector expected = dense_product(s, y, q);
    memory.apply(q);
    // Some hundred roundings of numbers of the order of 1, the pairs being well conditioned.
    for (std::size_t i = 0; i < kN; ++i) EXPECT_NEAR(q[i], expected[i], 1e-12);
  }

  // Negative curvature is not taken, and costs none of the pairs its place.
  memory.leave(zero, zero);
  ASSERT_FALSE(memory.arrive(Vector{1, 0, 0, 0, 0}, Vector{-1, 0, 0, 0, 0}));
  Vector q{1, -2, 3, -4, 5};
  const Vector expected = dense_product(s, y, q);
  memory.apply(q);
  for (std::size_t i = 0; i < kN; ++i) EXPECT_NEAR(q[i], expected[i], 1e-12);
}

TEST(LimitedMemory, RefusesPairsWithoutCurvature) {
  ravine::sdk::LimitedMemory memory(2, 2);
  const auto add = [&memory](const Vector& s, const Vector& y) {
    const Vector zero{0, 0};
    memory.leave(zero, zero);
    return memory.arrive(s, y);
  };
  EXPECT_FALSE(add({0, 0}, {0, 0}));
  EXPECT_FALSE(add({1, 0}, {0, 1}));
  EXPECT_FALSE(add({1, 0}, {1e-11, 1}));
  EXPECT_FALSE(add({1, 0}, {std::nan(""), 1}));
  EXPECT_TRUE(memory.empty());
  EXPECT_TRUE(add({1, 0}, {1e-9, 1}));
  memory.clear();
  EXPECT_TRUE(memory.empty());
}

}  // namespace
