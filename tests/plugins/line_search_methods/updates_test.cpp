// The updates of BFGS and PSB by themselves: what they satisfy, what they change least, and what
// happens to pairs without curvature. The matrices are read from the optimizer's state.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "tests/plugins/line_search_methods/support.hpp"
#include "tests/plugins/random.hpp"

namespace {

using namespace ravine::test;

constexpr double kPsb = 1;
constexpr double kPlusSign = 2;
constexpr double kDamp = 1;

/// Symmetric, of entries near 1, with E v = 0: what may be added without touching the image of v.
Vector symmetric_without(const Vector& v, const char* stream) {
  const std::size_t n = v.size();
  const RandomStream random(stream);
  Vector r(n * n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j <= i; ++j) r[i * n + j] = r[j * n + i] = random.normal(i * n + j);
  const Vector rv = times(r, v);  // (I - vv'/v'v) R (I - vv'/v'v)
  const double vv = dot(v, v);
  const double vrv = dot(v, rv);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      r[i * n + j] += v[i] * v[j] * vrv / (vv * vv) - (v[i] * rv[j] + rv[i] * v[j]) / vv;
  return r;
}
void expect_symmetric(const Vector& a, std::size_t n) {
  double largest = 0;
  for (const double v : a) largest = std::max(largest, std::fabs(v));
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < i; ++j)
      // Updates are added to both, in another order of factors: a rounding each.
      ASSERT_NEAR(a[i * n + j], a[j * n + i], 1e-13 * largest);
}

struct Pair {
  Vector s, y;
};
Pair pair(const Walk& w, std::size_t k) {
  return {minus(w.x[k + 1], w.x[k]), minus(w.g[k + 1], w.g[k])};
}

TEST(Bfgs, SatisfiesTheSecantEquationSymmetricAndDefinite) {
  for (const Objective& f : {rosenbrock(), small_net(), dense_quadratic()}) {
    Host host("bfgs", f);
    const std::size_t n = f.start.size();
    const Walk w = walk(host, 15);
    for (std::size_t k = 0; k < 15; ++k) {
      const auto [s, y] = pair(w, k);
      const Vector& m = w.matrix[k + 1];
      EXPECT_GT(dot(s, y), 0) << "as Wolfe's conditions promise";
      // M y cancels to s from numbers of |M| |y|.
      EXPECT_LE(norm(minus(times(m, y), s)), 1e-13 * norm(m) * norm(y)) << k;
      expect_symmetric(m, n);
      EXPECT_TRUE(definite(m, n)) << k;
    }
  }
}

TEST(Bfgs, ChangesItsInverseLeastInTheNormOfAnAverageHessian) {
  // Nocedal and Wright (2006), (6.16): of all symmetric M with M y = s it is the one nearest to the
  // last in |W^1/2 (M' - M) W^1/2|_F for any W with W s = y, as the Hessian A here. So the change
  // is orthogonal, trace(W C W E) = 0, to every symmetric E with E y = 0.
  const Objective f = dense_quadratic();
  const std::size_t n = f.start.size();
  Host host("bfgs", f, {{"scale_first", 0}});
  Vector a(n * n);
  f.hessian(f.start, a);
  const Walk w = walk(host, 8);
  for (std::size_t k = 0; k < 8; ++k) {
    const Vector change = minus(w.matrix[k + 1], w.matrix[k]);
    const Vector e = symmetric_without(pair(w, k).y, "bfgs");
    Vector weighted(n * n);  // A C A
    for (std::size_t j = 0; j < n; ++j) {
      const Vector column = times(a, times(change, Vector(&a[j * n], &a[j * n] + n)));
      for (std::size_t i = 0; i < n; ++i) weighted[i * n + j] = column[i];
    }
    EXPECT_GT(norm(change), 1e-3);
    EXPECT_LT(std::fabs(inner(weighted, e)), 1e-12 * norm(weighted) * norm(e)) << k;
    EXPECT_GT(std::fabs(inner(change, e)), 1e-3 * norm(change) * norm(e)) << "without weight " << k;
  }
}

TEST(Psb, SatisfiesTheSecantEquationAndIsSymmetric) {
  for (const Objective& f : {rosenbrock(), small_net(), dense_quadratic()}) {
    Host host("bfgs", f, {{"update", kPsb}});
    const Walk w = walk(host, 15);
    for (std::size_t k = 0; k < 15; ++k) {
      const auto [s, y] = pair(w, k);
      const Vector& b = w.matrix[k + 1];
      EXPECT_LE(norm(minus(times(b, s), y)), 1e-13 * norm(b) * norm(s)) << k;
      expect_symmetric(b, f.start.size());
    }
  }
}

TEST(Psb, ChangesItsMatrixLeast) {
  // Dennis and More (1977), theorem 7.3: in the Frobenius norm, so that the change is orthogonal to
  // every symmetric E with E s = 0, and any other B with B s = y is further from the last.
  const Objective f = small_net();
  Host host("bfgs", f, {{"update", kPsb}, {"scale_first", 0}});
  const Walk w = walk(host, 15);
  for (std::size_t k = 0; k < 15; ++k) {
    Vector change = minus(w.matrix[k + 1], w.matrix[k]);
    const Vector e = symmetric_without(pair(w, k).s, "psb");
    EXPECT_LT(std::fabs(inner(change, e)), 1e-12 * norm(change) * norm(e)) << k;
    const double least = norm(change);
    EXPECT_GT(least, 1e-3);
    for (std::size_t i = 0; i < change.size(); ++i) change[i] += 0.1 * e[i];
    EXPECT_GT(norm(change), least);
  }
}

TEST(Psb, NeedNotBeDefiniteYetDescends) {
  // BFGS cannot learn that f curves down; PSB does, and steps by |B|^-1.
  Host host("bfgs", small_net(), {{"update", kPsb}});
  const Walk w = walk(host, 30);
  int indefinite = 0;
  for (std::size_t k = 0; k < 30; ++k) {
    indefinite += definite(w.matrix[k + 1], 13) ? 0 : 1;
    EXPECT_LT(dot(w.d[k + 1], w.g[k + 1]), 0) << k;
  }
  EXPECT_GT(indefinite, 0);
}

TEST(PlusSign, BreaksTheSecantEquationAndOnlyGrows) {
  // B' s = B s + y + B s, by the misprint's own formula.
  const Objective f = dense_quadratic();
  Host host("bfgs", f, {{"update", kPlusSign}});
  const Walk w = walk(host, 8);
  for (std::size_t k = 1; k < 8; ++k) {
    const auto [s, y] = pair(w, k);
    const Vector& b = w.matrix[k + 1];
    const Vector before = times(w.matrix[k], s);
    Vector wrong = y;
    for (std::size_t i = 0; i < y.size(); ++i) wrong[i] += 2 * before[i];
    EXPECT_LE(norm(minus(times(b, s), wrong)), 1e-13 * norm(b) * norm(s)) << k;
    EXPECT_GT(norm(minus(times(b, s), y)), norm(y)) << k;
    expect_symmetric(b, 12);
    // What it gains along any direction is positive: its trace, and v'(B' - B) v of each axis.
    for (std::size_t i = 0; i < 12; ++i) EXPECT_GE(b[13 * i], w.matrix[k][13 * i]) << k;
  }
}
TEST(PlusSign, IsFarSlowerThanBfgs) {
  Host literal("bfgs", dense_quadratic(), {{"update", kPlusSign}, {"line_search", kExact}});
  Host bfgs("bfgs", dense_quadratic(), {{"line_search", kExact}});
  literal.steps(14);
  bfgs.steps(12);  // as conjugate gradients: n steps
  const auto slope = [](const Host& host) {
    Vector g(12);
    dense_quadratic().f(host.x, g);
    return norm(g);
  };
  EXPECT_LT(slope(bfgs), 1e-12);
  EXPECT_GT(slope(literal), 1e-6);
}

/// Wells and ridges: f = sum of i (1 - cos x_i) + x_i^2 / 20, from where it curves down.
Objective ripples() {
  return {{2.6, -2.5, 2.8, 2.2}, [](std::span<const double> x, std::span<double> g) {
            double f = 0;
            for (std::size_t i = 0; i < x.size(); ++i) {
              const double height = static_cast<double>(i + 1);
              f += height * (1 - std::cos(x[i])) + x[i] * x[i] / 20;
              if (!g.empty()) g[i] = height * std::sin(x[i]) + x[i] / 10;
            }
            return f;
          }};
}

// Armijo's condition takes steps with s'y <= 0, after which y'M'y = s'y would make M indefinite.
TEST(Bfgs, SkipsPairsWithoutCurvatureAndStaysDefinite) {
  Host host("bfgs", ripples(), {{"line_search", kArmijo}});
  const Walk w = walk(host, 12);
  int skipped = 0;
  for (std::size_t k = 0; k < 12; ++k) {
    const auto [s, y] = pair(w, k);
    const bool enough = dot(s, y) > 1e-10 * norm(s) * norm(y);
    skipped += enough ? 0 : 1;
    EXPECT_EQ(w.matrix[k + 1] == w.matrix[k], !enough) << k;
    EXPECT_TRUE(definite(w.matrix[k + 1], 4)) << k;
  }
  EXPECT_GT(skipped, 0);
  EXPECT_LT(skipped, 12);
}

TEST(Bfgs, DampsPairsWithTooLittleCurvatureAndStaysDefinite) {
  // Powell (1978): y becomes theta y + (1 - theta) B s with s'y = 0.2 s'Bs; B s = -a g as
  // s = a d = -a M g.
  Host host("bfgs", ripples(), {{"line_search", kArmijo}, {"safeguard", kDamp}});
  const Walk w = walk(host, 12);
  int damped = 0;
  for (std::size_t k = 0; k < 12; ++k) {
    auto [s, y] = pair(w, k);
    const double a = norm(s) / norm(times(w.matrix[k], w.g[k]));
    Vector bs = negative(w.g[k]);
    for (double& v : bs) v *= a;
    if (dot(s, y) < 0.2 * dot(s, bs)) {
      ++damped;
      const double theta = 0.8 * dot(s, bs) / (dot(s, bs) - dot(s, y));
      for (std::size_t i = 0; i < y.size(); ++i) y[i] = theta * y[i] + (1 - theta) * bs[i];
      EXPECT_NEAR(dot(s, y) / dot(s, bs), 0.2, 1e-12);
    }
    const Vector& m = w.matrix[k + 1];
    EXPECT_LE(norm(minus(times(m, y), s)), 1e-12 * norm(m) * norm(y)) << k;
    EXPECT_TRUE(definite(m, 4)) << k;
  }
  EXPECT_GT(damped, 0);
  EXPECT_LT(damped, 12);
}

TEST(Bfgs, ScalesItsFirstMatrixByTheFirstPair) {
  // Nocedal and Wright (2006), (6.20): across s and y, M is y's / y'y, or 1 unscaled.
  for (const bool scaled : {true, false}) {
    Host host("bfgs", dense_quadratic(), {{"scale_first", scaled ? 1.0 : 0.0}});
    const Walk w = walk(host, 1);
    const auto [s, y] = pair(w, 0);
    const std::size_t n = s.size();
    // v = the part of a unit vector across the plane of s and y.
    Vector v(n), t = y;
    v[3] = 1;
    for (std::size_t i = 0; i < n; ++i) t[i] -= dot(s, y) / dot(s, s) * s[i];
    const double along_s = dot(v, s) / dot(s, s);
    const double along_t = dot(v, t) / dot(t, t);
    for (std::size_t i = 0; i < n; ++i) v[i] -= along_s * s[i] + along_t * t[i];
    const double gamma = scaled ? dot(s, y) / dot(y, y) : 1;
    const Vector mv = times(w.matrix[1], v);
    for (std::size_t i = 0; i < n; ++i) EXPECT_NEAR(mv[i], gamma * v[i], 1e-15) << scaled;
  }
}

TEST(Bfgs, HasTheInverseHessianItselfAfterNStepsOfExactSearches) {
  const Objective f = coupled_quadratic();
  Host host("bfgs", f, {{"scale_first", 0}, {"line_search", kExact}});
  const Walk w = walk(host, 6);
  Vector a(36);
  f.hessian(f.start, a);
  for (std::size_t j = 0; j < 6; ++j) {
    const Vector column = times(w.matrix[6], Vector(&a[6 * j], &a[6 * j] + 6));  // M A
    // Some tens of roundings; the last pairs are short, and their differences lose digits.
    for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(column[i], i == j ? 1 : 0, 1e-12);
  }
}

TEST(Bfgs, KeepsADenseMatrixUpTo5000VariablesAndRefusesMore) {
  for (const double update : {0.0, kPsb}) {
    EXPECT_NO_THROW(Host("bfgs", diagonal_quadratic(Vector(5000, 1.0)), {{"update", update}}));
    try {
      const Host host("bfgs", diagonal_quadratic(Vector(5001, 1.0)), {{"update", update}});
      FAIL() << "took 5001 variables";
    } catch (const std::runtime_error& refused) {
      const std::string why = refused.what();
      EXPECT_NE(why.find("n = 5001 is above 5000"), std::string::npos) << why;
    }
  }
}

}  // namespace
