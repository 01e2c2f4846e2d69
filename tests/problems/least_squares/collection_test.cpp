// What is told of Moré, Garbow and Hillstrom's problems 1 to 20, and what copies of them get wrong.
#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "problems/catalog.hpp"
#include "problems/facts.hpp"
#include "problems/linear/reduce.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"
#include "tests/problems/support/nist.hpp"

namespace ravine::problems::testing {
namespace {

std::unique_ptr<Problem> problem(const std::string& family, const Given& given = {}) {
  DataSets none;
  return make(family, given, {}, none);
}

double landmark(const Problem& problem, const std::string& name) {
  for (const Landmark& landmark : problem.facts().landmarks)
    if (landmark.name == name) return landmark.f;
  ADD_FAILURE() << "no landmark " << name;
  return 0;
}

// f at the start, which also proves that the data are complete.
TEST(LeastSquares, StartsHaveTheKnownValues) {
  const struct {
    std::string family;
    Given given;
    double f0;
  } known[] = {
      {"rosenbrock", {}, 24.2},
      {"freudenstein_roth", {}, 400.5},
      {"powell_badly_scaled", {}, 1.135261717348378},
      {"brown_badly_scaled", {}, 999998000003},
      {"beale", {}, 14.203125},
      {"jennrich_sampson", {}, 4171.306161960493},
      {"helical_valley", {}, 2500},
      {"bard", {}, 41.68169586167801},
      {"gaussian_fit", {}, 3.888106991166676e-6},
      {"meyer", {}, 1693607809.436146},
      {"gulf", {}, 12.11070582556949},
      {"box_3d", {}, 1031.153810609398},
      {"powell_singular", {}, 215},
      {"wood", {}, 19192},
      {"kowalik_osborne", {}, .00531317227210854},
      {"brown_dennis", {}, 7926693.336997432},
      {"osborne_1", {}, .8790262935446407},
      {"biggs_exp6", {}, .7790700756559704},
      {"osborne_2", {}, 2.093419514212064},
      {"watson", {}, 30},
      {"watson", {{"n", number(31)}}, 30},
  };
  for (const auto& [family, given, f0] : known) {
    const auto tested = problem(family, given);
    // Differences of data and model lose up to two digits.
    EXPECT_NEAR(value(*tested, {}, tested->facts().x0), f0, 1e-13 * f0) << family;
  }
}

TEST(LeastSquares, RosenbrocksValleyOfTwoVariablesIsTheFirstOfThem) {
  const auto valley = problem("rosenbrock");
  EXPECT_EQ(valley->facts().x0, (Vector{-1.2, 1}));
  EXPECT_EQ(valley->residuals()->count(), 2U);
}

TEST(LeastSquares, StartScaleMultipliesTheStart) {
  EXPECT_EQ(problem("wood", {{"start_scale", number(10)}})->facts().x0,
            (Vector{-30, -10, -30, -10}));
  EXPECT_EQ(problem("watson", {{"n", number(2)}, {"start_scale", number(100)}})->facts().x0,
            (Vector{100, 100}));
}

// What is refused for an instance of the collection, or "accepted".
std::string refusal(const std::string& family, double scale) {
  try {
    const auto accepted = problem(family, {{"start_scale", number(scale)}});
    EXPECT_TRUE(std::isfinite(value(*accepted, {}, accepted->facts().x0))) << family;
    EXPECT_TRUE(std::isfinite(max_norm(gradient(*accepted, {}, accepted->facts().x0)))) << family;
  } catch (const ProblemError& error) {
    return error.what();
  }
  return "accepted";
}

// Of the collection's own scales one overflows: exp(10 * 40), squared.
TEST(LeastSquares, StartsBeyondTheDoublesAreRefused) {
  for (const Family& family : catalog()) {
    const bool scaled = std::ranges::any_of(
        family.parameters, [](const ParameterSpec& spec) { return spec.name == "start_scale"; });
    for (const double scale : {1.0, 10.0, 100.0, 1000.0}) {
      if (!scaled) continue;
      const bool beyond = (family.id == "jennrich_sampson" && scale >= 100) ||
                          (family.id == "gulf" && scale == 1000);
      EXPECT_EQ(refusal(family.id, scale) != "accepted", beyond) << family.id << " " << scale;
    }
  }
  EXPECT_EQ(refusal("jennrich_sampson", 100),
            "start_scale = 100 of problem 'jennrich_sampson': f(x0) or its gradient is not finite "
            "there; use 1 or 10");
  EXPECT_EQ(refusal("gulf", 1000),
            "start_scale = 1000 of problem 'gulf': f(x0) or its gradient is not finite there; use "
            "1 or 10 or 100");
}

// Three of them are NIST's data sets from their second start.
TEST(LeastSquares, ModelsThatNistHasAreTheSameThere) {
  if (!nist_missing().empty()) GTEST_SKIP() << nist_missing();
  const std::pair<std::string, std::string> pairs[] = {
      {"meyer", "MGH10"}, {"kowalik_osborne", "MGH09"}, {"osborne_1", "MGH17"}};
  for (const auto& [family, set] : pairs) {
    SCOPED_TRACE(family);
    const auto here = problem(family), there = make_nist(set, 2);
    EXPECT_EQ(here->facts().x0, there->facts().x0);
    Vector x = here->facts().x0;
    for (double& entry : x) entry *= 1.01;
    const double f = value(*there, {}, x);
    EXPECT_NEAR(value(*here, {}, x), f, 1e-13 * f);
    // Certified in 11 digits.
    EXPECT_NEAR(*here->facts().f_star, *there->facts().f_star, 1e-10 * *there->facts().f_star);
  }
}

// The angle is in turns and on the left half plane about 1/2, on both sides of its axis.
TEST(LeastSquares, HelicalValleyJumpsBelowTheAxisOnly) {
  const auto valley = problem("helical_valley");
  const auto angle = [&](double x1, double x2) {
    Vector r(3);
    EXPECT_EQ(valley->residuals()->residuals(Vector{x1, x2, 0}, r.data()), Answer::ok);
    return -r[0] / 100;
  };
  EXPECT_NEAR(angle(-1, 1e-9), .5, 1e-9);
  EXPECT_NEAR(angle(-1, -1e-9), .5, 1e-9);
  EXPECT_NEAR(angle(1e-9, 1), .25, 1e-9);
  EXPECT_EQ(angle(0, 1), .25);
  EXPECT_NEAR(angle(-1e-9, 1), .25, 1e-9);
  EXPECT_NEAR(angle(1e-9, -1), -.25, 1e-9);
  EXPECT_NEAR(angle(-1e-9, -1), .75, 1e-9);
  // Nor does it jump where the formula changes, at |x1| = |x2|.
  for (const double x1 : {-1.0, 1.0})
    for (const double x2 : {-1.0, 1.0})
      EXPECT_NEAR(angle(x1, x2 * (1 - 1e-9)), angle(x1, x2 * (1 + 1e-9)), 1e-9);
  // The slopes are those of the formula that the paper has, on the axis too.
  const Vector g = gradient(*valley, {}, {0, 2, 3});
  EXPECT_NEAR(g[0], 2 * 10 * (3 - 2.5) * 100 / (2 * std::numbers::pi * 2), 1e-11);
}

TEST(LeastSquares, GulfsLastTermIsFlatAtTheMinimum) {
  const auto gulf = problem("gulf", {{"m", number(100)}});
  const Vector x_star = gulf->facts().x_star;
  EXPECT_LT(value(*gulf, {}, x_star), 1e-27);
  EXPECT_LT(max_norm(gradient(*gulf, {}, x_star)), 1e-13);
  const Vector hv = hessian_vector(*gulf, {}, x_star, {1, 1, 1});
  for (const double entry : hv) EXPECT_TRUE(std::isfinite(entry));
  // Which is the limit: the term's share of the curvature is that of its neighbours along x3.
  const Vector beside = hessian_vector(*gulf, {}, {50, 25 + 1e-9, 1.5}, {0, 0, 1});
  EXPECT_NEAR(hessian_vector(*gulf, {}, x_star, {0, 0, 1})[2], beside[2], 1e-6 * beside[2]);
}

TEST(LeastSquares, ValuesAtInfinityAreApproached) {
  const auto beale = problem("beale");
  EXPECT_NEAR(value(*beale, {}, {-1e7, 1 + 13.875 / 14 / 1e7}),
              landmark(*beale, "|x1| -> inf, x2 -> 1"), 1e-6);
  EXPECT_NEAR(landmark(*beale, "|x1| -> inf, x2 -> 1"), .452008929, 1e-9);

  const auto bard = problem("bard");
  Vector far = {0, -1e12, -1e12};  // where only x1 is left, and fits best as the mean of y
  for (const double y :
       {.14, .18, .22, .25, .29, .32, .35, .39, .37, .58, .73, .96, 1.34, 2.1, 4.39})
    far[0] += y / 15;
  EXPECT_NEAR(far[0], .840666667, 1e-9);
  EXPECT_NEAR(value(*bard, {}, far), landmark(*bard, "x2, x3 -> -inf"), 1e-9);

  // x3 and x4 in the ratios to x1 that fit best.
  const auto kowalik = problem("kowalik_osborne");
  const double x1 = 1e9;
  EXPECT_NEAR(value(*kowalik, {},
                    {x1, -14.075883400603309, -45.25719173932302 * x1, -28.231496899087899 * x1}),
              landmark(*kowalik, "x1 -> inf, x2 -> -14.0759, x3, x4 -> -inf"), 1e-9);
}

TEST(LeastSquares, SetsOfMinimaAreMinimaWhereverTheyAreEntered) {
  const auto box = problem("box_3d");
  for (const double rate : {-1.0, 0.0, 7.5}) EXPECT_EQ(value(*box, {}, {rate, rate, 0}), 0);

  const auto biggs = problem("biggs_exp6");
  const double ridge = landmark(*biggs, "ridge x1 = x5");
  EXPECT_NEAR(ridge, 5.65565e-3, 1e-8);  // what the paper gives as the minimum
  for (const double x3 : {-1.0, 1.0, 3.0}) {
    const Vector x = {1.71141595, 17.68319718, x3, 5.18656078, 1.71141595, 2.32628726 - x3};
    EXPECT_NEAR(value(*biggs, {}, x), ridge, 1e-13);
    EXPECT_LT(max_norm(gradient(*biggs, {}, x)), 1e-7);
  }
}

TEST(LeastSquares, WoodsSaddleHasOneDirectionDown) {
  const auto wood = problem("wood");
  ASSERT_EQ(wood->facts().landmarks.size(), 1U);
  Eigen::MatrixXd h(4, 4);
  ASSERT_EQ(wood->hessian({}, wood->facts().landmarks[0].x, h.data()), Answer::ok);
  const Eigen::VectorXd lambda =
      Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(h, Eigen::EigenvaluesOnly).eigenvalues();
  EXPECT_NEAR(lambda[0], -.1195, 5e-5);
  EXPECT_GT(lambda[1], 0);
}

// The paper's figures, in the digits that it prints.
TEST(LeastSquares, WatsonsMinimaAreThePapers) {
  const std::pair<double, double> known[] = {{6, 2.28767e-3}, {9, 1.39976e-6}, {12, 4.72238e-10}};
  for (const auto& [n, f] : known)
    EXPECT_NEAR(*problem("watson", {{"n", number(n)}})->facts().f_star, f, 3e-6 * f);
  EXPECT_FALSE(problem("watson", {{"n", number(20)}})->facts().f_star.has_value());
}

}  // namespace
}  // namespace ravine::problems::testing
