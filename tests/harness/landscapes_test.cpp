// What the methods themselves do on saddles, cycles and the counterexamples that were made for
// them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "tests/harness/support.hpp"

namespace {

using ravine::results::Status;
using ravine::test::run_here;

std::string suite(const std::string& iterations, const std::string& entries,
                  const std::string& targets = "relative = [1e-8]") {
  return "[suite]\nname = \"landscapes\"\n[budget]\niterations = " + iterations + "\n[targets]\n" +
         targets + "\n" + entries;
}

double f_of_cycle(double x) {  // Lessard, Recht and Packard's, in closed form
  return x < 1 ? 12.5 * x * x : 12.5 * x * x - 24 * x + 36;
}

std::string from(const std::string& starts, const std::string& optimizers) {
  return "[[problem]]\nfamily = \"lessard_recht_packard\"\nset = { start = " + starts + " }\n" +
         optimizers;
}

constexpr const char* kHeavyBall = R"toml(
[[optimizer]]
id = "heavy_ball"
set = { learning_rate = "4/(sqrt(L)+sqrt(mu))^2", beta = "((sqrt(kappa)-1)/(sqrt(kappa)+1))^2" }
)toml";

TEST(LessardRechtPackard, HeavyBallCyclesThroughThreePoints) {
  double lowest = 100, highest = 0;
  for (const std::string iterations : {"3000", "3001", "3002"}) {
    const auto records =
        run_here(suite(iterations, from("[3.1, 3.2, 3.25, 3.3, 3.4, 3.45]", kHeavyBall)));
    ASSERT_EQ(records.size(), 6U);
    for (const auto& record : records) {
      EXPECT_EQ(record.status, Status::budget);
      double nearest = 100;
      for (const double x : {-1.802449, 2.115918, 0.646531})
        nearest = std::min(nearest, std::abs(*record.f_last - f_of_cycle(x)));
      EXPECT_LT(nearest, 1e-4) << record.problem_label;
    }
    lowest = std::min(lowest, *records[0].f_last);
    highest = std::max(highest, *records[0].f_last);
  }
  EXPECT_NEAR(lowest, f_of_cycle(0.646531), 1e-4);
  EXPECT_NEAR(highest, f_of_cycle(2.115918), 1e-4);
}

TEST(LessardRechtPackard, HeavyBallConvergesFromBothSidesOfTheCycle) {
  for (const auto& record : run_here(suite("3000", from("[3.0, 3.5]", kHeavyBall))))
    EXPECT_EQ(record.status, Status::hit) << record.problem_label;
}

TEST(LessardRechtPackard, GradientDescentAndNesterovConverge) {
  const auto records = run_here(suite("3000", from("[3.0, 3.1, 3.25, 3.45, 3.5]", R"toml(
[[optimizer]]
id = "gradient_descent"
set = { learning_rate = "2/(mu+L)" }
[[optimizer]]
id = "nesterov"
set = { learning_rate = "1/L", beta = "(sqrt(kappa)-1)/(sqrt(kappa)+1)" }
)toml")));
  EXPECT_EQ(records.size(), 10U);
  for (const auto& record : records)
    EXPECT_EQ(record.status, Status::hit) << record.optimizer << " " << record.problem_label;
}

// The paper's settings. f = x / 3 at the end, after whole periods; AMSGrad is at -1 after the first
// function of each and a little above it after the others. A target that is never met keeps it on.
TEST(ReddiOnline, AdamGoesToTheWorstPointAndAmsgradToTheBest) {
  const auto records = run_here(suite("30000", R"toml(
[[problem]]
family = "reddi_online"
instances = 3
batch = 1
batch_order = "sequential"
[[optimizer]]
id = "adam"
set = { learning_rate = 0.5, beta1 = 0, beta2 = "1/(1+C^2)", bias_correction = false }
schedule = "inverse_sqrt"
[[optimizer]]
id = "amsgrad"
set = { learning_rate = 0.5, beta1 = 0, beta2 = "1/(1+C^2)", definition = "reddi" }
schedule = "inverse_sqrt"
)toml",
                                      "gradient = [1e-9]"));
  ASSERT_EQ(records.size(), 6U);
  for (const auto& record : records) {
    const double x = 3 * *record.f_last;
    if (record.optimizer == "adam") {
      EXPECT_NEAR(x, 1, 1e-6) << "instance " << record.instance;
    } else {
      EXPECT_NEAR(x, -0.998, 1e-3) << "instance " << record.instance;
    }
  }
}

TEST(Saddles, PureNewtonJumpsToThem) {
  for (const auto& record : run_here(suite("1", R"toml(
[[problem]]
family = "quadratic_saddle"
instances = 3
[[optimizer]]
id = "newton"
set = { form = "pure" }
)toml")))
    EXPECT_EQ(record.f_last, 0) << "instance " << record.instance;
}

// From the ridge of a strict saddle, where f(saddle) = 0 and f* = -1/4.
TEST(Saddles, HoldGradientDescentButNotItsPerturbedForm) {
  const auto records = run_here(suite("2000", R"toml(
[[problem]]
family = "strict_saddle"
set = { delta = 0 }
[[optimizer]]
id = "gradient_descent"
set = { learning_rate = 0.1 }
[[optimizer]]
id = "newton"
set = { form = "pure" }
[[optimizer]]
id = "perturbed_gd"
set = { learning_rate = 0.1 }
)toml"));
  ASSERT_EQ(records.size(), 3U);
  for (const auto& record : records) {
    if (record.optimizer == "perturbed_gd") {
      EXPECT_EQ(record.status, Status::hit) << record.reason;
    } else {
      EXPECT_NE(record.status, Status::hit) << record.optimizer;
      EXPECT_NEAR(*record.f_last, 0, 1e-100) << record.optimizer;
    }
  }
}

// The box stops what leaves the saddle: gradient descent ends on a face, at the minimum there.
TEST(Saddles, DescentFromAQuadraticOneEndsOnAFaceOfItsBox) {
  for (const auto& record : run_here(suite("500", R"toml(
[[problem]]
family = "quadratic_saddle"
instances = 3
[[optimizer]]
id = "gradient_descent"
set = { learning_rate = "0.5/L" }
)toml")))
    EXPECT_EQ(record.status, Status::hit) << record.reason;
}

}  // namespace
