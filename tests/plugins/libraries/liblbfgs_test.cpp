// lbfgs with Moré and Thuente's search against libLBFGS 1.10 (Naoaki Okazaki's C translation of
// Nocedal's code): every evaluation of every line search, and every iterate. Both scale H0 by
// s'y / y'y, try a = 1 first once they have a pair, and have c1 = 1e-4. They differ in that
// - libLBFGS first tries a step of length 1, ours one of length min(1, |g|);
// - ours leaves out pairs with next to no curvature (none on these functions);
// - where the cubic has no minimum beyond the trial, MINPACK's rule (and ours: see
//   line_search/more_thuente.csv) takes it as infinitely far; libLBFGS goes by the sign of theta
//   instead of the direction, sometimes takes it as at the interval's near end, and so goes a
//   shorter way. It happens where a search extrapolates from a slope that rises faster than the
//   values tell: with c2 <= 0.5 on Rosenbrock's function, where c2 = 0.1 even makes libLBFGS stop
//   at f = 2.1 (LBFGSERR_ROUNDING_ERROR);
// - near the minimum's rounding libLBFGS stops, ours goes on by slopes.
#include <gtest/gtest.h>
#include <lbfgs.h>

#include <memory>

#include "tests/plugins/libraries/support.hpp"

namespace {

using namespace ravine::test;

struct Walk : Asked {
  using Asked::Asked;
  Points iterates{};
};

Walk liblbfgs(const Objective& objective, int m, double gtol) {
  Walk walk(objective);
  lbfgs_parameter_t settings;
  lbfgs_parameter_init(&settings);
  settings.m = m;
  settings.gtol = gtol;
  settings.epsilon = 1e-12;  // of |g| / max(1, |x|)
  settings.max_iterations = 100;
  const int n = static_cast<int>(walk.n());
  const std::unique_ptr<double, Free<&lbfgs_free>> x(lbfgs_malloc(n));
  std::copy(objective.start.begin(), objective.start.end(), x.get());
  lbfgs(
      n, x.get(), nullptr,
      [](void* data, const double* at, double* g, int, double) {
        return static_cast<Walk*>(data)->evaluate(at, g);
      },
      [](void* data, const double* at, const double*, double, double, double, double, int count,
         int, int) {
        static_cast<Walk*>(data)->iterates.emplace_back(at, at + count);
        return 0;
      },
      &walk, &settings);
  return walk;
}

struct Case {
  const char* problem;
  int m;
  double gtol;
  std::size_t iterates, evaluations;  // that are compared: all, up to where one of the two ends
  double tolerance = 1e-9;
};
// 100 steps where the method takes so long. The pairs are differences of close points, so that
// roundings grow about tenfold in 10 steps and more where H is nearly singular: with six pairs in
// two dimensions, libLBFGS's defaults on Rosenbrock's function, up to 1e-8.
constexpr Case kCases[] = {{"quadratic", 6, 0.9, 54, 55},        {"quadratic", 6, 0.5, 50, 59},
                           {"dense_quadratic", 6, 0.9, 26, 30},  {"coupled", 3, 0.9, 20, 23},
                           {"rosenbrock", 6, 0.7, 38, 51},       {"rosenbrock", 2, 0.9, 42, 56},
                           {"rosenbrock", 6, 0.9, 39, 47, 1e-7}, {"net_times_8", 6, 0.9, 34, 39},
                           {"net_times_8", 6, 0.5, 36, 47},      {"net_times_8", 3, 0.9, 100, 111},
                           {"net_times_8", 3, 0.7, 79, 94}};

class LibLbfgs : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(Libraries, LibLbfgs, testing::ValuesIn(kCases), [](const auto& tested) {
  const Case& c = tested.param;
  return std::string(c.problem) + "_m_" + std::to_string(c.m) + "_c2_0p" +
         std::to_string(static_cast<int>(10 * c.gtol));
});

TEST_P(LibLbfgs, TriesAndReachesTheSamePoints) {
  const Case& c = GetParam();
  const Objective objective = problem_named(c.problem);
  const Walk walk = liblbfgs(objective, c.m, c.gtol);
  ASSERT_GE(walk.iterates.size(), c.iterates);
  ASSERT_GE(walk.points.size(), c.evaluations);

  Host host("lbfgs", objective, {{"history", c.m}, {"c2", c.gtol}, {"line_search", 1}});
  for (std::size_t k = 0; k < c.iterates; ++k) {
    host.steps(1);
    ASSERT_LE(gap(walk.iterates[k], host.x), c.tolerance) << "iterate " << k + 1;
  }
  const Points& points = host.oracle.points;
  ASSERT_GE(points.size(), c.evaluations);
  for (std::size_t k = 0; k < c.evaluations; ++k)
    ASSERT_LE(gap(walk.points[k], points[k]), c.tolerance) << "evaluation " << k;
}

TEST(LibLbfgs, FirstTriesAStepOfLengthOneAndOursIsNoLongerThanTheGradient) {
  const Objective net = small_net();
  std::vector<double> g(net.start.size());
  net.f(net.start, g);
  double length = 0;
  for (const double v : g) length += v * v;
  length = std::sqrt(length);
  ASSERT_LT(length, 1);  // 0.83
  Host host("lbfgs", net, {{"line_search", 1}});
  host.steps(1);
  const Walk walk = liblbfgs(net, 6, 0.9);
  for (std::size_t i = 0; i < g.size(); ++i) {
    // Two roundings of numbers below 1.
    EXPECT_NEAR(walk.points[1][i], net.start[i] - g[i] / length, 1e-15);
    EXPECT_EQ(host.oracle.points[1][i], net.start[i] - g[i]);
  }
}

}  // namespace
