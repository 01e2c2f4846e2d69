// Muon: what its iteration does to singular values, and whose blocks are whose.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/plugins/structured/matrix_block.hpp"

namespace {

using namespace ravine::test;

// Where singular values in [0.01, 1] go: to three digits [0.682, 1.134].
constexpr double kLeast = 0.6817, kMost = 1.1344;

// One step of X <- X - orthogonalized(G) from 0, turned around.
Matrix orthogonalized(const Matrix& G, Settings settings = {}) {
  for (const auto& [name, value] : Settings{{"learning_rate", 1}, {"momentum", 0}})
    settings.emplace(name, value);
  Host host("muon", linear(G), settings);
  host.steps(1);
  return -shaped(host.x, G);
}

// What five iterations make of the singular value sigma of a matrix of norm 1.
double mapped(double sigma) {
  Matrix G = Matrix::Zero(2, 2);
  G(0, 0) = sigma;
  G(1, 1) = std::sqrt(1 - sigma * sigma);
  return orthogonalized(G)(0, 0);
}

TEST(Muon, FiveIterationsMapSingularValuesIntoAnIntervalAroundOne) {
  double least = 2, most = 0;
  for (int k = 0; k < 4600; ++k) {
    const double sigma = 0.01 * std::pow(1.001, k);  // up to 0.993
    least = std::min(least, mapped(sigma));
    most = std::max(most, mapped(sigma));
  }
  EXPECT_GE(least, kLeast);
  EXPECT_LE(most, kMost);
  EXPECT_NEAR(least, kLeast, 1e-3);  // and nearly everything in it is met
  EXPECT_NEAR(most, kMost, 1e-3);
}

TEST(Muon, SmallSingularValuesAreMultipliedByTheFifthPowerOfTheSlope) {
  EXPECT_NEAR(mapped(1e-4), 0.0485, 5e-5);
  EXPECT_NEAR(mapped(1e-9) / 1e-9, std::pow(3.4445, 5), 1e-3);  // 484.9; next term: sigma^2 1e6
  EXPECT_NEAR(std::pow(3.4445, 5), 484.9, 0.05);
}

TEST(Muon, AStepHasTheGradientsSingularVectorsAndValuesNearOne) {
  for (const auto& [rows, cols] : {std::pair{4, 6}, {6, 4}, {5, 5}, {1, 7}, {7, 1}}) {
    const Matrix G = some_matrix(rows, cols);
    const Eigen::JacobiSVD<Eigen::MatrixXd> svd(G, Eigen::ComputeThinU | Eigen::ComputeThinV);
    const double scale = std::sqrt(std::max(1.0, static_cast<double>(rows) / cols));
    const Eigen::MatrixXd inner = svd.matrixU().transpose() * orthogonalized(G) * svd.matrixV();
    for (Eigen::Index i = 0; i < inner.rows(); ++i)
      for (Eigen::Index j = 0; j < inner.cols(); ++j) {
        if (i != j) {  // five steps that enlarge roundings at most 485-fold together
          EXPECT_NEAR(inner(i, j), 0, 1e-12);
          continue;
        }
        ASSERT_GE(svd.singularValues()(i) / G.norm(), 0.01);
        EXPECT_GE(inner(i, i) / scale, kLeast);
        EXPECT_LE(inner(i, i) / scale, kMost);
      }
  }
}

TEST(Muon, TransposingTheMatrixTransposesTheStepBeforeItsScale) {
  const Matrix G = some_matrix(6, 3);
  const Matrix tall = orthogonalized(G), wide = orthogonalized(G.transpose());
  EXPECT_LE((tall - std::sqrt(2.0) * wide.transpose()).cwiseAbs().maxCoeff(), 1e-13);
}

TEST(Muon, StepsDoNotDependOnTheGradientsScale) {
  const Matrix G = some_matrix(4, 3);
  Host plain("muon", linear(G)), eightfold("muon", linear(G, 8)), large("muon", linear(G, 1e6));
  for (Host* host : {&plain, &eightfold, &large}) host->steps(10);
  EXPECT_EQ(plain.x, eightfold.x);  // a power of 2 rounds nothing
  for (std::size_t i = 0; i < plain.x.size(); ++i) EXPECT_NEAR(plain.x[i], large.x[i], 1e-14);
}

TEST(Muon, BelowTheNormFloorTheGradientsScaleCounts) {
  // |G| = 1e-6 of the floor: 484.9 G / floor.
  const Matrix G = some_matrix(2, 2) * (1e-13 / some_matrix(2, 2).norm());
  EXPECT_LE((orthogonalized(G) - std::pow(3.4445, 5) * G / 1e-7).norm(), 1e-9);
}

TEST(Muon, ScalesAreTheAuthorsAndAdamWs) {
  const Matrix G = some_matrix(2, 9);
  const Matrix original = orthogonalized(G), matched = orthogonalized(G, {{"scale", 1}});
  EXPECT_LE((matched - 0.2 * 3 * original).cwiseAbs().maxCoeff(), 1e-15);
}

TEST(Muon, WithoutMomentumNesterovChangesNothing) {
  const Objective net = small_net();
  Host with("muon", net, {{"momentum", 0}});
  Host without("muon", net, {{"momentum", 0}, {"nesterov", 0}});
  with.steps(30);
  without.steps(30);
  EXPECT_EQ(with.x, without.x);
}

TEST(Muon, WithoutAGradientOnlyDecayMoves) {
  Objective flat = linear(Matrix::Zero(3, 2));
  flat.start.assign(6, 4.0);
  Host still("muon", flat);
  still.steps(5);
  EXPECT_EQ(still.x, flat.start);

  Host decaying("muon", flat, {{"learning_rate", 0.5}, {"weight_decay", 0.5}});
  decaying.steps(5);
  for (const double v : decaying.x) EXPECT_EQ(v, 4 * std::pow(0.75, 5));  // exact in binary
}

TEST(Muon, WithoutMatricesItIsAdamWBitForBit) {
  Objective embedding = small_net();  // two dimensions, but not of a hidden layer
  embedding.blocks[0].role = RAVINE_BLOCK_EMBEDDING;
  for (const Objective& objective :
       {rosenbrock(), diagonal_quadratic(spread_eigenvalues()), embedding}) {
    const Settings shared{{"beta1", 0.8}, {"epsilon", 1e-6}, {"weight_decay", 0.05}};
    Settings own = shared, its = shared;
    own["adamw_learning_rate"] = its["learning_rate"] = 0.03;
    Host muon("muon", objective, own), adamw("adamw", objective, its);
    muon.steps(100);
    adamw.steps(100);
    EXPECT_EQ(muon.x, adamw.x);
  }
}

TEST(Muon, LeavesBiasesAndTheOutputLayerToAdamW) {
  Host muon("muon", small_net()), adamw("adamw", small_net(), {{"weight_decay", 0}});
  muon.steps(1);
  adamw.steps(1);
  for (std::size_t i = 0; i < 13; ++i) {
    if (i < 6)
      EXPECT_NE(muon.x[i], adamw.x[i]);
    else
      EXPECT_EQ(muon.x[i], adamw.x[i]);
  }
}

}  // namespace
