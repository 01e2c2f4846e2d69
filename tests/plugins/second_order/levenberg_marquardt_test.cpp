// Levenberg-Marquardt: its two limits, linear problems, minima that are known, and what it asks.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/plugins/second_order/vectors.hpp"

namespace {

using ravine::test::dot;
using ravine::test::Host;
using ravine::test::Objective;
using ravine::test::Vector;
using Map = std::function<void(std::span<const double>, std::span<double>)>;

constexpr double kMarquardt = 1;
constexpr double kIdentity = 2;
constexpr double kNielsen = 1;
constexpr double kTenfold = 2;

/// f = sum r_i^2.
Objective squares(const Vector& start, std::size_t m, const Map& residuals, const Map& jacobian) {
  const auto f = [=](std::span<const double> x, std::span<double>) {
    Vector r(m);
    residuals(x, r);
    return dot(r, r);
  };
  return {start, f, {}, {}, {m, 1, residuals, jacobian}};
}

Vector residuals_at(const Objective& f, const Vector& x) {
  Vector r(f.squares.count);
  f.squares.residuals(x, r);
  return r;
}
Vector jacobian_at(const Objective& f, const Vector& x) {
  Vector j(f.squares.count * x.size());
  f.squares.jacobian(x, j);
  return j;
}

TEST(LevenbergMarquardt, WithoutDampingTakesTheGaussNewtonStep) {
  // Two residuals in two variables: J s = -r, from (0.9, 0.8) to (1, 0.99), where r'r is 0.01.
  auto f = ravine::test::rosenbrock();
  f.start = {0.9, 0.8};
  for (const double scaling : {0.0, kMarquardt, kIdentity}) {
    Host host("levenberg_marquardt", f,
              {{"update", kNielsen}, {"initial_damping", 1e-16}, {"scaling", scaling}});
    host.steps(1);
    EXPECT_NEAR(host.x[0], 1, 1e-12);  // lambda cond(J)^2 = 1e-16 x 1e5, and rounding
    EXPECT_NEAR(host.x[1], 0.99, 1e-12);
    Host within("levenberg_marquardt", f, {{"scaling", scaling}});  // a radius of 10 |D x|
    within.steps(1);
    EXPECT_NEAR(within.x[0], 1, 1e-14);
    EXPECT_NEAR(within.x[1], 0.99, 1e-14);
  }
}

TEST(LevenbergMarquardt, WithLargeDampingTakesASmallGradientStep) {
  // s = -D^-1 J'r / lambda up to |J'J| / (lambda D) = 1e-6, relative.
  const auto f = ravine::test::rosenbrock();
  const Vector r = residuals_at(f, f.start);
  const Vector j = jacobian_at(f, f.start);
  const Vector g{j[0] * r[0] + j[2] * r[1], j[1] * r[0] + j[3] * r[1]};
  const Vector diagonal{j[0] * j[0] + j[2] * j[2], j[1] * j[1] + j[3] * j[3]};
  for (const double scaling : {0.0, kMarquardt, kIdentity}) {
    Host host("levenberg_marquardt", f,
              {{"update", kNielsen}, {"initial_damping", 1e6}, {"scaling", scaling}});
    host.steps(1);
    for (std::size_t i = 0; i < 2; ++i) {
      const double d = scaling == kIdentity ? std::max(diagonal[0], diagonal[1]) : diagonal[i];
      const double expected = -g[i] / (1e6 * d);
      EXPECT_NEAR(host.x[i] - f.start[i], expected, 1e-5 * std::fabs(expected)) << scaling;
    }
  }
}

TEST(LevenbergMarquardt, SolvesALinearProblemInOneStep) {
  // y = 1, 2, 4 at t = 0, 1, 2 by a line: 5/6 + 3/2 t, from the normal equations by hand.
  const Vector y{1, 2, 4};
  const auto line = squares(
      {10, -10}, 3,
      [y](std::span<const double> x, std::span<double> r) {
        for (std::size_t i = 0; i < 3; ++i) r[i] = x[0] + x[1] * static_cast<double>(i) - y[i];
      },
      [](std::span<const double>, std::span<double> j) {
        for (std::size_t i = 0; i < 3; ++i) {
          j[2 * i] = 1;
          j[2 * i + 1] = static_cast<double>(i);
        }
      });
  for (const double update : {0.0, kNielsen}) {
    Host host("levenberg_marquardt", line, {{"update", update}, {"initial_damping", 1e-16}});
    host.steps(1);
    EXPECT_NEAR(host.x[0], 5.0 / 6, 1e-13);
    EXPECT_NEAR(host.x[1], 1.5, 1e-13);
  }
}

struct Known {
  const char* name;
  Objective f;
  double minimum, tolerance;
};
void PrintTo(const Known& k, std::ostream* out) { *out << k.name; }  // NOLINT: GoogleTest's name

Objective freudenstein_roth(const Vector& start) {
  return squares(
      start, 2,
      [](std::span<const double> x, std::span<double> r) {
        r[0] = -13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1];
        r[1] = -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1];
      },
      [](std::span<const double> x, std::span<double> j) {
        j[0] = j[2] = 1;
        j[1] = 10 * x[1] - 3 * x[1] * x[1] - 2;
        j[3] = 3 * x[1] * x[1] + 2 * x[1] - 14;
      });
}

Objective powell_singular() {
  return squares(
      {3, -1, 0, 1}, 4,
      [](std::span<const double> x, std::span<double> r) {
        r[0] = x[0] + 10 * x[1];
        r[1] = std::sqrt(5.0) * (x[2] - x[3]);
        r[2] = (x[1] - 2 * x[2]) * (x[1] - 2 * x[2]);
        r[3] = std::sqrt(10.0) * (x[0] - x[3]) * (x[0] - x[3]);
      },
      [](std::span<const double> x, std::span<double> j) {
        const double a = 2 * (x[1] - 2 * x[2]);
        const double b = 2 * std::sqrt(10.0) * (x[0] - x[3]);
        const double rows[] = {1,      10, 0, 0, 0, 0, std::sqrt(5.0), -std::sqrt(5.0), 0, a,
                               -2 * a, 0,  b, 0, 0, -b};
        std::copy(std::begin(rows), std::end(rows), j.begin());
      });
}

class KnownMinima : public testing::TestWithParam<Known> {};
INSTANTIATE_TEST_SUITE_P(Problems, KnownMinima,
                         // More, Garbow, Hillstrom 1981. At Powell's minimum J has rank 2:
                         // convergence is linear there, r'r falls by 16 a step.
                         testing::Values(Known{"Rosenbrock", ravine::test::rosenbrock(), 0, 1e-20},
                                         Known{"FreudensteinRoth", freudenstein_roth({0.5, -2}),
                                               48.98425367924002, 1e-9},
                                         Known{"FreudensteinRothNear", freudenstein_roth({6, 5}), 0,
                                               1e-20},
                                         Known{"PowellSingular", powell_singular(), 0, 1e-20},
                                         Known{"Net", ravine::test::small_net(), 0, 1e-20}),
                         [](const auto& tested) { return tested.param.name; });

TEST_P(KnownMinima, AreReachedDownhillByEveryScalingAndUpdate) {
  for (const double scaling : {0.0, kMarquardt, kIdentity})
    for (const double update : {0.0, kNielsen, kTenfold}) {
      Host host("levenberg_marquardt", GetParam().f, {{"scaling", scaling}, {"update", update}});
      double f = host.f();
      int status = RAVINE_OK;
      for (int k = 0; k < 300 && status == RAVINE_OK; ++k) {
        status = host.step();
        // 10 ulps of f count as no rise, nor does what ulps of x and y in residuals of size 1 make.
        EXPECT_LE(host.f(), f * (1 + 1e-14) + 1e-15 * std::sqrt(f) + 1e-30) << "step " << k;
        f = host.f();
      }
      // A saturated unit has next to no D where that is of x alone, and nothing holds its weights.
      if (scaling == kMarquardt && std::string(GetParam().name) == "Net") continue;
      EXPECT_NEAR(f, GetParam().minimum, GetParam().tolerance)
          << "scaling " << scaling << ", update " << update;
    }
}

TEST(LevenbergMarquardt, IsInvariantToTheScaleOfAVariableUnlessTheIdentityDamps) {
  const auto f = ravine::test::rosenbrock();
  // x_0 = 1024 y_0: a power of two, so that exact invariance shows to the last bits but QR's.
  const auto scaled = squares(
      {f.start[0] / 1024, f.start[1]}, 2,
      [f](std::span<const double> y, std::span<double> r) {
        f.squares.residuals(Vector{1024 * y[0], y[1]}, r);
      },
      [f](std::span<const double> y, std::span<double> j) {
        f.squares.jacobian(Vector{1024 * y[0], y[1]}, j);
        j[0] *= 1024;
        j[2] *= 1024;
      });
  for (const double scaling : {0.0, kMarquardt, kIdentity}) {
    Host in_x("levenberg_marquardt", f, {{"scaling", scaling}});
    Host in_y("levenberg_marquardt", scaled, {{"scaling", scaling}});
    in_x.steps(10);
    in_y.steps(10);
    const double difference = std::fabs(1024 * in_y.x[0] - in_x.x[0]);
    if (scaling == kIdentity) {
      EXPECT_GT(difference, 1e-3);
    } else {
      EXPECT_LE(difference, 1e-12);
    }
  }
}

TEST(LevenbergMarquardt, WorksWhereTheJacobianLacksRank) {
  // r = x_0 + x_1 - 1 alone: s stays along (1, 1), so that (0, 0) goes to (1/2, 1/2).
  const auto f = squares(
      {0, 0}, 1, [](std::span<const double> x, std::span<double> r) { r[0] = x[0] + x[1] - 1; },
      [](std::span<const double>, std::span<double> j) { j[0] = j[1] = 1; });
  Host host("levenberg_marquardt", f);
  for (int k = 0; k < 20 && host.step() == RAVINE_OK;) ++k;
  EXPECT_NEAR(host.x[0], 0.5, 1e-12);
  EXPECT_NEAR(host.x[1], 0.5, 1e-12);
}

TEST(LevenbergMarquardt, RefusedStepsLeaveXAndRaiseTheDamping) {
  auto f = ravine::test::rosenbrock();
  Host host("levenberg_marquardt", f, {{"update", kNielsen}, {"initial_damping", 1}});
  bool refuse = false;
  host.oracle.verdict = [&](std::span<const double> x) {
    return refuse && Vector(x.begin(), x.end()) != f.start ? RAVINE_OUT_OF_DOMAIN : RAVINE_OK;
  };
  refuse = true;
  host.steps(3);  // lambda = 2, 8, 64
  EXPECT_EQ(host.x, f.start);
  EXPECT_EQ(host.oracle.jacobians, 1U);
  EXPECT_EQ(host.oracle.points.size(), 1U);
  refuse = false;
  host.steps(1);
  Host damped("levenberg_marquardt", f, {{"update", kNielsen}, {"initial_damping", 64}});
  damped.steps(1);
  EXPECT_EQ(host.x, damped.x);
}

TEST(LevenbergMarquardt, AsksForOneJacobianAtEachPointThatItTakes) {
  Host host("levenberg_marquardt", ravine::test::rosenbrock());
  Vector x = host.x;
  std::size_t taken = 1;
  for (int k = 0; k < 15; ++k) {
    host.steps(1);
    if (host.x != x && k < 14) ++taken;  // the last one's is not asked for yet
    x = host.x;
  }
  EXPECT_EQ(host.oracle.jacobians, taken);
  EXPECT_EQ(host.oracle.points.size(), 16U);
}

TEST(LevenbergMarquardt, IsForSumsOfSquaresAlone) {
  try {
    Host host("levenberg_marquardt", ravine::test::flat_coordinate());
    FAIL() << "there are no residuals";
  } catch (const std::runtime_error& e) {
    EXPECT_STREQ(e.what(), "init: needs residuals: the objective is no sum of squares");
  }
  Host host("levenberg_marquardt", ravine::test::rosenbrock());
  EXPECT_STREQ(host.optimizer->needs_extensions[0], RAVINE_EXTENSION_RESIDUALS);
}

TEST(LevenbergMarquardt, SaysWhyItEnds) {
  auto at_minimum = ravine::test::rosenbrock();
  at_minimum.start = {1, 1};
  EXPECT_EQ(Host("levenberg_marquardt", at_minimum).step(), RAVINE_CONVERGED);

  auto not_a_number = ravine::test::rosenbrock();
  not_a_number.squares.residuals = [](std::span<const double>, std::span<double> r) {
    std::fill(r.begin(), r.end(), std::nan(""));
  };
  Host host("levenberg_marquardt", not_a_number);
  EXPECT_EQ(host.step(), RAVINE_NO_PROGRESS);
  EXPECT_EQ(host.log, "the residuals or their Jacobian are not finite");

  auto uphill = ravine::test::rosenbrock();
  uphill.squares.jacobian = [j = uphill.squares.jacobian](std::span<const double> x,
                                                          std::span<double> out) {
    j(x, out);
    for (double& v : out) v = -v;
  };
  Host stuck("levenberg_marquardt", uphill);
  for (int k = 0; k < 100 && stuck.step() == RAVINE_OK;) ++k;
  EXPECT_EQ(stuck.log, "the step is below the rounding of x");
  EXPECT_EQ(stuck.x, uphill.start);
}

}  // namespace
