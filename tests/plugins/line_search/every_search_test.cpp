// What all line searches promise: the conditions of each at every point that it accepts, and one
// way of dealing with lines that are flat, steep, cut off, endless or rising.
#include <gtest/gtest.h>

#include <limits>

#include "ravine/sdk/line_search/line_search.hpp"
#include "tests/plugins/line_search/lines.hpp"

namespace {

using ravine::sdk::LineSearch;
using ravine::test::Line;
using ravine::test::Search;

class EverySearch : public testing::TestWithParam<LineSearch::Kind> {
 protected:
  [[nodiscard]] static LineSearch make(double c2 = 0.9) { return {1, GetParam(), c2}; }
};
INSTANTIATE_TEST_SUITE_P(LineSearches, EverySearch,
                         testing::Values(LineSearch::kWolfeZoom, LineSearch::kMoreThuente,
                                         LineSearch::kHagerZhang, LineSearch::kArmijo,
                                         LineSearch::kExactQuadratic),
                         [](const auto& tested) { return LineSearch::kNames[tested.param]; });

// The conditions as their papers state them, of the point a with value f and slope s; but where f
// is that of the start up to rounding, Armijo's in terms of the slope (base.hpp).
bool holds(LineSearch::Kind kind, double c2, const Line& line, double a, double f, double s) {
  const double f0 = line.f(0);
  const double s0 = line.slope(0);
  const bool armijo =
      std::fabs(f - f0) <= 1e-14 * std::fabs(f0) ? s <= (2e-4 - 1) * s0 : f <= f0 + 1e-4 * a * s0;
  if (kind == LineSearch::kArmijo || kind == LineSearch::kExactQuadratic) return armijo;
  if (kind != LineSearch::kHagerZhang) return armijo && std::fabs(s) <= -c2 * s0;
  const double delta = std::min(0.1, c2);
  const bool wolfe = f <= f0 + delta * a * s0 && s >= c2 * s0;
  const bool approximate =
      s <= (2 * delta - 1) * s0 && s >= c2 * s0 && f <= f0 + 1e-6 * std::fabs(f0);
  return wolfe || approximate;
}

TEST_P(EverySearch, AcceptsOnlyWhereItsConditionsHold) {
  std::size_t accepted = 0;
  for (const Line& line : ravine::test::kLines) {
    for (const double c2 : {0.9, 0.4, 0.1, 0.01}) {
      for (const double first : {1e-3, 0.1, 1.0, 10.0, 1e3}) {
        SCOPED_TRACE(std::string(line.name) + ", c2 = " + std::to_string(c2) + ", first trial at " +
                     std::to_string(first));
        Search at(line);
        LineSearch search = make(c2);
        ASSERT_EQ(at.run(search, first), RAVINE_OK);
        if (GetParam() != LineSearch::kExactQuadratic) {
          ASSERT_TRUE(search.satisfied());
        }
        EXPECT_EQ(at.f, line.f(at.x[0]));
        EXPECT_EQ(at.g[0], line.slope(at.x[0]));
        EXPECT_EQ(at.x[0], search.step());
        EXPECT_TRUE(holds(GetParam(), c2, line, at.x[0], at.f, at.g[0])) << "at " << at.x[0];
        EXPECT_EQ(at.oracle.points.size(), static_cast<std::size_t>(search.trials()));
        ++accepted;
      }
    }
  }
  EXPECT_EQ(accepted, ravine::test::kLineCount * 4 * 5);
}

// How steep, relative to the start, an accepted point may be where values say nothing and c2 = 0.1:
// Armijo takes all that is not beyond the start's mirror image, Hager and Zhang bound rising slopes
// by 1 - 2 delta = 0.8 and falling ones by c2.
double steepest(LineSearch::Kind kind) {
  return kind == LineSearch::kArmijo ? 1 : kind == LineSearch::kHagerZhang ? 0.8 : 0.1;
}

// f = a huge constant + a small quadratic: up to the minimizer f changes by less than an ulp, so
// that values tell nothing and only the slope finds the point.
TEST_P(EverySearch, AcceptsOnTheSlopeWhereValuesAreFlat) {
  const Line flat{"flat", [](double a) { return 1e18 + (a - 3) * (a - 3); },
                  [](double a) { return 2 * (a - 3); }};
  for (const double first : {1e-2, 1.0, 100.0}) {
    Search at(flat);
    LineSearch search = make(0.1);
    ASSERT_EQ(at.run(search, first), RAVINE_OK);
    EXPECT_TRUE(search.satisfied());
    EXPECT_LE(std::fabs(at.g[0]), 6 * steepest(GetParam()));
  }
}

// Every point but the start lies an ulp above it, by rounding: nothing but the slope can accept.
TEST_P(EverySearch, ForgivesARiseByRounding) {
  const Line ulp{"ulp", [](double a) { return a == 0 ? 1.0 : std::nextafter(1.0, 2.0); },
                 [](double a) { return 1e-18 * (a - 3); }};
  for (const double first : {1e-2, 1.0, 100.0}) {
    Search at(ulp);
    LineSearch search = make(0.1);
    ASSERT_EQ(at.run(search, first), RAVINE_OK);
    EXPECT_TRUE(search.satisfied());
    EXPECT_LE(std::fabs(at.g[0]), 3e-18 * steepest(GetParam()));
  }
}

TEST_P(EverySearch, CutsStepsOutOfTheDomain) {
  const Line line{"quadratic", [](double a) { return (a - 1) * (a - 1); },
                  [](double a) { return 2 * (a - 1); }};
  Search at(line);
  int refused = 0;
  at.oracle.verdict = [&](std::span<const double> x) {
    if (x[0] <= 1.5) return RAVINE_OK;
    ++refused;
    return RAVINE_OUT_OF_DOMAIN;
  };
  LineSearch search = make();
  ASSERT_EQ(at.run(search, 50), RAVINE_OK);
  EXPECT_TRUE(search.satisfied());
  EXPECT_LT(at.x[0], 1.5);
  EXPECT_LT(at.f, 1);
  EXPECT_GT(refused, 0);
}

TEST_P(EverySearch, CutsStepsToNaNAndInfinity) {
  for (const double bad : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
    static double beyond;
    beyond = bad;
    const Line line{"cliff", [](double a) { return a < 1.5 ? (a - 1) * (a - 1) : beyond; },
                    [](double a) { return a < 1.5 ? 2 * (a - 1) : beyond; }};
    Search at(line);
    LineSearch search = make();
    ASSERT_EQ(at.run(search, 1e4), RAVINE_OK) << bad;
    EXPECT_TRUE(search.satisfied()) << bad;
    EXPECT_LT(at.x[0], 1.5);
    EXPECT_LT(at.f, 1);
  }
}

TEST_P(EverySearch, RefusesWhatDoesNotDescend) {
  const double inf = std::numeric_limits<double>::infinity();
  for (const double slope : {1.0, 0.0, -inf, std::nan("")}) {
    Search at({"rising", [](double) { return 0.0; }, [](double) { return 1.0; }});
    at.g = {slope};
    at.x = {2.0};
    at.f = 7;
    LineSearch search = make();
    EXPECT_EQ(at.run(search, 1), RAVINE_NO_PROGRESS);
    EXPECT_TRUE(at.oracle.points.empty()) << "nothing to ask when d does not descend";
    EXPECT_EQ(at.x[0], 2);
    EXPECT_EQ(at.f, 7);
  }
}

TEST_P(EverySearch, LeavesEverythingAsItWasWhereNoStepLowersF) {
  // A rising function whose gradient lies.
  Search at({"liar", [](double a) { return a; }, [](double) { return -1.0; }});
  LineSearch search = make();
  EXPECT_EQ(at.run(search, 1), RAVINE_NO_PROGRESS);
  EXPECT_GT(at.oracle.points.size(), 1U);
  EXPECT_EQ(at.x[0], 0);
  EXPECT_EQ(at.f, 0);
  EXPECT_EQ(at.g[0], -1);
}

TEST_P(EverySearch, EndsOnALineWithoutAMinimum) {
  const Line line{"falling", [](double a) { return -a; }, [](double) { return -1.0; }};
  Search at(line);
  LineSearch search = make();
  EXPECT_EQ(at.run(search, 1), RAVINE_OK);
  EXPECT_LT(at.f, 0);
  EXPECT_EQ(at.f, -at.x[0]);
  // The slope is -1 everywhere: only Armijo's condition, 1e-4 of it, can be met.
  EXPECT_EQ(search.satisfied(), GetParam() == LineSearch::kArmijo);
  EXPECT_LE(search.trials(), 60);
}

TEST_P(EverySearch, PassesStopOnAtEveryTrial) {
  const Line& line = ravine::test::kLines[1];  // the quintic
  LineSearch whole = make(1e-3);
  Search to_the_end(line);
  ASSERT_EQ(to_the_end.run(whole, 1e3), RAVINE_OK);
  const std::size_t trials = to_the_end.oracle.points.size();
  EXPECT_GE(trials, 2U);
  for (std::size_t stop_at = 0; stop_at < trials; ++stop_at) {
    Search at(line);
    at.oracle.verdict = [&](std::span<const double>) {
      return at.oracle.points.size() < stop_at ? RAVINE_OK : RAVINE_STOP;
    };
    LineSearch search = make(1e-3);
    EXPECT_EQ(at.run(search, 1e3), RAVINE_STOP);
    EXPECT_EQ(at.x[0], 0);
    EXPECT_EQ(at.f, line.f(0));
    EXPECT_EQ(at.g[0], line.slope(0));
  }
}

}  // namespace
