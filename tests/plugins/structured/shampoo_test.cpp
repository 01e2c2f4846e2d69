// Shampoo: its first step, its special cases, grafting, and what happens above its limits.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/plugins/structured/matrix_block.hpp"

namespace {

using namespace ravine::test;

double largest(const Matrix& difference) { return difference.cwiseAbs().maxCoeff(); }

Matrix after(int steps, const Matrix& G, Settings settings = {}, double scale = 1) {
  settings.emplace("learning_rate", 1);
  Host host("shampoo", linear(G, scale), settings);
  host.steps(steps);
  return -shaped(host.x, G);
}

TEST(Shampoo, TheFirstStepIsThePolarFactor) {
  // L^-1/4 G R^-1/4 = U S^-1/2 S S^-1/2 V' for epsilon -> 0. Where a side's G G' is singular, its
  // null space is multiplied by epsilon^-1/4 = 1e3, against roundings of 1e-16 there.
  for (const auto& [rows, cols] : {std::pair{4, 4}, {3, 5}, {5, 3}, {1, 6}})
    EXPECT_LE(largest(after(1, some_matrix(rows, cols)) - polar_factor(some_matrix(rows, cols))),
              1e-11)
        << rows << " x " << cols;
}

TEST(Shampoo, AConstantGradientsStepsShrinkAsOneOverTheRoot) {
  // L and R are k times those of the first step, so the k-th step is U V' / sqrt(k).
  const Matrix G = some_matrix(3, 3);
  double sum = 0;
  for (int k = 1; k <= 20; ++k) sum += 1 / std::sqrt(k);
  EXPECT_LE(largest(after(20, G) - sum * polar_factor(G)), 1e-10);
}

TEST(Shampoo, RootsAreKeptForAsManyStepsAsFrequencySays) {
  // Roots of steps 1, 4 and 7 serve for three steps each.
  const Matrix G = some_matrix(3, 3), o = polar_factor(G);
  const double sum = 3 * (1 + 1 / std::sqrt(4.0) + 1 / std::sqrt(7.0));
  EXPECT_LE(largest(after(9, G, {{"frequency", 3}}) - sum * o), 1e-10);
  EXPECT_LE(largest(after(9, G, {{"frequency", 100}}) - 9 * o), 1e-10);
}

TEST(Shampoo, AVectorIsAdaGradWithTheFullMatrix) {
  // (epsilon I + S)^-1/2 against the pseudo-inverse of S^1/2: in directions without gradients yet
  // epsilon^-1/2 = 1e5 meets roundings of 1e-16 g.
  const Objective q = diagonal_quadratic({1, 3, 10});
  const Settings rate{{"learning_rate", 0.3}};
  Settings settings = rate;
  settings["epsilon"] = 1e-10;
  Host shampoo("shampoo", q, settings), adagrad("adagrad_full", q, rate);
  for (int k = 0; k < 40; ++k) {
    shampoo.steps(1);
    adagrad.steps(1);
    for (std::size_t i = 0; i < 3; ++i) ASSERT_NEAR(shampoo.x[i], adagrad.x[i], 1e-9) << k;
  }
}

TEST(Shampoo, AVectorsFirstStepIsAsLongAsTheLearningRate) {
  Host host("shampoo", diagonal_quadratic({1, 3, 10}), {{"learning_rate", 0.25}});
  host.steps(1);
  const double length = std::sqrt(1.0 + 9 + 100);
  const double g[] = {1, 3, 10};
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(host.x[i], 1 - 0.25 * g[i] / length, 1e-9);
}

TEST(Shampoo, AboveItsLimitsItIsAdaGradWithTheDiagonal) {
  const Settings adagrad{{"learning_rate", 0.1}, {"epsilon", 1e-6}, {"epsilon_form", 1}};
  const Settings none{
      {"learning_rate", 0.1}, {"epsilon", 1e-6}, {"side_limit", 0}, {"vector_limit", 0}};
  for (const Objective& objective : {rosenbrock(), small_net()}) {
    Host shampoo("shampoo", objective, none), plain("adagrad", objective, adagrad);
    shampoo.steps(60);
    plain.steps(60);
    EXPECT_EQ(shampoo.x, plain.x);
  }
}

TEST(Shampoo, ALongSideIsLeftAloneWhereAskedTo) {
  // L^-1/2 G = U V' as well: the exponent goes with the number of sides.
  const Settings left_alone{{"side_limit", 4}, {"long_sides", 1}};
  const Matrix wide = some_matrix(2, 5), tall = some_matrix(5, 2);
  EXPECT_LE(largest(after(1, wide, left_alone) - polar_factor(wide)), 1e-10);
  EXPECT_LE(largest(after(1, tall, left_alone) - polar_factor(tall)), 1e-10);
  // On a gradient that turns, one side knows less than two.
  Host one("shampoo", small_net(), {{"side_limit", 2}, {"long_sides", 1}});
  Host two("shampoo", small_net());
  one.steps(5);
  two.steps(5);
  EXPECT_NE(one.x, two.x);
}

TEST(Shampoo, EachTileOfACutMatrixIsAMatrix) {
  const Matrix G = some_matrix(5, 7);
  const Matrix cut = after(3, G, {{"side_limit", 3}});
  for (const auto& [i, rows] : {std::pair{0, 3}, std::pair{3, 2}})
    for (const auto& [j, cols] : {std::pair{0, 3}, std::pair{3, 3}, std::pair{6, 1}})
      EXPECT_EQ(cut.block(i, j, rows, cols), after(3, G.block(i, j, rows, cols))) << i << " " << j;
}

TEST(Shampoo, GraftingKeepsTheDirectionAndTakesAnotherLength) {
  const Matrix G = some_matrix(3, 4), o = polar_factor(G);
  const Matrix sgd = after(1, G, {{"graft", 1}}), adagrad = after(1, G, {{"graft", 2}});
  EXPECT_LE(largest(sgd - G.norm() / o.norm() * o), 1e-10);
  // Diagonal AdaGrad's first step is the sign of each entry: of length sqrt(12).
  EXPECT_LE(largest(adagrad - std::sqrt(12.0) / o.norm() * o), 1e-10);
}

TEST(Shampoo, StepsDoNotDependOnTheGradientsScaleUnlessGraftedToGradientDescent) {
  const Matrix G = some_matrix(3, 4);
  EXPECT_LE(largest(after(10, G, {}, 1000) - after(10, G)), 1e-10);
  EXPECT_LE(largest(after(10, G, {{"graft", 2}}, 1000) - after(10, G, {{"graft", 2}})), 1e-10);
  EXPECT_LE(largest(after(10, G, {{"graft", 1}}, 8) - 8 * after(10, G, {{"graft", 1}})), 1e-9);
}

TEST(Shampoo, RolesDoNotMatterAndMoreDimensionsAreTwo) {
  const Matrix G = some_matrix(2, 6);
  Objective deep = linear(G);
  deep.blocks = {{"w", {2, 3, 2}}};
  Host matrix("shampoo", linear(G)), cube("shampoo", deep);
  Host output("shampoo", linear(G, 1, RAVINE_BLOCK_OUTPUT_LAYER));
  for (Host* host : {&matrix, &cube, &output}) host->steps(5);
  EXPECT_EQ(matrix.x, cube.x);
  EXPECT_EQ(matrix.x, output.x);
}

TEST(Shampoo, WithoutAGradientNothingMoves) {
  Objective flat = linear(Matrix::Zero(3, 2));
  flat.start.assign(6, 4.0);
  for (const double graft : {0.0, 1.0, 2.0}) {
    Host host("shampoo", flat, {{"graft", graft}});
    host.steps(5);
    EXPECT_EQ(host.x, flat.start);
  }
}

TEST(Shampoo, ANumberThatIsNoneIsSeenInEveryEntryOfItsBlock) {
  Objective spoiled = small_net();
  spoiled.f = [f = spoiled.f](std::span<const double> x, std::span<double> g) {
    const double value = f(x, g);
    if (!g.empty()) g[0] = std::nan("");
    return value;
  };
  Host host("shampoo", spoiled);
  host.steps(2);
  for (std::size_t i = 0; i < 6; ++i) EXPECT_TRUE(std::isnan(host.x[i]));
}

}  // namespace
