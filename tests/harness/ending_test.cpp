// Where deterministic trials end, on landscapes whose places are known.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/harness/support.hpp"

namespace {

using ravine::results::Ended;
using ravine::test::run_here;

ravine::results::TrialRecord run(const std::string& problem, const std::string& optimizer,
                                 int iterations = 2000) {
  return run_here("[suite]\nname = \"test\"\n[budget]\niterations = " + std::to_string(iterations) +
                  "\n[targets]\nrelative = [1e-14]\n[[problem]]\n" + problem + "\n[[optimizer]]\n" +
                  optimizer + "\n")
      .at(0);
}

TEST(Ending, DescentOnABowlEndsInItsMinimum) {
  const auto record =
      run("family = \"sphere\"", "id = \"gradient_descent\"\nset = { learning_rate = 0.1 }");
  EXPECT_EQ(record.ended, Ended::global_minimum);
  EXPECT_EQ(record.overshoot, 0.0);
  EXPECT_FALSE(record.saddle_steps.has_value());
  EXPECT_LT(*record.gradient_norm_last, 1e-6);
}

TEST(Ending, ATrialThatRanOutIsElsewhere) {
  const auto record = run("family = \"rosenbrock\"",
                          "id = \"gradient_descent\"\nset = { learning_rate = 0.001 }", 50);
  EXPECT_EQ(record.ended, Ended::elsewhere);
  EXPECT_FALSE(record.smallest_eigenvalue.has_value()) << "nobody asked";
}

// From 3.3 and -2.7 gradient descent on Rastrigin's function ends in a local minimum that has no
// name, which its Hessian tells: 2 + 40 pi^2 cos(2 pi x), about 397 near whole numbers.
TEST(Ending, ALocalMinimumIsToldByItsHessian) {
  const auto record =
      run("family = \"rastrigin\"", "id = \"gradient_descent\"\nset = { learning_rate = \"1/L\" }");
  EXPECT_EQ(record.ended, Ended::local_minimum);
  EXPECT_EQ(record.ended_at, "");
  EXPECT_NEAR(record.smallest_eigenvalue.value_or(0), 397, 5);
}

// A step 1 / L too long by 1.9 on the sphere overshoots: x -> -0.9 x keeps below the start, and
// 2.2 / L, x -> -1.2 x, climbs by 1.44 a step until it diverges.
TEST(Ending, OvershootIsTheHighestClimbAboveTheStart) {
  const auto steady =
      run("family = \"sphere\"", "id = \"gradient_descent\"\nset = { learning_rate = 0.95 }", 10);
  EXPECT_EQ(steady.overshoot, 0.0);
  const auto climbing =
      run("family = \"sphere\"", "id = \"gradient_descent\"\nset = { learning_rate = 1.1 }", 3);
  // f_3 = 1.44^3, f_0 = 1: by some roundings.
  EXPECT_NEAR(climbing.overshoot.value_or(0), std::pow(1.44, 3) - 1, 1e-14);
}

// Both sigmoids are saturated there to the last bit: the gradient and the Hessian are 0.
TEST(Ending, ASaturatedPlateauIsAPlateau) {
  for (const char* start : {"plateau_left", "plateau_right"}) {
    const auto record =
        run(std::string("family = \"sigmoid_fitting\"\nset = { start = \"") + start + "\" }",
            "id = \"newton\"\nset = { form = \"pure\" }");
    EXPECT_EQ(record.ended, Ended::plateau) << start << " " << record.ended_at;
  }
}

// f at the saddle is within 1e-6 of the gap above f*: x tells it from the minimum.
TEST(Ending, ASaddleIsToldFromAMinimumOfNearlyItsValue) {
  const auto record = run("family = \"strict_saddle\"\nset = { delta = 0, gamma = 1e-4 }",
                          "id = \"gradient_descent\"\nset = { learning_rate = 0.5 }");
  EXPECT_EQ(record.ended, Ended::saddle);
}

// x_n = -1 is as deep as x_n = 1: the value says nothing, the place does. A trial that stops at its
// target of 1e-3 is on its way still.
TEST(Ending, OfTwoMinimaOfOneValueTheNearerIsTold) {
  for (const char* target : {"1e-3", "1e-12"}) {
    const auto records =
        run_here("[suite]\nname = \"test\"\n[budget]\niterations = 5000\n[targets]\nrelative = [" +
                 std::string(target) +
                 "]\n[[problem]]\nfamily = \"strict_saddle\"\ninstances = [1, 2, 3, 4, 5, 6]\n"
                 "[[optimizer]]\nid = \"gradient_descent\"\nset = { learning_rate = 0.1 }\n");
    int here = 0, other = 0;
    for (const auto& record : records) {
      ASSERT_FALSE(record.best_point.empty());
      const bool positive = record.best_point.back() > 0;
      (positive ? here : other) += 1;
      EXPECT_EQ(record.ended, positive ? Ended::global_minimum : Ended::local_minimum) << target;
      EXPECT_EQ(record.ended_at.empty(), positive) << record.ended_at;
    }
    EXPECT_GT(here, 0);
    EXPECT_GT(other, 0);
  }
}

// Within a tenth of the way to the next known stationary point, whatever the gradient is.
TEST(Ending, InTheHollowOfAKnownMinimumIsThatMinimum) {
  const auto record = run("family = \"double_well\"",
                          "id = \"gradient_descent\"\nset = { learning_rate = 0.05 }", 30);
  EXPECT_GT(*record.gradient_norm_last, 1e-4) << "still on its way";
  EXPECT_NE(record.ended, Ended::elsewhere);
}

// A convex function has no other minimum than the global ones, however slow the way there is.
TEST(Ending, AConvexFunctionHasNoLocalMinimum) {
  const auto record = run("family = \"nesterov_worst\"\nset = { n = 101 }",
                          "id = \"gradient_descent\"\nset = { learning_rate = \"1/L\" }", 1500);
  EXPECT_EQ(record.ended, Ended::elsewhere);
}

TEST(Ending, BatchesAreNotAsked) {
  const auto record = run("family = \"shifted_quadratics\"\nbatch = 10",
                          "id = \"gradient_descent\"\nset = { learning_rate = 0.01 }", 10);
  EXPECT_EQ(record.ended, Ended::unknown);
}

}  // namespace
