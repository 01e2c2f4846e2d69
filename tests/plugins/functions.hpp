// Functions with closed forms for the plugins' tests. f(x, g) returns the value and, where g is not
// empty, writes the gradient.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "ravine/plugin.h"

namespace ravine::test {

/// A part of x; parts follow one another.
struct Block {
  std::string name;
  std::vector<std::uint64_t> dimensions;
  std::int32_t role = RAVINE_BLOCK_MATRIX;
  std::int32_t exempt_from_decay = 0;
};

/// f = scale sum r_i^2: `count` residuals, and their Jacobian, count x n.
struct SumOfSquares {
  std::size_t count = 0;  // 0: f is not one
  double scale = 1;
  std::function<void(std::span<const double>, std::span<double>)> residuals{};
  std::function<void(std::span<const double>, std::span<double>)> jacobian{};
};

/// f is the mean of f(0, x), ..., f(count - 1, x), each with its gradient as below.
struct Samples {
  std::size_t count = 0;  // 0: not a finite sum
  std::function<double(std::size_t, std::span<const double>, std::span<double>)> f{};
  std::size_t batch_size = 0;  // 0: steps get the full objective
};

struct Objective {
  std::vector<double> start;
  std::function<double(std::span<const double>, std::span<double>)> f;
  std::function<void(std::span<const double>, std::span<double>)>
      hessian{};                // n x n; may be absent
  std::vector<Block> blocks{};  // none: one generic block
  SumOfSquares squares{};
  Samples samples{};
  std::uint64_t horizon = 0;  // iterations planned; 0: unknown
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

/// f = 1/2 x'Ax - b'x from (1, ..., 1): A_ij = 1 / (1 + |i - j|), and i more on the diagonal, which
/// is positive definite; b = (2, -2, 2, ...).
inline Objective coupled_quadratic(std::size_t n = 6) {
  const auto entry = [](std::size_t i, std::size_t j) {
    return i == j ? static_cast<double>(1 + i)
                  : 1.0 / static_cast<double>(1 + std::max(i, j) - std::min(i, j));
  };
  const auto f = [entry](std::span<const double> x, std::span<double> g) {
    double value = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double b = i % 2 == 0 ? 2 : -2;
      double ax = 0;
      for (std::size_t j = 0; j < x.size(); ++j) ax += entry(i, j) * x[j];
      if (!g.empty()) g[i] = ax - b;
      value += x[i] * (ax / 2 - b);
    }
    return value;
  };
  const auto hessian = [entry, n](std::span<const double>, std::span<double> h) {
    for (std::size_t i = 0; i < n * n; ++i) h[i] = entry(i / n, i % n);
  };
  return {std::vector<double>(n, 1.0), f, hessian};
}

/// lambda = 1, 12, ..., 100: n = 10, condition number 100, every product exact to one rounding.
inline std::vector<double> spread_eigenvalues() {
  std::vector<double> lambda(10);
  for (std::size_t i = 0; i < lambda.size(); ++i) lambda[i] = static_cast<double>(1 + 11 * i);
  return lambda;
}

/// f = 1/2 x'A x - sum x_i from 0, A = diag(1 ... n) + 1 / (1 + |i - j|), n = 12: a minimum that is
/// not 0, and coupled coordinates.
inline Objective dense_quadratic(std::size_t n = 12) {
  const auto hessian = [n](std::span<const double>, std::span<double> h) {
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        h[i * n + j] = (i == j ? 1 + static_cast<double>(i) : 0) +
                       1 / (1 + static_cast<double>(i > j ? i - j : j - i));
  };
  const auto f = [n, hessian](std::span<const double> x, std::span<double> g) {
    std::vector<double> a(n * n);
    hessian(x, a);
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
      double ax = 0;
      for (std::size_t j = 0; j < n; ++j) ax += a[i * n + j] * x[j];
      if (!g.empty()) g[i] = ax - 1;
      sum += x[i] * (ax / 2 - 1);
    }
    return sum;
  };
  return {std::vector<double>(n), f, hessian};
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
  const auto residuals = [](std::span<const double> x, std::span<double> r) {
    r[0] = 10 * (x[1] - x[0] * x[0]);
    r[1] = 1 - x[0];
  };
  const auto jacobian = [](std::span<const double> x, std::span<double> j) {
    j[0] = -20 * x[0];
    j[1] = 10;
    j[2] = -1;
    j[3] = 0;
  };
  return {{-1.2, 1}, f, hessian, {}, {2, 1, residuals, jacobian}};
}

/// f = x^4 - 3x from 2, one variable: minimum where 4 x^3 = 3.
inline Objective quartic() {
  return {{2}, [](std::span<const double> x, std::span<double> g) {
            const double cube = x[0] * x[0] * x[0];
            if (!g.empty()) g[0] = 4 * cube - 3;
            return cube * x[0] - 3 * x[0];
          }};
}

/// f = x^4 / 4 from 2: the slope has a triple zero.
inline Objective triple_root() {
  return {{2}, [](std::span<const double> x, std::span<double> g) {
            const double cube = x[0] * x[0] * x[0];
            if (!g.empty()) g[0] = cube;
            return cube * x[0] / 4;
          }};
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
  // The gradient of sample s's residual, and the residual.
  const auto gradient_of = [=](std::span<const double> x, std::size_t s, double* j) {
    double r = x[12] - labels[s];
    for (std::size_t k = 0; k < kHidden; ++k) {
      const double h = std::tanh(x[2 * k] * inputs[s][0] + x[2 * k + 1] * inputs[s][1] + x[6 + k]);
      j[6 + k] = x[9 + k] * (1 - h * h);
      j[2 * k] = j[6 + k] * inputs[s][0];
      j[2 * k + 1] = j[6 + k] * inputs[s][1];
      j[9 + k] = h;
      r += h * x[9 + k];
    }
    j[12] = 1;
    return r;
  };
  const auto jacobian = [=](std::span<const double> x, std::span<double> j) {
    for (std::size_t s = 0; s < kSamples; ++s) gradient_of(x, s, &j[13 * s]);
  };
  const auto residuals = [=](std::span<const double> x, std::span<double> r) {
    double unused[13];
    for (std::size_t s = 0; s < kSamples; ++s) r[s] = gradient_of(x, s, unused);
  };
  const auto hessian = [=](std::span<const double> x, std::span<double> h) {
    std::fill(h.begin(), h.end(), 0.0);
    for (std::size_t s = 0; s < kSamples; ++s) {
      double j[13];
      const double r = gradient_of(x, s, j) / kSamples;
      for (std::size_t a = 0; a < 13; ++a)
        for (std::size_t b = 0; b < 13; ++b) h[13 * a + b] += j[a] * j[b] / kSamples;
      const double u[] = {inputs[s][0], inputs[s][1], 1};
      for (std::size_t k = 0; k < kHidden; ++k) {
        const std::size_t at[] = {2 * k, 2 * k + 1, 6 + k};
        const double t = j[9 + k];
        const double slope = 1 - t * t;
        for (std::size_t a = 0; a < 3; ++a) {
          for (std::size_t b = 0; b < 3; ++b)
            h[13 * at[a] + at[b]] -= 2 * r * x[9 + k] * t * slope * u[a] * u[b];
          h[13 * at[a] + 9 + k] += r * slope * u[a];
          h[13 * (9 + k) + at[a]] += r * slope * u[a];
        }
      }
    }
  };
  const auto sample = [=](std::size_t s, std::span<const double> x, std::span<double> g) {
    double j[13];
    const double r = gradient_of(x, s, j);
    for (std::size_t i = 0; i < g.size(); ++i) g[i] = r * j[i];
    return r * r / 2;
  };
  std::vector<double> start(13);
  for (std::size_t i = 0; i < start.size(); ++i)
    start[i] = (static_cast<double>((7 * i) % 13) - 6) / 8;
  return {start,
          f,
          hessian,
          {{"w1", {3, 2}},
           {"b1", {3}, RAVINE_BLOCK_BIAS, 1},
           {"w2", {1, 3}, RAVINE_BLOCK_OUTPUT_LAYER},
           {"b2", {1}, RAVINE_BLOCK_BIAS, 1}},
          {kSamples, 0.5 / kSamples, residuals, jacobian},
          {kSamples, sample}};
}

}  // namespace ravine::test
