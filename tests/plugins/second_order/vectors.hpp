// Small vectors for the tests of this folder.
#pragma once

#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

#include "tests/plugins/host.hpp"

namespace ravine::test {

using Vector = std::vector<double>;

inline double dot(const Vector& a, const Vector& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}
inline double norm(const Vector& a) { return std::sqrt(dot(a, a)); }
inline Vector minus(Vector a, const Vector& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] -= b[i];
  return a;
}

inline Vector gradient(const Objective& o, const Vector& x) {
  Vector g(x.size());
  o.f(x, g);
  return g;
}
/// H(x) v.
inline Vector product(const Objective& o, const Vector& x, const Vector& v) {
  const std::size_t n = x.size();
  Vector h(n * n);
  o.hessian(x, h);
  Vector hv(n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) hv[i] += h[i * n + j] * v[j];
  return hv;
}

/// The start and the iterates after each of `count` steps, all of them OK.
inline std::vector<Vector> path(Host& host, int count) {
  std::vector<Vector> points{host.x};
  for (int k = 0; k < count; ++k) {
    host.steps(1);
    points.push_back(host.x);
  }
  return points;
}

/// f = x^4/4 - x^2/2 + y^2/2: a saddle at 0, minima f = -1/4 at (+-1, 0).
inline Objective saddle(const Vector& start) {
  return {start,
          [](std::span<const double> x, std::span<double> g) {
            if (!g.empty()) {
              g[0] = x[0] * x[0] * x[0] - x[0];
              g[1] = x[1];
            }
            return std::pow(x[0], 4) / 4 - x[0] * x[0] / 2 + x[1] * x[1] / 2;
          },
          [](std::span<const double> x, std::span<double> h) {
            h[0] = 3 * x[0] * x[0] - 1;
            h[1] = h[2] = 0;
            h[3] = 1;
          }};
}

}  // namespace ravine::test
