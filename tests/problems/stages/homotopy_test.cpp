#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "problems/catalog.hpp"
#include "problems/facts.hpp"
#include "problems/stages/smoothed.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

class Homotopy : public ::testing::Test {
 protected:
  std::unique_ptr<Problem> make(const std::string& function, Given given = {},
                                const Instance& instance = {}) {
    given["function"] = word(function);
    return testing::make("homotopy", given, instance, no_data_);
  }
  std::string refusal(const std::string& function, const Given& given) {
    try {
      make(function, given);
    } catch (const ProblemError& error) {
      return error.what();
    }
    return "";
  }
  std::vector<std::string> functions() {
    const auto& all = find_family("homotopy")->parameters;
    return std::ranges::find(all, "function", &ParameterSpec::name)->choices;
  }

  DataSets no_data_{"nowhere"};
};

// Every stage against the mean of f itself by more Gauss-Hermite nodes (80 a variable up to two
// variables) than are needed for rounding. 1e-12 is some hundred roundings of the terms, up to the
// largest value at a node of weight.
TEST_F(Homotopy, StagesAreExpectationsUnderGaussianNoise) {
  for (const std::string& name : functions()) {
    if (name == "ackley" || name == "mlp") continue;  // by draws alone
    // Wells of width 0.2 need t within some of their widths.
    const double t0 = name == "gaussians_control" ? 0.3 : 1;
    Given given = {{"stages", number(3)}, {"t0", number(t0)}};
    if (name == "griewank") given["n"] = number(2);
    const auto homotopy = make(name, given);
    given["stages"] = number(1);
    const std::shared_ptr<Problem> f = make(name, given);
    const std::uint64_t n = f->facts().n;
    for (std::uint64_t stage = 0; stage < 3; ++stage) {
      const double t = homotopy->facts().stages[stage].parameter;
      const auto mean = smoothed(f, t, gauss_hermite(n, n > 2 ? 6 : 80));
      const Vector x = generic_point(*f), v = normal_vector(n, 1, "direction");
      const double expected = value(*mean, {}, x);
      const Vector slope = gradient(*mean, {}, x), hv = hessian_vector(*mean, {}, x, v);
      EXPECT_NEAR(value(*homotopy, {stage}, x), expected, 1e-12 * std::max(1.0, expected))
          << name << ", t = " << t;
      EXPECT_LE(max_norm(plus(gradient(*homotopy, {stage}, x), -1, slope)),
                1e-12 * std::max(1.0, max_norm(slope)))
          << name << ", t = " << t;
      EXPECT_LE(max_norm(plus(hessian_vector(*homotopy, {stage}, x, v), -1, hv)),
                1e-12 * std::max(1.0, max_norm(hv)))
          << name << ", t = " << t;
    }
  }
}

TEST_F(Homotopy, DirectIsTheFunctionToTheBit) {
  for (const std::string name : {"griewank", "wood", "ackley"}) {
    const auto direct = make(name, {{"stages", number(1)}});
    const auto f = testing::make(name, {}, {}, no_data_);
    EXPECT_EQ(direct->facts().x0, f->facts().x0);
    EXPECT_EQ(direct->facts().f_star, f->facts().f_star);
    EXPECT_EQ(value(*direct, {}, f->facts().x0), value(*f, {}, f->facts().x0));
  }
}

// Their pairs are independent: within five standard errors of the exact mean.
TEST_F(Homotopy, DrawsEstimateTheClosedForm) {
  constexpr std::uint64_t kDraws = 4000;
  const auto exact = make("styblinski_tang", {{"stages", number(2)}, {"t0", number(1)}});
  const auto drawn = make("styblinski_tang", {{"stages", number(2)},
                                              {"t0", number(1)},
                                              {"method", word("draws")},
                                              {"draws", number(kDraws)}});
  const auto f = testing::make("styblinski_tang", {}, {}, no_data_);
  const Vector x = {-1.1, 2.3};
  const Nodes nodes = antithetic_draws(2, kDraws, 0);
  const double pairs = kDraws / 2.0;
  double sum = 0, squares = 0;
  for (std::size_t k = 0; k < kDraws; k += 2) {
    double pair = 0;
    for (const std::size_t j : {k, k + 1})
      pair += value(*f, {}, {x[0] + nodes.z[2 * j], x[1] + nodes.z[2 * j + 1]}) / 2;
    sum += pair;
    squares += pair * pair;
  }
  const double error = std::sqrt((squares / pairs - std::pow(sum / pairs, 2)) / pairs);
  const double estimate = value(*drawn, {0}, x);
  EXPECT_NEAR(estimate, sum / pairs, 1e-11);
  EXPECT_NE(estimate, value(*exact, {0}, x));
  EXPECT_NEAR(estimate, value(*exact, {0}, x), 5 * error);
  EXPECT_LT(error, 1);
}

TEST_F(Homotopy, DrawsDifferBetweenStagesAndInstancesOnly) {
  const Given given = {{"method", word("draws")}, {"stages", number(3)}, {"draws", number(10)}};
  const Vector x = {-1.1, 2.3};
  const auto at = [&](const Instance& instance) {
    return value(*make("styblinski_tang", given, instance), {0}, x);
  };
  EXPECT_EQ(at({0, 1}), at({0, 2}));
  EXPECT_EQ(at({1, 1}), at({1, 1}));
  EXPECT_NE(at({1, 1}), at({1, 2}));
}

// Curvature is least at 0 for Styblinski and Tang's function, at 1/2 for Rastrigin's.
TEST_F(Homotopy, StagesAreConvexFromTheThresholdOn) {
  const auto curvature = [&](const std::string& name, double t0, double x) {
    const auto problem = make(name, {{"n", number(1)}, {"t0", number(t0)}, {"stages", number(2)}});
    return hessian_vector(*problem, {0}, {x}, {1})[0];
  };
  EXPECT_LT(curvature("styblinski_tang", 1.63299, 0), 0);
  EXPECT_GT(curvature("styblinski_tang", 1.63300, 0), 0);
  EXPECT_LT(curvature("rastrigin", 0.51744, 0.5), 0);
  EXPECT_GT(curvature("rastrigin", 0.51745, 0.5), 0);
}

TEST_F(Homotopy, KnownMinimizersOfStagesAreMinima) {
  int known = 0;
  for (const std::string& name : functions()) {
    if (name == "ackley" || name == "mlp") continue;  // by draws alone
    const auto problem = make(name, {{"stages", number(4)}});
    for (std::uint64_t stage = 0; stage < 4; ++stage) {
      const Vector& x = problem->facts().stages[stage].x_star;
      if (x.empty()) continue;
      ++known;
      const double f = value(*problem, {stage}, x);
      const Stationarity at = stationarity(*problem, {stage}, x);
      EXPECT_LE(at.newton_gain, 1e-13 * std::max(1.0, std::abs(f))) << name << " " << stage;
      EXPECT_EQ(at.negative, 0U) << name << " " << stage;
      for (std::uint64_t k = 0; k < 200; ++k) {
        const Vector away = plus(x, 3, normal_vector(x.size(), k, "away"));
        EXPECT_GE(value(*problem, {stage}, away), f) << name << " " << stage;
      }
    }
  }
  EXPECT_EQ(known, 7 * 4 + 8);  // of seven functions all stages, of eight the last one
}

// x(t) = 1 / (1 + 400 t^2), y = x^2 + t^2, g = 400 t^2 / (1 + 400 t^2) + 200 t^4 + 101 t^2.
TEST_F(Homotopy, RosenbrocksPathIsClosed) {
  const auto problem = make("rosenbrock", {{"t0", number(0.5)}, {"stages", number(6)}});
  for (std::uint64_t stage = 0; stage < 6; ++stage) {
    const Stage& s = problem->facts().stages[stage];
    const double u = s.parameter * s.parameter;
    const double least = 400 * u / (1 + 400 * u) + 200 * u * u + 101 * u;
    EXPECT_NEAR(value(*problem, {stage}, s.x_star), least, 1e-14 * (1 + least));
  }
  EXPECT_EQ(problem->facts().stages[5].x_star, (Vector{1, 1}));
  EXPECT_TRUE(make("rosenbrock", {{"n", number(3)}})->facts().stages[0].x_star.empty());
}

// Gradient descent on every stage in turn, from the minimizer of the first one where it is known.
Vector follow(Problem& problem, double rate, bool from_x0 = false) {
  const Facts& facts = problem.facts();
  const Vector& first = facts.stages.front().x_star;
  Vector x = from_x0 || first.empty() ? facts.x0 : first;
  for (std::uint64_t stage = 0; stage < facts.stages.size(); ++stage)
    for (int k = 0; k < 2000; ++k) x = plus(x, -rate, gradient(problem, {stage}, x));
  return x;
}

TEST_F(Homotopy, ContinuationFindsTheGlobalMinimumFromAnywhereAboveTheThreshold) {
  // Drawn by this seed, both variables start in the basin of the local minimum.
  const Given staged = {{"t0", number(1.633)}, {"stages", number(8)}};
  const Instance instance{3, 1};
  const auto problem = make("styblinski_tang", staged, instance);
  ASSERT_GT(std::ranges::min(problem->facts().x0), 0.157);
  for (const bool from_x0 : {false, true}) {
    const Vector x = follow(*problem, 0.01, from_x0);
    EXPECT_LE(max_norm(plus(x, -1, problem->facts().x_star)), 1e-12);
  }
  const auto direct = make("styblinski_tang", {{"stages", number(1)}}, instance);
  ASSERT_EQ(direct->facts().x0, problem->facts().x0);
  EXPECT_NEAR(value(*direct, {}, follow(*direct, 0.01, true)), 2 * -25.029446655283942607, 1e-10);
}

TEST_F(Homotopy, ContinuationPassesTheNarrowWells) {
  const auto staged = make("gaussians");
  EXPECT_LE(max_norm(plus(follow(*staged, 0.3), -1, staged->facts().x_star)), 1e-10);
  const auto direct = make("gaussians", {{"stages", number(1)}});
  EXPECT_NEAR(value(*direct, {}, follow(*direct, 0.3, true)), -0.8384445143810736, 1e-12);
}

// The negative control: continuation loses what descent on f itself finds.
TEST_F(Homotopy, ContinuationMissesOnTheControl) {
  const auto staged = make("gaussians_control");
  const Vector end = follow(*staged, 0.03);
  EXPECT_NEAR(end[0], 2, 1e-6);
  EXPECT_NEAR(value(*staged, {7}, end), -1, 1e-9);
  const auto direct = make("gaussians_control", {{"stages", number(1)}});
  EXPECT_NEAR(value(*direct, {}, follow(*direct, 0.03)), -1.2003354926, 1e-9);
}

TEST_F(Homotopy, LevelsAreEquallyFarOrHalves) {
  const Given four = {{"t0", number(1.2)}, {"stages", number(4)}};
  const auto names = [](const Facts& facts) {
    std::string all;
    for (const Stage& stage : facts.stages) all += stage.name + " ";
    return all;
  };
  EXPECT_EQ(names(make("booth", four)->facts()), "t=1.2 t=0.8 t=0.4 t=0 ");
  Given halves = four;
  halves["spacing"] = word("geometric");
  EXPECT_EQ(names(make("booth", halves)->facts()), "t=1.2 t=0.6 t=0.3 t=0 ");
}

TEST_F(Homotopy, SaysWhatItRefuses) {
  EXPECT_EQ(refusal("ackley", {}),
            "parameter 'method' of problem 'homotopy' is draws for ackley: its mean under Gaussian "
            "noise has no closed form");
  EXPECT_EQ(refusal("beale", {{"n", number(3)}}),
            "parameter 'n' of problem 'homotopy' is 2 for beale, not 3");
  const Given odd = {{"method", word("draws")}, {"draws", number(11)}};
  EXPECT_EQ(refusal("wood", odd),
            "parameter 'draws' of problem 'homotopy' is even, as they come in pairs z and -z, not "
            "11");
  const Given many = {{"method", word("draws")}, {"n", number(1e6)}};
  EXPECT_EQ(refusal("ackley", many),
            "parameter 'draws' of problem 'homotopy' is at most 16777216 / (n (stages - 1)), not "
            "1000");
}

}  // namespace
}  // namespace ravine::problems::testing
