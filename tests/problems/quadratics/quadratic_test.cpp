#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <cmath>

#include "problems/facts.hpp"
#include "problems/linear/reduce.hpp"
#include "problems/linear/spectrum.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

class Quadratic : public ::testing::Test {
 protected:
  std::unique_ptr<Problem> make(const Given& given, const Instance& instance = {}) {
    return testing::make("quadratic", given, instance, no_data_);
  }

  std::string refusal(const Given& given) {
    try {
      make(given);
    } catch (const ProblemError& error) {
      return error.what();
    }
    return "accepted";
  }

 private:
  DataSets no_data_{"nowhere"};
};

TEST_F(Quadratic, CanonicalTwoVariablesAreDiagOneKappaFromOnes) {
  const auto problem = make({{"n", number(2)}, {"kappa", number(1000)}, {"spectrum", word("two")}});
  EXPECT_EQ(problem->facts().x0, (Vector{1, 1}));
  EXPECT_EQ(problem->facts().x_star, (Vector{0, 0}));
  EXPECT_EQ(value(*problem, {}, {1, 1}), 500.5);
  EXPECT_EQ(gradient(*problem, {}, {3, -2}), (Vector{3, -2000}));
  Vector h(4);
  ASSERT_EQ(problem->hessian({}, problem->facts().x0, h.data()), Answer::ok);
  EXPECT_EQ(h, (Vector{1, 0, 0, 1000}));
}

TEST_F(Quadratic, ConstantsAreThoseOfTheSpectrum) {
  const Facts facts = make({{"kappa", number(1e5)}})->facts();
  EXPECT_EQ(facts.constants.at("mu"), 1);
  EXPECT_EQ(facts.constants.at("L"), 1e5);
  EXPECT_EQ(facts.constants.at("kappa"), 1e5);
  EXPECT_EQ(facts.rounding_floor, 0);
}

TEST_F(Quadratic, ComponentsAreTheLengthsWithinTheEigenspaces) {
  for (const char* rotation : {"none", "hadamard"}) {
    const auto problem = make({{"n", number(12)},
                               {"spectrum", word("distinct")},
                               {"groups", number(4)},
                               {"rotation", word(rotation)},
                               {"components", word("each")}},
                              {1, 77});
    const Facts& facts = problem->facts();
    ASSERT_EQ(facts.metrics.size(), 4U);
    EXPECT_EQ(facts.constants.at("lambda_4"), facts.constants.at("L"));
    Vector lengths(4);
    ASSERT_EQ(problem->measure(facts.x0, lengths), Answer::ok);
    // Their squares add up to |x - c|^2, and lambda times half of them to f.
    double squares = 0, f = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      squares += lengths[i] * lengths[i];
      f += 0.5 * facts.constants.at("lambda_" + std::to_string(i + 1)) * lengths[i] * lengths[i];
    }
    const Vector apart = plus(facts.x0, -1, facts.x_star);
    EXPECT_NEAR(squares, dot(apart, apart), 1e-13 * squares);
    EXPECT_NEAR(f, value(*problem, {}, facts.x0), 1e-13 * f);
  }
  EXPECT_THROW(make({{"n", number(20)}, {"components", word("each")}}), ProblemError);
}

TEST_F(Quadratic, ASpectrumWithAConditionOfItsOwnTakesNone) {
  EXPECT_THROW(make({{"spectrum", word("laplacian")}, {"kappa", number(10)}}), ProblemError);
  EXPECT_NO_THROW(make({{"spectrum", word("laplacian")}}));
}

TEST_F(Quadratic, HessianHasThePrescribedSpectrum) {
  for (const std::string& name : spectrum_names()) {
    for (const char* rotation : {"hadamard", "householder", "dense"}) {
      const std::uint64_t n = 50;
      const Instance drawn{1, 77};
      const bool own = name == "laplacian" || name == "deepobs";  // conditioned by themselves
      const auto problem = make({{"n", number(50)},
                                 {"kappa", number(own ? 100 : 1e4)},
                                 {"spectrum", word(name)},
                                 {"rotation", word(rotation)}},
                                drawn);
      Eigen::MatrixXd h(n, n);
      ASSERT_EQ(problem->hessian({}, problem->facts().x0, h.data()), Answer::ok);
      const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(h, Eigen::EigenvaluesOnly);
      const Vector d = spectrum(name, n, 1e4, 5, drawn.seed);
      // Weyl: an eigenvalue moves by at most the norm of the error of H, here some hundred
      // roundings of L in the rotation and the solver.
      for (std::uint64_t i = 0; i < n; ++i)
        EXPECT_NEAR(solver.eigenvalues()[static_cast<Eigen::Index>(i)], d[i],
                    500 * kUnitRoundoff * d.back())
            << name << " " << rotation;
    }
  }
}

// kappa = 100: entries beside the diagonal reach 49.5 for n = 2 at 45 degrees.
TEST_F(Quadratic, CanonicalRotationLeavesNoAxisAligned) {
  for (const double n : {2.0, 3.0, 5.0, 16.0}) {
    const auto problem = make({{"n", number(n)}, {"rotation", word("hadamard")}});
    const auto size = static_cast<std::size_t>(n);
    Vector h(size * size);
    ASSERT_EQ(problem->hessian({}, problem->facts().x0, h.data()), Answer::ok);
    EXPECT_GT(max_norm(std::span(h).subspan(1, size - 1)), 5) << n;
  }
}

// Q'(x0 - c) = (1, ..., 1), whatever the rotation.
TEST_F(Quadratic, CanonicalStartIsHalfTheTraceAbove) {
  for (const char* rotation : {"none", "hadamard"}) {
    const auto problem = make({{"n", number(1000)}, {"rotation", word(rotation)}});
    const double half_trace = 0.5 * sum(spectrum("log", 1000, 100, 0));
    EXPECT_NEAR(value(*problem, {}, problem->facts().x0), half_trace,
                1000 * kUnitRoundoff * half_trace);
  }
}

TEST_F(Quadratic, OnlyDrawnInstancesDependOnTheSeed) {
  const Given rotated = {{"rotation", word("hadamard")}};
  EXPECT_EQ(make(rotated, {0, 1})->facts().x0, make(rotated, {0, 2})->facts().x0);
  EXPECT_NE(make(rotated, {1, 1})->facts().x0, make(rotated, {1, 2})->facts().x0);
  EXPECT_NE(make(rotated, {1, 1})->facts().x_star, make(rotated, {1, 2})->facts().x_star);
  const Vector v = normal_vector(100, 1, "v");
  EXPECT_NE(hessian_vector(*make(rotated, {1, 1}), {}, v, v),
            hessian_vector(*make(rotated, {1, 2}), {}, v, v));
}

// The floor is what is left at the doubles next to the minimizer; a neighbour in every coordinate
// is up to 2 u |c| away, that is four times it, and at least u |c|.
TEST_F(Quadratic, RoundingFloorIsTheValueBesideTheMinimizer) {
  for (const char* rotation : {"none", "hadamard"}) {
    const auto problem =
        make({{"n", number(300)}, {"kappa", number(1e3)}, {"rotation", word(rotation)}}, {1, 5});
    const Facts& facts = problem->facts();
    Vector beside = facts.x_star;
    for (double& x : beside) x = std::nextafter(x, 10.0);
    const double relative = value(*problem, {}, beside) / value(*problem, {}, facts.x0);
    EXPECT_GT(relative, 0.2 * facts.rounding_floor);
    EXPECT_LT(relative, 8 * facts.rounding_floor);
  }
}

TEST_F(Quadratic, RefusalsNameTheParameterAndItsRange) {
  EXPECT_EQ(refusal({{"n", number(1)}}),
            "parameter 'kappa' of problem 'quadratic' must be 1 for n = 1");
  EXPECT_EQ(refusal({{"n", number(4)}, {"spectrum", word("distinct")}}),
            "parameter 'groups' of problem 'quadratic' must be from 2 (from 1 for kappa = 1) to "
            "n = 4, not 5");
  EXPECT_EQ(refusal({{"groups", number(1)}, {"spectrum", word("distinct")}}),
            "parameter 'groups' of problem 'quadratic' must be from 2 (from 1 for kappa = 1) to "
            "n = 100, not 1");
}

TEST_F(Quadratic, AMillionResidualsHaveProductsAndNoDenseJacobian) {
  for (const std::string rotation : {"none", "hadamard", "householder"}) {
    const auto problem = make({{"n", number(1e6)}, {"rotation", word(rotation)}});
    Residuals& squares = *problem->residuals();
    const Vector x = generic_point(*problem);
    Vector r(squares.count()), slope(x.size());
    ASSERT_EQ(squares.residuals(x, r.data()), Answer::ok);
    const double f = value(*problem, {}, x);
    EXPECT_NEAR(squares.scale() * dot(r, r), f, 1e-12 * f);
    ASSERT_EQ(squares.vector_jacobian(x, r.data(), slope.data()), Answer::ok);
    const Vector g = gradient(*problem, {}, x);
    EXPECT_LE(max_norm(plus(slope, -1, g)), 1e-12 * max_norm(g)) << rotation;
    double untouched = 7;
    EXPECT_EQ(squares.jacobian(x, &untouched), Answer::not_supported);
    EXPECT_EQ(untouched, 7);
  }
}

TEST_F(Quadratic, AMillionVariablesHaveNoDenseHessian) {
  const auto problem = make({{"n", number(1e6)}, {"rotation", word("hadamard")}}, {1, 3});
  EXPECT_FALSE(problem->facts().offers_hessian);
  const Vector& x0 = problem->facts().x0;
  const Vector g = gradient(*problem, {}, x0);
  // Euler's identity f = g'(x - c) / 2; a sum of 10^6 terms in 8 lanes.
  const double product = dot(g, plus(x0, -1, problem->facts().x_star));
  const double f = value(*problem, {}, x0);
  EXPECT_NEAR(f, 0.5 * product, 1e6 * kUnitRoundoff * f);
}

}  // namespace
}  // namespace ravine::problems::testing
