// What sparse coding keeps of the textbook's problem although it is smooth and free of constraints.
#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "problems/facts.hpp"
#include "problems/matrices/target.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

using Eigen::Index;

constexpr std::size_t kLength = 6, kAtoms = 5, kSamples = 40;
constexpr std::size_t kCodes = kAtoms * kSamples;

class SparseCodingTest : public ::testing::Test {
 protected:
  std::unique_ptr<Problem> make(Given given) {
    given.insert(
        {{"p", number(kLength)}, {"atoms", number(kAtoms)}, {"samples", number(kSamples)}});
    return testing::make("sparse_coding", given, {0, 7}, data_.sets());
  }

 private:
  SmallData data_;
};

Vector random_point(const Problem& problem) {
  return plus(problem.facts().x0, 1, normal_vector(problem.facts().n, 2, "point"));
}

Eigen::MatrixXd hessian_at(Problem& problem, const Vector& x) {
  const auto n = static_cast<Index>(x.size());
  Eigen::MatrixXd h(n, n);
  EXPECT_EQ(problem.hessian({}, x, h.data()), Answer::ok);
  return h;
}

TEST_F(SparseCodingTest, BlocksAreCodesAndDictionary) {
  const auto problem = make({});
  const Facts& facts = problem->facts();
  ASSERT_EQ(facts.blocks.size(), 2U);
  EXPECT_EQ(facts.blocks[0].shape, (std::vector<std::uint64_t>{kAtoms, kSamples}));
  EXPECT_EQ(facts.blocks[1].shape, (std::vector<std::uint64_t>{kAtoms, kLength}));
}

TEST_F(SparseCodingTest, IsStrictlyConvexInEachBlock) {
  const auto problem = make({});
  const Eigen::MatrixXd h = hessian_at(*problem, random_point(*problem));
  const auto codes = static_cast<Index>(kCodes), rows = h.rows() - codes;
  const auto least = [](const Eigen::MatrixXd& block) {
    return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(block).eigenvalues().minCoeff();
  };
  EXPECT_GT(least(h.topLeftCorner(codes, codes)), 0);
  EXPECT_GT(least(h.bottomRightCorner(rows, rows)), 0);
  EXPECT_LT(least(h), 0) << "not in both";
}

// J is quadratic in W: Newton's step ends at the minimizer of the block.
TEST_F(SparseCodingTest, TheDictionaryIsFoundInOneStep) {
  const auto problem = make({});
  Vector x = random_point(*problem);
  const auto n = static_cast<Index>(x.size()), codes = static_cast<Index>(kCodes);
  const Eigen::MatrixXd h = hessian_at(*problem, x).bottomRightCorner(n - codes, n - codes);
  Vector g = gradient(*problem, {}, x);
  const double before = max_norm(std::span(g).subspan(kCodes));
  const Eigen::VectorXd step =
      h.ldlt().solve(Eigen::Map<const Eigen::VectorXd>(g.data() + codes, n - codes));
  for (Index i = codes; i < n; ++i) x[static_cast<std::size_t>(i)] -= step[i - codes];
  g = gradient(*problem, {}, x);
  EXPECT_LE(max_norm(std::span(g).subspan(kCodes)), 1000 * kUnitRoundoff * before);
}

// With |h| itself the minimizer along a code is S(w_k'r_k, lambda / 2) / |w_k|^2, r_k the residual
// without atom k, S the soft threshold.
TEST_F(SparseCodingTest, ACodeIsASoftThreshold) {
  const double lambda = 0.8;
  const auto problem = make({{"lambda", number(lambda)}, {"epsilon", number(1e-8)}});
  const Vector x = random_point(*problem);
  int zeros = 0;
  for (std::uint64_t i = 0; i < kCodes; ++i) {
    const auto cursor = problem->cursor({}, x);
    double slope = 0, square = 0;
    // Far out psi is |h|, and the slope a straight line: 2 |w|^2 h - 2 w'r + lambda.
    ASSERT_EQ(cursor->move(i, 1000 - x[i]), Answer::ok);
    ASSERT_EQ(cursor->partial(i, &slope, &square), Answer::ok);
    const double along = 0.5 * (1000 * square + lambda - slope);
    const double magnitude = std::max(0.0, std::abs(along) - lambda / 2) / (square / 2);
    const double expected = std::copysign(magnitude, along);
    if (expected == 0) ++zeros;
    // The slope changes its sign around it.
    for (const double side : {-1.0, 1.0}) {
      const auto beside = problem->cursor({}, x);
      ASSERT_EQ(beside->move(i, expected + side * 1e-5 - x[i]), Answer::ok);
      ASSERT_EQ(beside->partial(i, &slope, nullptr), Answer::ok);
      EXPECT_GT(side * slope, 0) << "code " << i;
    }
  }
  EXPECT_GT(zeros, 0);
  EXPECT_LT(zeros, static_cast<int>(kCodes));
}

// H c, W / c is the same product: at a minimum gamma |W|^2 = lambda/2 sum h psi'(h), in each row.
TEST_F(SparseCodingTest, TheScaleOfARowIsDecidedByThePenalties) {
  const auto problem = make({});
  const Vector x = random_point(*problem);
  const Vector g = gradient(*problem, {}, x);
  const double lambda = problem->facts().constants.at("lambda");
  const double gamma = problem->facts().constants.at("gamma");
  for (std::size_t k = 0; k < kAtoms; ++k) {
    double along = 0, l1 = 0, squares = 0;
    for (std::size_t n = 0; n < kSamples; ++n) {
      const double h = x[k * kSamples + n];
      along += g[k * kSamples + n] * h;
      l1 += h * h / std::sqrt(h * h + 1e-4);
    }
    for (std::size_t j = kCodes + k * kLength; j < kCodes + (k + 1) * kLength; ++j) {
      along -= g[j] * x[j];
      squares += x[j] * x[j];
    }
    EXPECT_NEAR(along, lambda * l1 - 2 * gamma * squares, 1e-10);
  }
}

TEST_F(SparseCodingTest, ZeroIsALocalMinimumWhereTheCodesAreHeldFast) {
  EXPECT_EQ(make({})->facts().landmarks.at(0).kind, Landmark::Kind::saddle);
  const auto held = make({{"lambda", number(20)}, {"epsilon", number(1e-4)}});
  EXPECT_EQ(held->facts().landmarks.at(0).kind, Landmark::Kind::minimum);
  EXPECT_GT(hessian_at(*held, Vector(held->facts().n)).ldlt().vectorD().minCoeff(), 0);
}

// With one atom a sample, the samples' directions are the generator's dictionary.
TEST_F(SparseCodingTest, MetricsKnowTheGenerator) {
  const auto problem = make({{"sparsity", number(1)}, {"epsilon", number(1e-4)}});
  const Facts& facts = problem->facts();
  // Half the slope for W at H = 0 along one code is minus the sample: X = -1/2 dJ/dW at H = e_kn,
  // W = 0.
  Vector x(facts.n);
  std::vector<Vector> samples;
  for (std::size_t n = 0; n < kSamples; ++n) {
    x[n] = 1;
    const Vector g = gradient(*problem, {}, x);
    x[n] = 0;
    Vector sample(kLength);
    for (std::size_t i = 0; i < kLength; ++i) sample[i] = -0.5 * g[kCodes + i];
    samples.push_back(sample);
  }
  std::size_t atoms = 0;
  double l1 = 0;
  for (std::size_t n = 0; n < kSamples; ++n) {
    const Eigen::Map<const Eigen::VectorXd> sample(samples[n].data(), kLength);
    bool assigned = false;
    for (std::size_t k = 0; k < kAtoms && !assigned; ++k) {
      Eigen::Map<Eigen::VectorXd> row(&x[kCodes + k * kLength], kLength);
      if (k == atoms) {
        row = sample / sample.norm();
        ++atoms;
      }
      const double h = row.dot(sample);
      if (std::abs(h) < (1 - 1e-12) * sample.norm()) continue;
      x[k * kSamples + n] = h;
      l1 += std::abs(h);
      assigned = true;
    }
    ASSERT_TRUE(assigned);
  }
  ASSERT_EQ(atoms, kAtoms);
  Vector metrics(4);
  ASSERT_EQ(problem->measure(x, metrics), Answer::ok);
  const double lambda = facts.constants.at("lambda"), gamma = facts.constants.at("gamma");
  EXPECT_NEAR(metrics[0], lambda * l1 + gamma * kAtoms, 1e-10);
  EXPECT_NEAR(gamma, lambda * l1 / (2 * kAtoms), 1e-12) << "what keeps these rows at norm 1";
  EXPECT_LT(metrics[1], 1e-20) << "the samples are explained";
  EXPECT_EQ(metrics[2], 1.0 / kAtoms);
  EXPECT_EQ(metrics[3], 1);
  EXPECT_NEAR(value(*problem, {}, x), metrics[0], lambda * kCodes * 1e-4);
  ASSERT_EQ(problem->measure(facts.x0, metrics), Answer::ok);
  EXPECT_LT(metrics[3], 1);
  EXPECT_EQ(metrics[2], 0);
}

}  // namespace
}  // namespace ravine::problems::testing
