// Functions with closed forms for the plugins' tests. f(x, g) returns the value and, where g is not
// empty, writes the gradient.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace ravine::test {

struct Objective {
  std::vector<double> start;
  std::function<double(std::span<const double>, std::span<double>)> f;
  std::function<void(std::span<const double>, std::span<double>)>
      hessian{};  // n x n; may be absent
};

/// f = offset + 1/2 sum lambda_i x_i^2 from (1, ..., 1).
inline Objective diagonal_quadratic(const std::vector<double>& lambda, double offset = 0) {
  const std::size_t n = lambda.size();
  const auto f = [lambda, offset](std::span<const double> x, std::span<double> g) {
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) sum += lambda[i] * x[i] * x[i];
    for (std::size_t i = 0; i < g.size(); ++i) g[i] = lambda[i] * x[i];
    return offset + sum / 2;
  };
  const auto hessian = [lambda, n](std::span<const double>, std::span<double> h) {
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) h[i * n + j] = i == j ? lambda[i] : 0;
  };
  return {std::vector<double>(n, 1.0), f, hessian};
}

/// lambda = 1, 12, ..., 100: n = 10, condition number 100, every product exact to one rounding.
inline std::vector<double> spread_eigenvalues() {
  std::vector<double> lambda(10);
  for (std::size_t i = 0; i < lambda.size(); ++i) lambda[i] = static_cast<double>(1 + 11 * i);
  return lambda;
}

/// Rosenbrock 1960 from (-1.2, 1); minimum 0 at (1, 1).
inline Objective rosenbrock() {
  const auto f = [](std::span<const double> x, std::span<double> g) {
    const double a = x[1] - x[0] * x[0];
    const double b = 1 - x[0];
    if (!g.empty()) {
      g[0] = -400 * x[0] * a - 2 * b;
      g[1] = 200 * a;
    }
    return 100 * a * a + b * b;
  };
  const auto hessian = [](std::span<const double> x, std::span<double> h) {
    h[0] = 1200 * x[0] * x[0] - 400 * x[1] + 2;
    h[1] = h[2] = -400 * x[0];
    h[3] = 200;
  };
  return {{-1.2, 1}, f, hessian};
}

/// f = 1/2 (x_0 - 3)^2 + 1/4 x_2^4: x_1 does not enter.
inline Objective flat_coordinate() {
  const auto f = [](std::span<const double> x, std::span<double> g) {
    if (!g.empty()) {
      g[0] = x[0] - 3;
      g[1] = 0;
      g[2] = x[2] * x[2] * x[2];
    }
    return (x[0] - 3) * (x[0] - 3) / 2 + x[2] * x[2] * x[2] * x[2] / 4;
  };
  return {{0, 5, 2}, f};
}

/// Mean of 1/2 (w2' tanh(W1 u + b1) + b2 - y)^2 over five samples: x = W1 (3 x 2), b1, w2, b2.
inline Objective small_net() {
  constexpr std::size_t kSamples = 5, kHidden = 3;
  constexpr double inputs[kSamples][2] = {{-1, -1}, {-1, 1}, {1, -1}, {1, 1}, {0.5, 0.25}};
  constexpr double labels[kSamples] = {-0.8, 0.8, 0.8, -0.8, 0.3};
  const auto f = [=](std::span<const double> x, std::span<double> g) {
    std::fill(g.begin(), g.end(), 0.0);
    double sum = 0;
    for (std::size_t s = 0; s < kSamples; ++s) {
      double h[kHidden];
      double r = x[12] - labels[s];
      for (std::size_t j = 0; j < kHidden; ++j) {
        h[j] = std::tanh(x[2 * j] * inputs[s][0] + x[2 * j + 1] * inputs[s][1] + x[6 + j]);
        r += h[j] * x[9 + j];
      }
      sum += r * r / 2;
      for (std::size_t j = 0; !g.empty() && j < kHidden; ++j) {
        const double back = r * x[9 + j] * (1 - h[j] * h[j]) / kSamples;
        g[2 * j] += back * inputs[s][0];
        g[2 * j + 1] += back * inputs[s][1];
        g[6 + j] += back;
        g[9 + j] += r * h[j] / kSamples;
      }
      if (!g.empty()) g[12] += r / kSamples;
    }
    return sum / kSamples;
  };
  std::vector<double> start(13);
  for (std::size_t i = 0; i < start.size(); ++i)
    start[i] = (static_cast<double>((7 * i) % 13) - 6) / 8;
  return {start, f};
}

}  // namespace ravine::test
