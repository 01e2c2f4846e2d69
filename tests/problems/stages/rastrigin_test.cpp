#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <cmath>
#include <numbers>

#include "problems/facts.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

class Rastrigin : public ::testing::Test {
 protected:
  std::unique_ptr<Problem> make(const Given& given, const Instance& instance = {}) {
    return testing::make("rastrigin", given, instance, no_data_);
  }

 private:
  DataSets no_data_{"nowhere"};
};

// E h(Z) for Z ~ N(0, 1), by the Gauss-Hermite rule of 80 nodes: eigenvalues of the Jacobi matrix
// with sqrt(k) beside the diagonal, weights from the eigenvectors (Golub and Welsch 1969).
template <class Function>
double expectation(Function h) {
  constexpr int kNodes = 80;
  const Eigen::VectorXd diagonal = Eigen::VectorXd::Zero(kNodes);
  const Eigen::VectorXd beside = Eigen::VectorXd::LinSpaced(kNodes - 1, 1, kNodes - 1).cwiseSqrt();
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> rule;
  rule.computeFromTridiagonal(diagonal, beside);
  double sum = 0;
  for (int k = 0; k < kNodes; ++k) {
    const double root_weight = rule.eigenvectors()(0, k);
    sum += root_weight * root_weight * h(rule.eigenvalues()[k]);
  }
  return sum;
}

double rastrigin(double A, double x) { return A + x * x - A * std::cos(2 * std::numbers::pi * x); }

TEST_F(Rastrigin, DirectStageIsTheFunction) {
  const auto problem = make({{"n", number(3)}, {"amplitude", number(7)}});
  const Vector x = {0.3, -1.7, 4.9};
  const double expected = rastrigin(7, x[0]) + rastrigin(7, x[1]) + rastrigin(7, x[2]);
  EXPECT_NEAR(value(*problem, {}, x), expected, 20 * kUnitRoundoff * expected);
}

TEST_F(Rastrigin, StagesAreExpectationsUnderGaussianNoise) {
  const auto problem = make({{"n", number(1)}, {"stages", number(5)}});
  for (std::uint64_t stage = 0; stage < 5; ++stage) {
    const double t = problem->facts().stages[stage].parameter;
    for (const double x : {-2.3, 0.0, 0.4, 3.1}) {
      const double expected = expectation([&](double z) { return rastrigin(10, x + t * z); });
      // 80 nodes integrate the cosine to rounding; terms reach some hundreds.
      EXPECT_NEAR(value(*problem, {stage}, {x}), expected, 1e-12) << "t = " << t << ", x = " << x;
    }
  }
}

TEST_F(Rastrigin, StagesGoLinearlyToZero) {
  const Facts facts = make({{"t0", number(0.6)}, {"stages", number(5)}})->facts();
  ASSERT_EQ(facts.stages.size(), 5U);
  EXPECT_EQ(facts.stages[0].parameter, 0.6);
  EXPECT_EQ(facts.stages[1].name, "t=0.45");
  EXPECT_NEAR(facts.stages[2].parameter, 0.3, 1e-15);
  EXPECT_EQ(facts.stages[4].parameter, 0);
  EXPECT_EQ(facts.stages[4].name, "t=0");
  EXPECT_EQ(make({})->facts().stages.size(), 1U);
}

// Curvature is least at x = 1/2; the threshold is sqrt(ln(2 pi^2 A) / (2 pi^2)) = 0.517447.
TEST_F(Rastrigin, IsConvexFromTheThresholdOn) {
  for (const double t0 : {0.5174, 0.5175}) {
    const auto problem = make({{"n", number(1)}, {"t0", number(t0)}, {"stages", number(2)}});
    const double curvature = hessian_vector(*problem, {0}, {0.5}, {1})[0];
    EXPECT_EQ(curvature > 0, t0 > 0.517447);
    EXPECT_LT(std::abs(curvature), 0.01);
  }
}

// Gradient descent with step 1 / L, 3000 steps a stage: enough for the flattest stage, where one
// step takes away 2 / 397 of the distance.
double descend(Problem& problem) {
  Vector x = problem.facts().x0;
  const double L = problem.facts().constants.at("L");
  for (std::uint64_t stage = 0; stage < problem.facts().stages.size(); ++stage)
    for (int k = 0; k < 3000; ++k) x = plus(x, -1 / L, gradient(problem, {stage}, x));
  return value(problem, {problem.facts().stages.size() - 1}, x);
}

TEST_F(Rastrigin, DirectDescentIsStuckWhereContinuationIsNot) {
  // Local minima near 3 and -3: f = 8.954626 each.
  EXPECT_NEAR(descend(*make({})), 2 * 8.954626, 1e-4);
  EXPECT_LT(descend(*make({{"stages", number(6)}})), 1e-20);
}

}  // namespace
}  // namespace ravine::problems::testing
