// The SDK's strong Wolfe search: both conditions at every accepted point, on lines that are easy,
// flat, steep, cut off, oscillating or at the rounding level.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "ravine/sdk/line_search/strong_wolfe.hpp"
#include "tests/plugins/host.hpp"

namespace {

using ravine::sdk::StrongWolfe;

struct Line {
  const char* name;
  double (*f)(double);
  double (*slope)(double);
};

// phi(a) for a >= 0, falling at 0. The first three and the settings tried on them are Moré and
// Thuente's (ACM TOMS 20, 1994, section 5).
const Line kLines[] = {
    {"rational", [](double a) { return -a / (a * a + 2); },
     [](double a) { return (a * a - 2) / ((a * a + 2) * (a * a + 2)); }},
    {"quintic", [](double a) { return std::pow(a + 0.004, 5) - 2 * std::pow(a + 0.004, 4); },
     [](double a) { return 5 * std::pow(a + 0.004, 4) - 8 * std::pow(a + 0.004, 3); }},
    {"yanai", [](double a) { return 0.999 * std::hypot(1 - a, 1e-3) + 1e-3 * std::hypot(a, 1e-3); },
     [](double a) {
       return 0.999 * (a - 1) / std::hypot(1 - a, 1e-3) + 1e-3 * a / std::hypot(a, 1e-3);
     }},
    {"quadratic", [](double a) { return (a - 3) * (a - 3); }, [](double a) { return 2 * (a - 3); }},
    {"quartic", [](double a) { return std::pow(a - 1, 4); },
     [](double a) { return 4 * std::pow(a - 1, 3); }},
    {"waves", [](double a) { return a * a / 50 - a + std::sin(3 * a) / 4; },
     [](double a) { return a / 25 - 1 + 3 * std::cos(3 * a) / 4; }},
    {"barrier, NaN beyond 2", [](double a) { return -a - std::log(2 - a); },
     [](double a) { return -1 + 1 / (2 - a); }},
    {"overflow", [](double a) { return std::exp(std::exp(a)) - 20 * a; },
     [](double a) { return std::exp(a + std::exp(a)) - 20; }},
};

TEST(StrongWolfe, BothConditionsHoldAtEveryAcceptedPoint) {
  int accepted = 0;
  for (const Line& line : kLines) {
    for (const double c2 : {0.9, 0.4, 0.1, 0.01}) {
      for (const double first : {1e-3, 0.1, 1.0, 10.0, 1e3}) {
        SCOPED_TRACE(std::string(line.name) + ", c2 = " + std::to_string(c2) + ", first trial at " +
                     std::to_string(first));
        ravine::test::Oracle oracle({{0.0}, [&](auto x, auto g) {
                                       if (!g.empty()) g[0] = line.slope(x[0]);
                                       return line.f(x[0]);
                                     }});
        const ravine::sdk::Function function(oracle.table(), RAVINE_FULL);
        StrongWolfe search(1, {.c2 = c2});
        std::vector<double> x{0.0};
        std::vector<double> g{line.slope(0)};
        double f = line.f(0);
        ASSERT_EQ(search.search(function, x, f, g, std::vector<double>{1.0}, first), RAVINE_OK);
        ASSERT_TRUE(search.satisfied());
        EXPECT_EQ(f, line.f(x[0]));
        EXPECT_EQ(g[0], line.slope(x[0]));
        EXPECT_EQ(x[0], search.step());
        EXPECT_LE(f, line.f(0) + 1e-4 * x[0] * line.slope(0));
        EXPECT_LE(std::fabs(g[0]), -c2 * line.slope(0));
        EXPECT_EQ(oracle.points.size(), static_cast<std::size_t>(search.trials()));
        ++accepted;
      }
    }
  }
  EXPECT_EQ(accepted, 8 * 4 * 5);
}

// f = a huge constant + a small quadratic: between 0 and the minimizer f changes by less than an
// ulp, so that values tell nothing and only the slope finds the point.
TEST(StrongWolfe, AcceptsOnTheGradientWhereValuesAreFlat) {
  ravine::test::Oracle oracle({{0.0}, [](auto x, auto g) {
                                 if (!g.empty()) g[0] = 2 * (x[0] - 3);
                                 return 1e18 + (x[0] - 3) * (x[0] - 3);
                               }});
  const ravine::sdk::Function function(oracle.table(), RAVINE_FULL);
  for (const double first : {1e-2, 1.0, 100.0}) {
    StrongWolfe search(1, {.c2 = 0.1});
    std::vector<double> x{0.0};
    std::vector<double> g{-6.0};
    double f = 1e18;
    ASSERT_EQ(search.search(function, x, f, g, std::vector<double>{1.0}, first), RAVINE_OK);
    EXPECT_LE(std::fabs(g[0]), 0.6);
  }
}

// Every point but the start lies an ulp above it, by rounding: nothing but the slope can accept.
TEST(StrongWolfe, ForgivesARiseByRounding) {
  ravine::test::Oracle oracle({{0.0}, [](auto x, auto g) {
                                 if (!g.empty()) g[0] = 1e-18 * (x[0] - 3);
                                 return std::nextafter(1.0, 2.0);
                               }});
  const ravine::sdk::Function function(oracle.table(), RAVINE_FULL);
  for (const double first : {1e-2, 1.0, 100.0}) {
    StrongWolfe search(1, {.c2 = 0.1});
    std::vector<double> x{0.0};
    std::vector<double> g{-3e-18};
    double f = 1;
    ASSERT_EQ(search.search(function, x, f, g, std::vector<double>{1.0}, first), RAVINE_OK);
    EXPECT_TRUE(search.satisfied());
    EXPECT_LE(std::fabs(g[0]), 0.3e-18);
  }
}

TEST(StrongWolfe, BacksOffWhereTheHostSaysOutOfDomain) {
  ravine::test::Oracle oracle({{0.0}, [](auto x, auto g) {
                                 if (!g.empty()) g[0] = 2 * (x[0] - 1);
                                 return (x[0] - 1) * (x[0] - 1);
                               }});
  int refused = 0;
  oracle.verdict = [&](std::span<const double> x) {
    if (x[0] <= 1.5) return RAVINE_OK;
    ++refused;
    return RAVINE_OUT_OF_DOMAIN;
  };
  const ravine::sdk::Function function(oracle.table(), RAVINE_FULL);
  StrongWolfe search(1);
  std::vector<double> x{0.0};
  std::vector<double> g{-2.0};
  double f = 1;
  ASSERT_EQ(search.search(function, x, f, g, std::vector<double>{1.0}, 50), RAVINE_OK);
  EXPECT_TRUE(search.satisfied());
  EXPECT_LT(x[0], 1.5);
  EXPECT_GT(refused, 0);
}

TEST(StrongWolfe, LeavesEverythingAsItWasWhereItFails) {
  const double inf = std::numeric_limits<double>::infinity();
  for (const double slope : {1.0, 0.0, -inf, std::nan("")}) {
    ravine::test::Oracle oracle({{0.0}, [](auto, auto) { return 0.0; }});
    const ravine::sdk::Function function(oracle.table(), RAVINE_FULL);
    StrongWolfe search(1);
    std::vector<double> x{2.0};
    std::vector<double> g{slope};
    double f = 7;
    EXPECT_EQ(search.search(function, x, f, g, std::vector<double>{1.0}, 1), RAVINE_NO_PROGRESS);
    EXPECT_TRUE(oracle.points.empty()) << "nothing to ask when d does not descend";
    EXPECT_EQ(x[0], 2);
    EXPECT_EQ(f, 7);
  }

  // A rising function whose gradient lies.
  ravine::test::Oracle liar({{0.0}, [](auto x, auto g) {
                               if (!g.empty()) g[0] = -1;
                               return x[0];
                             }});
  StrongWolfe search(1, {.trials = 12});
  std::vector<double> x{0.0};
  std::vector<double> g{-1.0};
  double f = 0;
  EXPECT_EQ(search.search({liar.table(), RAVINE_FULL}, x, f, g, std::vector<double>{1.0}, 1),
            RAVINE_NO_PROGRESS);
  EXPECT_EQ(liar.points.size(), 12U);
  EXPECT_EQ(x[0], 0);
  EXPECT_EQ(f, 0);
  EXPECT_EQ(g[0], -1);
}

TEST(StrongWolfe, PassesStopOnAtEveryTrial) {
  for (std::size_t stop_at = 0; stop_at < 4; ++stop_at) {
    ravine::test::Oracle oracle({{0.0}, [](auto x, auto g) {
                                   if (!g.empty()) g[0] = kLines[1].slope(x[0]);
                                   return kLines[1].f(x[0]);
                                 }});
    oracle.verdict = [&](std::span<const double>) {
      return oracle.points.size() < stop_at ? RAVINE_OK : RAVINE_STOP;
    };
    StrongWolfe search(1, {.c2 = 1e-3});
    std::vector<double> x{0.0};
    std::vector<double> g{kLines[1].slope(0)};
    double f = kLines[1].f(0);
    EXPECT_EQ(search.search({oracle.table(), RAVINE_FULL}, x, f, g, std::vector<double>{1.0}, 1e3),
              RAVINE_STOP);
    EXPECT_EQ(x[0], 0);
    EXPECT_EQ(f, kLines[1].f(0));
  }
}

TEST(StrongWolfe, TakesWhatDescendsWhereTheFunctionHasNoMinimum) {
  ravine::test::Oracle oracle({{0.0}, [](auto x, auto g) {
                                 if (!g.empty()) g[0] = -1;
                                 return -x[0];
                               }});
  StrongWolfe search(1, {.trials = 10});
  std::vector<double> x{0.0};
  std::vector<double> g{-1.0};
  double f = 0;
  EXPECT_EQ(search.search({oracle.table(), RAVINE_FULL}, x, f, g, std::vector<double>{1.0}, 1),
            RAVINE_OK);
  EXPECT_FALSE(search.satisfied()) << "the slope is -1 everywhere";
  EXPECT_LT(f, 0);
  EXPECT_EQ(oracle.points.size(), 10U);
}

}  // namespace
