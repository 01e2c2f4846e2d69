// What is known of products of matrices fitted to one.
#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <Eigen/SVD>
#include <algorithm>
#include <cmath>

#include "problems/facts.hpp"
#include "problems/matrices/target.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

using Eigen::Index;

class ChainTest : public ::testing::Test {
 protected:
  std::unique_ptr<Problem> make(const std::string& family, const Given& given) {
    return testing::make(family, given, {0, 7}, data_.sets());
  }

 private:
  SmallData data_;
};

// Roundings of matrices of some ten rows and columns, with entries of about one.
constexpr double kTolerance = 1000 * kUnitRoundoff;

Eigen::VectorXd hessian_eigenvalues(Problem& problem, const Vector& x) {
  const auto n = static_cast<Index>(x.size());
  Eigen::MatrixXd h(n, n);
  EXPECT_EQ(problem.hessian({}, x, h.data()), Answer::ok);
  return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(h).eigenvalues();
}

// At 0 the residual is -Y.
Eigen::VectorXd singular_values_of_the_target(Problem& problem, Index rows, Index columns) {
  Vector r(problem.residuals()->count());
  EXPECT_EQ(problem.residuals()->residuals(Vector(problem.facts().n), r.data()), Answer::ok);
  const Eigen::MatrixXd y = Eigen::Map<const RowMajor>(r.data(), rows, columns);
  return Eigen::JacobiSVD<Eigen::MatrixXd>(y).singularValues();
}

double half_squares_from(const Eigen::VectorXd& sigma, Index rank) {
  return 0.5 * sigma.tail(sigma.size() - rank).squaredNorm();
}

// sigma: 1, 10^(-1/2), 1/10, then 1/20 falling to 1/240.
TEST_F(ChainTest, SingularValuesAreThosePrescribed) {
  const auto problem = make("matrix_factorization", {});
  const Eigen::VectorXd sigma = singular_values_of_the_target(*problem, 20, 15);
  EXPECT_NEAR(sigma[0], 1, kTolerance);
  EXPECT_NEAR(sigma[1], std::sqrt(0.1), kTolerance);
  EXPECT_NEAR(sigma[2], 0.1, kTolerance);
  for (Index i = 3; i < 15; ++i)
    EXPECT_NEAR(sigma[i], 0.05 * static_cast<double>(15 - i) / 12, kTolerance);
}

TEST_F(ChainTest, TheMinimumIsWhatThatRankLeaves) {
  for (const double rank : {1, 2, 3, 5, 15}) {
    const auto problem = make("matrix_factorization", {{"rank", number(rank)}});
    const Eigen::VectorXd sigma = singular_values_of_the_target(*problem, 20, 15);
    EXPECT_NEAR(*problem->facts().f_star, half_squares_from(sigma, static_cast<Index>(rank)),
                kTolerance);
  }
  for (const double input_kappa : {1.0, 50.0}) {
    for (const double width : {1, 2, 4, 6, 9}) {
      const auto problem =
          make("deep_linear", {{"width", number(width)}, {"input_kappa", number(input_kappa)}});
      const Eigen::VectorXd sigma = singular_values_of_the_target(*problem, 8, 8);
      const auto rank = static_cast<Index>(std::min(width, 8.0));
      EXPECT_NEAR(*problem->facts().f_star, half_squares_from(sigma, rank), kTolerance);
    }
  }
}

// From numpy.linalg.svd of the same matrices, drawn by Python: reference/matrices.py minima.
TEST_F(ChainTest, MinimaAreThoseOfNumPy) {
  const auto expect = [&](const std::string& family, const Given& given, double minimum) {
    EXPECT_NEAR(*make(family, given)->facts().f_star, minimum, kTolerance);
  };
  expect("matrix_factorization", {}, 0.005642361111111108);
  expect("matrix_factorization",
         {{"rows", number(6)},
          {"columns", number(9)},
          {"rank", number(5)},
          {"true_rank", number(1)},
          {"tail", number(0.9)}},
         0.0162);
  expect("matrix_factorization", {{"rank", number(1)}, {"kappa", number(3)}}, 0.28491512345679015);
  expect("deep_linear", {}, 0.0023437499999999986);
  expect("deep_linear", {{"depth", number(2)}, {"outputs", number(5)}, {"width", number(3)}},
         0.006250000000000007);
  expect("deep_linear",
         {{"depth", number(5)},
          {"inputs", number(4)},
          {"width", number(2)},
          {"input_kappa", number(100)}},
         0.02820794416806391);
}

TEST_F(ChainTest, CurvatureAtTheMinimizerIsTheConstants) {
  const std::vector<Given> sizes = {
      {},
      {{"tail", number(0)}},
      {{"rank", number(6)}},
      {{"rank", number(15)}},
      {{"rows", number(6)}, {"columns", number(6)}, {"rank", number(6)}}};
  for (const Given& given : sizes) {
    const auto problem = make("matrix_factorization", given);
    const Facts& facts = problem->facts();
    const Eigen::VectorXd eigenvalues = hessian_eigenvalues(*problem, facts.x_star);
    EXPECT_NEAR(eigenvalues.maxCoeff(), facts.constants.at("L"), kTolerance);
    double least = facts.constants.at("L");
    for (const double lambda : eigenvalues)
      if (lambda > 1e-9) least = std::min(least, lambda);
    EXPECT_NEAR(least, facts.constants.at("mu"), kTolerance);
  }
  for (const double depth : {1, 2, 3, 5}) {
    const auto net = make("deep_linear", {{"depth", number(depth)}});
    const Eigen::VectorXd eigenvalues = hessian_eigenvalues(*net, net->facts().x_star);
    EXPECT_NEAR(eigenvalues.maxCoeff(), depth, kTolerance);
    EXPECT_EQ(net->facts().constants.at("L"), depth);
  }
}

TEST_F(ChainTest, ZeroIsAStrictSaddleOfTwoFactors) {
  for (const auto& problem :
       {make("matrix_factorization", {}), make("deep_linear", {{"depth", number(2)}})}) {
    const Vector zero(problem->facts().n);
    EXPECT_EQ(max_norm(gradient(*problem, {}, zero)), 0);
    const Eigen::VectorXd eigenvalues = hessian_eigenvalues(*problem, zero);
    EXPECT_NEAR(eigenvalues.minCoeff(), -1, kTolerance) << "- sigma_1";
    EXPECT_NEAR(eigenvalues.maxCoeff(), 1, kTolerance);
  }
}

TEST_F(ChainTest, FromThreeFactorsOnASaddleMayHaveNoCurvature) {
  for (const double depth : {3, 4}) {
    const auto problem = make("deep_linear", {{"depth", number(depth)}});
    const Facts& facts = problem->facts();
    const double plateau = facts.landmarks.at(0).f;
    // All factors but one are 0, which is the landmark, and then all.
    Vector x = facts.x_star;
    for (std::size_t i = facts.blocks[1].offset; i < facts.n; ++i) x[i] = 0;
    for (const Vector& at : {x, Vector(facts.n)}) {
      EXPECT_NEAR(value(*problem, {}, at), plateau, kTolerance);
      EXPECT_EQ(max_norm(gradient(*problem, {}, at)), 0);
    }
    Vector h(facts.n * facts.n);
    ASSERT_EQ(problem->hessian({}, Vector(facts.n), h.data()), Answer::ok);
    EXPECT_EQ(max_norm(h), 0);
    // f(t x*) = f(0) - t^depth sum sigma_i^2 + ...: down, yet flat.
    const Vector near = plus(Vector(facts.n), 0.01, facts.x_star);
    EXPECT_LT(value(*problem, {}, near), plateau);
    EXPECT_GT(value(*problem, {}, near), plateau - 2 * std::pow(0.01, depth));
  }
}

RowMajor gram_difference(const Vector& x, Index m, Index n, Index r) {
  const Eigen::Map<const RowMajor> u(x.data(), m, r), vt(x.data() + m * r, r, n);
  return u.transpose() * u - vt * vt.transpose();
}

// A step of gradient descent changes U'U - V'V by eta^2 (G_U'G_U - G_V'G_V): over a fixed time that
// is O(eta).
TEST_F(ChainTest, GradientFlowConservesTheImbalance) {
  const auto problem = make("matrix_factorization", {{"start_scale", number(0.5)}});
  const auto drift = [&](int steps) {
    const double time = 5;
    Vector x = problem->facts().x0;
    for (int k = 0; k < steps; ++k) x = plus(x, -time / steps, gradient(*problem, {}, x));
    const RowMajor change =
        gram_difference(x, 20, 15, 3) - gram_difference(problem->facts().x0, 20, 15, 3);
    Vector imbalance(1);
    EXPECT_EQ(problem->measure(x, imbalance), Answer::ok);
    EXPECT_NEAR(imbalance[0], gram_difference(x, 20, 15, 3).norm(), kTolerance);
    return change.norm();
  };
  const double coarse = drift(500), fine = drift(1000), finest = drift(2000);
  EXPECT_LT(finest, 0.01);
  EXPECT_NEAR(coarse / fine, 2, 0.1);
  EXPECT_NEAR(fine / finest, 2, 0.05);
}

TEST_F(ChainTest, TheBalancedStartIsBalanced) {
  const auto problem = make("deep_linear", {{"width", number(6)}, {"outputs", number(5)}});
  const Facts& facts = problem->facts();
  const auto factor = [&](std::size_t l) {
    const Block& block = facts.blocks[l];
    return Eigen::Map<const RowMajor>(facts.x0.data() + block.offset,
                                      static_cast<Index>(block.shape[0]),
                                      static_cast<Index>(block.shape[1]));
  };
  for (std::size_t l = 0; l + 1 < facts.blocks.size(); ++l) {
    const RowMajor difference =
        factor(l + 1).transpose() * factor(l + 1) - factor(l) * factor(l).transpose();
    EXPECT_LE(difference.norm(), kTolerance);
    EXPECT_NEAR(factor(l).squaredNorm(), 5 * 0.25, kTolerance) << "five singular values of 1/2";
  }
}

// Saxe, McClelland and Ganguli 2014, equation 12: along the singular vectors each mode of W_2 W_1
// grows as a(t) = s e^(2st) / (e^(2st) - 1 + s / a_0).
TEST_F(ChainTest, BalancedModesGrowAsInTheClosedForm) {
  const auto problem = make("deep_linear", {{"depth", number(2)}, {"tail", number(0)}});
  const Facts& facts = problem->facts();
  const double start = 0.1, time = 3;
  Vector x = plus(Vector(facts.n), start, facts.x_star);
  const auto flow = [&](const Vector& at) { return gradient(*problem, {}, at); };
  const int steps = 600;
  const double h = time / steps;  // of the classical Runge-Kutta method, whose error is O(h^4)
  for (int k = 0; k < steps; ++k) {
    const Vector k1 = flow(x), k2 = flow(plus(x, -h / 2, k1)), k3 = flow(plus(x, -h / 2, k2));
    const Vector k4 = flow(plus(x, -h, k3));
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i] -= h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
  }
  // Row i of W_1 is sqrt(a_i) q_i', and that of x* sqrt(sigma_i) q_i'.
  for (std::size_t i = 0; i < 4; ++i) {
    const double s = std::pow(10, -static_cast<double>(i) / 3), a0 = start * start * s;
    const double growth = std::exp(2 * s * time);
    const double a = s * growth / (growth - 1 + s / a0);
    for (std::size_t j = 0; j < 8; ++j)
      EXPECT_NEAR(x[8 * i + j], std::sqrt(a / s) * facts.x_star[8 * i + j], 1e-9);
  }
}

TEST_F(ChainTest, SizesThatDoNotFitAreRefused) {
  EXPECT_THROW(make("matrix_factorization", {{"rank", number(16)}}), ProblemError);
  EXPECT_THROW(make("matrix_factorization", {{"true_rank", number(16)}}), ProblemError);
  EXPECT_THROW(make("deep_linear", {{"outputs", number(3)}}), ProblemError);
}

}  // namespace
}  // namespace ravine::problems::testing
