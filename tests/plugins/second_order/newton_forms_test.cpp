// Newton's forms: what the textbooks say of the pure method, and where the others differ from it.
#include <gtest/gtest.h>

#include <string>

#include "tests/plugins/second_order/vectors.hpp"

namespace {

using ravine::test::dot;
using ravine::test::Host;
using ravine::test::norm;
using ravine::test::Vector;

constexpr double kModifiedCholesky = 1;
constexpr double kSaddleFree = 2;
constexpr double kPure = 3;

TEST(PureNewton, SolvesAQuadraticInOneStep) {
  Host host("newton", ravine::test::dense_quadratic(), {{"form", kPure}});
  host.steps(1);
  // A x = 1 by a factorization of a matrix of condition 12: some tens of roundings.
  EXPECT_LE(norm(gradient(host.oracle.objective, host.x)), 1e-14);
}

TEST(PureNewton, WithStepLengthAlphaShrinksTheErrorByOneMinusAlpha) {
  const auto quadratic = ravine::test::dense_quadratic();
  Host exact("newton", quadratic, {{"form", kPure}});
  exact.steps(1);
  for (const double alpha : {0.1, 0.5, 1.5}) {
    Host host("newton", quadratic, {{"form", kPure}, {"step_length", alpha}});
    double factor = 1;
    for (int k = 1; k <= 20; ++k) {
      host.steps(1);
      factor *= 1 - alpha;
      // x0 = 0, so that the error is factor times x*; each step adds some roundings of x* <= 1.
      for (std::size_t i = 0; i < host.x.size(); ++i)
        ASSERT_NEAR(host.x[i], exact.x[i] * (1 - factor), 1e-14) << alpha << ", step " << k;
    }
  }
}

TEST(PureNewton, OnRosenbrockTakesTheKnownFirstStepAndConvergesInLessThanTen) {
  Host host("newton", ravine::test::rosenbrock(), {{"form", kPure}});
  host.steps(1);
  EXPECT_NEAR(host.x[0], -1.1752808988764, 1e-13);  // both known to 14 digits
  EXPECT_NEAR(host.x[1], 1.38067415730337, 1e-13);
  int steps = 1;
  for (; host.f() > 1e-20 && steps < 10; ++steps) host.steps(1);
  EXPECT_LT(steps, 10);
  EXPECT_GT(host.oracle.objective.f(Vector{-1.1752808988764, 1.38067415730337}, {}), 4)
      << "the second step jumps uphill, so the fast way is not a descent";
}

TEST(PureNewton, ConvergesQuadratically) {
  // f = e^x - x: e' = e - 1 + exp(-e) = e^2/2 - e^3/6 + ..., so that e'/e^2 is within e/6 of 1/2,
  // and roundings of x, some 2e-16, count as 2e-16/e^2.
  Host host("newton",
            {{0.5},
             [](std::span<const double> x, std::span<double> g) {
               if (!g.empty()) g[0] = std::expm1(x[0]);
               return std::exp(x[0]) - x[0];
             },
             [](std::span<const double> x, std::span<double> h) { h[0] = std::exp(x[0]); }},
            {{"form", kPure}});
  for (int k = 0; k < 4; ++k) {
    const double e = host.x[0];
    host.steps(1);
    EXPECT_NEAR(host.x[0] / (e * e), 0.5, e / 6 + 4e-16 / (e * e)) << "step " << k;
  }
  EXPECT_LT(host.x[0], 1e-9);
}

TEST(PureNewton, IsAffineInvariant) {
  // F(y) = f(T y): T y_k = x_k. cond(T) = 2, and Rosenbrock's Hessians magnify some 1e3 roundings.
  const auto f = ravine::test::rosenbrock();
  const auto to_x = [](std::span<const double> y) {
    return Vector{2 * y[0] + y[1], -0.5 * y[0] + 3 * y[1]};
  };
  const ravine::test::Objective transformed{{(3 * -1.2 - 1 * 1) / 6.5, (0.5 * -1.2 + 2 * 1) / 6.5},
                                            [=](std::span<const double> y, std::span<double> g) {
                                              Vector gx(2);
                                              const double value = f.f(to_x(y), gx);
                                              if (!g.empty()) {
                                                g[0] = 2 * gx[0] - 0.5 * gx[1];
                                                g[1] = gx[0] + 3 * gx[1];
                                              }
                                              return value;
                                            },
                                            [=](std::span<const double> y, std::span<double> h) {
                                              Vector a(4);
                                              f.hessian(to_x(y), a);
                                              h[0] = 4 * a[0] - 2 * a[1] + 0.25 * a[3];
                                              h[1] = h[2] = 2 * a[0] + 5.5 * a[1] - 1.5 * a[3];
                                              h[3] = a[0] + 6 * a[1] + 9 * a[3];
                                            }};
  Host in_x("newton", f, {{"form", kPure}});
  Host in_y("newton", transformed, {{"form", kPure}});
  for (int k = 0; k < 6; ++k) {
    in_x.steps(1);
    in_y.steps(1);
    const Vector x = to_x(in_y.x);
    for (std::size_t i = 0; i < 2; ++i)
      EXPECT_NEAR(x[i], in_x.x[i], 1e-11 * norm(in_x.x)) << "step " << k;
  }
}

TEST(PureNewton, IsDrawnToASaddleThatTheSaddleFreeFormLeaves) {
  const auto f = ravine::test::saddle({0.1, 1});
  Host pure("newton", f, {{"form", kPure}});
  pure.steps(3);  // x' = 2 x^3 / (3 x^2 - 1): 0.1, -2e-3, 2e-8, ...
  EXPECT_NEAR(pure.x[0], 0, 1e-15);
  EXPECT_NEAR(pure.x[1], 0, 1e-15);

  Host free("newton", f, {{"form", kSaddleFree}});
  for (int k = 0; k < 20 && free.step() == RAVINE_OK;) ++k;
  EXPECT_NEAR(free.x[0], 1, 1e-8);  // f is flat to rounding within sqrt(1e-16)
  EXPECT_NEAR(free.x[1], 0, 1e-8);
}

TEST(PureNewton, SaysWhereThereIsNoSolution) {
  Host host("newton",
            {{1},
             [](std::span<const double> x, std::span<double> g) {
               if (!g.empty()) g[0] = 1;
               return x[0];
             },
             [](std::span<const double>, std::span<double> h) { h[0] = 0; }},
            {{"form", kPure}});
  EXPECT_EQ(host.step(), RAVINE_NO_PROGRESS);
  EXPECT_EQ(host.log, "no finite solution of H d = -g");
  EXPECT_EQ(host.x, Vector{1});
}

TEST(SaddleFreeNewton, DividesByAbsoluteEigenvalues) {
  // H = diag(-2, 3) from (1, 1): d = -(-2/2, 3/3), taken whole as f falls from 1/2 to -4.
  Host host("newton", ravine::test::diagonal_quadratic({-2, 3}), {{"form", kSaddleFree}});
  host.steps(1);
  EXPECT_NEAR(host.x[0], 2, 1e-15);
  EXPECT_NEAR(host.x[1], 0, 1e-15);

  Host definite("newton", ravine::test::dense_quadratic(), {{"form", kSaddleFree}});
  definite.steps(1);
  EXPECT_LE(norm(gradient(definite.oracle.objective, definite.x)), 1e-13) << "|H| = H: one step";
}

TEST(ModifiedCholeskyNewton, IsTheShiftedFormToTheBitWhereTheHessianIsDefinite) {
  // tau = 0, and the same factor: on Rosenbrock all the way down.
  Host shifted("newton", ravine::test::rosenbrock());
  Host modified("newton", ravine::test::rosenbrock(), {{"form", kModifiedCholesky}});
  for (int k = 0; k < 20; ++k) {
    shifted.steps(1);
    modified.steps(1);
    ASSERT_EQ(modified.x, shifted.x) << "step " << k;
  }
}

TEST(ModifiedCholeskyNewton, AddsBetaMoreThanTheSmallestDiagonal) {
  // H = diag(-1, 1): tau = 1 + beta, beta = 1e-3, so that d = (x / beta, -y / (2 + beta)).
  auto f = ravine::test::diagonal_quadratic({-1, 1});
  f.start = {1e-3, 1};
  Host host("newton", f, {{"form", kModifiedCholesky}});
  host.steps(1);
  EXPECT_NEAR(host.x[0], 1e-3 + 1, 1e-12);  // the factor 1/beta magnifies one rounding of tau
  EXPECT_NEAR(host.x[1], 1 - 1 / 2.001, 1e-15);
}

TEST(ModifiedCholeskyNewton, DoublesTauFromBetaWhereTheDiagonalIsPositive) {
  // H = [1 2; 2 1], eigenvalues 3 and -1: tau = 0, 0.001, 0.002, ..., 1.024 is the first above 1.
  ravine::test::Objective f{{1, 0.5},
                            [](std::span<const double> x, std::span<double> g) {
                              if (!g.empty()) {
                                g[0] = x[0] + 2 * x[1];
                                g[1] = 2 * x[0] + x[1];
                              }
                              return (x[0] * x[0] + x[1] * x[1]) / 2 + 2 * x[0] * x[1];
                            },
                            [](std::span<const double>, std::span<double> h) {
                              h[0] = h[3] = 1;
                              h[1] = h[2] = 2;
                            }};
  Host host("newton", f, {{"form", kModifiedCholesky}});
  host.steps(1);
  const double det = 2.024 * 2.024 - 4;
  EXPECT_NEAR(host.x[0], 1 + (2 * 2.5 - 2.024 * 2) / det, 1e-12);  // 1/det = 10: few digits lost
  EXPECT_NEAR(host.x[1], 0.5 + (2 * 2 - 2.024 * 2.5) / det, 1e-12);
}

TEST(ModifiedCholeskyNewton, DescendsWhereTheHessianIsIndefinite) {
  const auto net = ravine::test::small_net();
  Vector v(13);
  v[9] = 1;  // a unit's weight into the output
  v[0] = 2;  // and one of those into the unit
  ASSERT_LT(dot(v, product(net, net.start, v)), 0) << "negative curvature at the start";
  Host host("newton", net, {{"form", kModifiedCholesky}});
  for (int k = 0; k < 10; ++k) {
    const double before = host.f();
    host.steps(1);
    EXPECT_LT(host.f(), before);
  }
}

TEST(Newton, RefusesMatricesThatAreTooLarge) {
  const ravine::test::Objective large{
      Vector(5001), [](std::span<const double>, std::span<double>) { return 0.; }};
  for (const char* plugin : {"newton", "conjugate_directions"}) {
    try {
      Host host(plugin, large);
      FAIL() << plugin;
    } catch (const std::runtime_error& e) {
      EXPECT_NE(std::string(e.what()).find("n = 5001 is above 5000"), std::string::npos)
          << e.what();
    }
  }
}

TEST(Newton, SaysThatAHessianIsNotFinite) {
  auto f = ravine::test::diagonal_quadratic({1, std::nan("")});
  f.f = ravine::test::diagonal_quadratic({1, 1}).f;
  for (const double form : {0.0, kModifiedCholesky, kSaddleFree, kPure}) {
    Host host("newton", f, {{"form", form}});
    EXPECT_EQ(host.step(), RAVINE_NO_PROGRESS);
    EXPECT_EQ(host.log, "the Hessian is not finite");
  }
}

}  // namespace
