// CMA-ES: what it samples, its invariances, and how many evaluations it takes.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "tests/plugins/host.hpp"
#include "tests/plugins/random.hpp"

namespace {

using ravine::test::Host;
using ravine::test::Objective;

Objective of(const std::vector<double>& start,
             const std::function<double(std::span<const double>)>& f) {
  return {start, [f](std::span<const double> x, std::span<double>) { return f(x); }};
}

Objective sphere(std::size_t n) {
  return ravine::test::diagonal_quadratic(std::vector<double>(n, 2.0));
}

/// sum 10^(6 i / (n - 1)) x_i^2.
Objective ellipsoid(std::size_t n) {
  std::vector<double> lambda(n);
  for (std::size_t i = 0; i < n; ++i)
    lambda[i] = 2 * std::pow(10.0, 6 * static_cast<double>(i) / static_cast<double>(n - 1));
  return ravine::test::diagonal_quadratic(lambda);
}

/// Rosenbrock's function along a chain of n variables, from 0.
Objective rosenbrock_chain(std::size_t n) {
  return of(std::vector<double>(n, 0.0), [](std::span<const double> x) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < x.size(); ++i) {
      const double a = x[i + 1] - x[i] * x[i];
      sum += 100 * a * a + (1 - x[i]) * (1 - x[i]);
    }
    return sum;
  });
}

/// The same function turned: f(H x) from H start, with the reflection H = I - 2 v v' / v'v.
Objective reflected(const Objective& plain) {
  const auto turn = [](std::span<const double> x) {
    double along = 0, length = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const auto v = static_cast<double>(1 + i % 3);
      along += v * x[i];
      length += v * v;
    }
    std::vector<double> y(x.begin(), x.end());
    for (std::size_t i = 0; i < x.size(); ++i)
      y[i] -= 2 * along / length * static_cast<double>(1 + i % 3);
    return y;
  };
  return of(turn(plain.start), [=](std::span<const double> x) { return plain.f(turn(x), {}); });
}

/// Evaluations until f at the mean is at most 1e-8, the median of an odd number of seeds.
std::size_t evaluations(const Objective& objective, double sigma0, int seeds) {
  std::vector<std::size_t> counts;
  for (int seed = 0; seed < seeds; ++seed) {
    Host host("cma_es", objective, {{"sigma0", sigma0}});
    host.seed = std::to_string(seed);
    for (int k = 0; k < 3000 && host.f() > 1e-8; ++k) host.steps(1);
    EXPECT_LE(host.f(), 1e-8) << "seed " << seed;
    counts.push_back(host.oracle.points.size());
  }
  std::sort(counts.begin(), counts.end());
  return counts[counts.size() / 2];
}

TEST(CmaEs, AGenerationIsTheUsualNumberOfSamples) {
  // 4 + floor(3 ln n)
  for (const auto& [n, lambda] : {std::pair{1U, 4U}, {2U, 6U}, {10U, 10U}, {40U, 15U}}) {
    Host host("cma_es", sphere(n));
    host.steps(3);
    EXPECT_EQ(host.oracle.points.size(), 3 * lambda) << "n = " << n;
  }
  Host host("cma_es", sphere(2), {{"population", 23}});
  host.steps(2);
  EXPECT_EQ(host.oracle.points.size(), 46U);
}

TEST(CmaEs, TheFirstGenerationIsTheStreamAroundTheStart) {
  Host host("cma_es", sphere(3), {{"sigma0", 0.25}});
  host.steps(1);
  const ravine::test::RandomStream stream("cma_es");
  for (std::size_t k = 0; k < 7; ++k)
    for (std::size_t i = 0; i < 3; ++i)
      EXPECT_EQ(host.oracle.points[k][i], 1 + 0.25 * stream.normal(3 * k + i));
}

TEST(CmaEs, TheRootOfCIsRenewedOnlySoOften) {
  // Every floor(1 / (10 n (c1 + cmu))) = 3 generations at n = 400 (c1 = 1.24e-5, cmu = 5.70e-5):
  // until then samples are sigma z around the mean, and afterwards no longer.
  const std::size_t n = 400, lambda = 21;
  Host host("cma_es", sphere(n));
  const ravine::test::RandomStream stream("cma_es");
  for (std::size_t generation = 0; generation < 4; ++generation) {
    const std::vector<double> m = host.x;
    host.steps(1);
    const auto& first = host.oracle.points[generation * lambda];
    double least = std::numeric_limits<double>::infinity(), most = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const double z = stream.normal(generation * lambda * n + i);
      least = std::min(least, (first[i] - m[i]) / z);
      most = std::max(most, (first[i] - m[i]) / z);
    }
    if (generation < 3)
      EXPECT_NEAR(most / least, 1, 1e-9) << "generation " << generation;  // z may be 1e-3
    else
      EXPECT_GT(most / least, 1.001);
  }
}

TEST(CmaEs, ASeedDecidesEverything) {
  Host first("cma_es", sphere(4)), again("cma_es", sphere(4)), other("cma_es", sphere(4));
  other.seed = "other";
  for (Host* host : {&first, &again, &other}) host->steps(20);
  EXPECT_EQ(first.x, again.x);
  EXPECT_NE(first.x, other.x);
}

TEST(CmaEs, OnlyTheRankingCounts) {
  // Increasing functions of f give the same bits. A rounding could only merge two values; none is.
  const Objective plain = ellipsoid(5);
  for (double (*increasing)(double) :
       {+[](double f) { return std::log(f); }, +[](double f) { return 1e-3 * std::sqrt(f) - 5; },
        +[](double f) { return -1 / f; }}) {
    Host host("cma_es", plain);
    Host transformed("cma_es", of(plain.start, [&](auto x) { return increasing(plain.f(x, {})); }));
    for (int k = 0; k < 100; ++k) {
      host.steps(1);
      transformed.steps(1);
      ASSERT_EQ(host.x, transformed.x) << "after generation " << k;
    }
  }
}

TEST(CmaEs, ShiftingTheFunctionShiftsTheIterates) {
  // By a power of 2 times what rounds nothing away but the last bits: equal to 1e-9 after 50 steps.
  const Objective plain = ellipsoid(3);
  Host host("cma_es", plain);
  Host shifted("cma_es", of({3, 3, 3}, [&](std::span<const double> x) {
                 return plain.f(std::vector{x[0] - 2, x[1] - 2, x[2] - 2}, {});
               }));
  host.steps(50);
  shifted.steps(50);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(shifted.x[i] - 2, host.x[i], 1e-9);
}

TEST(CmaEs, TurningTheFunctionDoesNotMatter) {
  // One run's count varies by some 4 %: the medians of 15 by 1 to 2 % each. Methods that see the
  // axes lose a factor of 10 and more at a condition of 1e6.
  const auto plain = static_cast<double>(evaluations(ellipsoid(10), 0.3, 15));
  const auto turned = static_cast<double>(evaluations(reflected(ellipsoid(10)), 0.3, 15));
  EXPECT_NEAR(turned / plain, 1, 0.1);
}

TEST(CmaEs, EvaluationsToTheMinimumAreOfThePublishedOrder) {
  // Of 10 variables smooth functions take 1e2 n to 1e3 n evaluations however badly they are
  // conditioned; here 1280, 3950 and 4870 were counted, and seeds vary by some 10 %.
  const std::size_t round = evaluations(sphere(10), 0.3, 5);
  const std::size_t long_axes = evaluations(ellipsoid(10), 0.3, 5);
  const std::size_t valley = evaluations(rosenbrock_chain(10), 0.1, 5);
  EXPECT_LT(round, 1600U);
  EXPECT_LT(long_axes, 5000U);
  EXPECT_LT(valley, 6500U);
  EXPECT_GT(long_axes, round);
}

TEST(CmaEs, NegativeWeightsLearnTheCovarianceFaster) {
  // Hansen and Ros 2010: active updates save evaluations where one direction is much steeper.
  std::vector<double> lambda(10, 2.0);
  lambda[0] = 2e6;
  std::size_t total[2] = {0, 0};
  for (int active = 0; active < 2; ++active)
    for (int seed = 0; seed < 5; ++seed) {
      Host host("cma_es", ravine::test::diagonal_quadratic(lambda),
                {{"weights", static_cast<double>(active)}});
      host.seed = std::to_string(seed);
      while (host.f() > 1e-8) host.steps(1);
      total[active] += host.oracle.points.size();
    }
  EXPECT_LT(total[1], total[0]);
}

TEST(CmaEs, TheStepSizeGrowsWhereTheFunctionIsLinear) {
  // Steps in one direction add up in the evolution path: sigma grows by some exp(c / d) each time.
  Host host("cma_es", of({0, 0, 0}, [](std::span<const double> x) { return x[0]; }));
  host.steps(100);
  const double first = std::fabs(host.oracle.points[0][0]);
  EXPECT_LT(host.x[0], -1e6 * first);
}

TEST(CmaEs, TakesNanAndPointsOutsideOfTheDomainForInfinity) {
  const double infinity = std::numeric_limits<double>::infinity();
  const auto half = [](double outside) {
    return of({0.1, 1}, [outside](std::span<const double> x) {
      return x[0] > 0 ? x[0] + x[1] * x[1] : outside;
    });
  };
  Host infinite("cma_es", half(infinity)), nan("cma_es", half(std::nan("")));
  Host refused("cma_es", half(0));
  int refusals = 0;
  refused.oracle.verdict = [&](std::span<const double> x) {
    if (x[0] > 0) return RAVINE_OK;
    ++refusals;
    return RAVINE_OUT_OF_DOMAIN;
  };
  for (Host* host : {&infinite, &nan, &refused}) host->steps(60);
  EXPECT_GT(refusals, 0);
  EXPECT_EQ(infinite.x, nan.x);
  EXPECT_EQ(infinite.x, refused.x);
  EXPECT_GT(nan.x[0], 0);
}

TEST(CmaEs, StopsWhereSamplesNoLongerDifferFromTheMean) {
  Host host("cma_es", of({1, 2}, [](std::span<const double> x) {
              return std::fabs(x[0] - 3) + std::fabs(x[1] + 5);
            }));
  int steps = 0;
  while (steps < 5000 && host.step() == RAVINE_OK) ++steps;
  EXPECT_LT(steps, 5000);
  EXPECT_EQ(host.step(), RAVINE_NO_PROGRESS);
  EXPECT_LE(host.f(), 1e-14);  // some ulps of 3 and 5
}

TEST(CmaEs, RefusesWhatItCannotDo) {
  EXPECT_THROW(Host("cma_es", sphere(2), {{"population", 1}}), std::runtime_error);
  EXPECT_THROW(Host("cma_es", sphere(5001)), std::runtime_error);
}

}  // namespace
