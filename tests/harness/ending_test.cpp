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

TEST(Ending, BatchesAreNotAsked) {
  const auto record = run("family = \"shifted_quadratics\"\nbatch = 10",
                          "id = \"gradient_descent\"\nset = { learning_rate = 0.01 }", 10);
  EXPECT_EQ(record.ended, Ended::unknown);
}

}  // namespace
