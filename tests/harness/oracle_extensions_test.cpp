// What the oracle's extensions answer, cost and refuse.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "harness/measure/oracle.hpp"
#include "tests/harness/support.hpp"

namespace {

using namespace ravine;
using results::HitRule;

harness::TrialSpec rosenbrock(double n) {
  harness::TrialSpec trial = test::plain_trial("rosenbrock", 1);
  trial.parameters["n"] = {n, ""};
  return trial;
}

template <class Table>
const Table& table(const ravine_oracle& o, const char* name) {
  const auto* found = static_cast<const Table*>(o.extension(&o, name));
  EXPECT_NE(found, nullptr) << name;
  return *found;
}

TEST(Partials, CostTheirShareOfAGradient) {
  const auto record = test::run_once(
      test::quadratic(8), [](const ravine_oracle& o, const ravine_step& s, double* x) {
        const auto& partials = table<ravine_partials>(o, RAVINE_EXTENSION_PARTIALS);
        EXPECT_EQ(partials.open(&o, s.ticket, x), RAVINE_OK);
        double first = 0, second = 0;
        for (std::uint64_t i = 0; i < 4; ++i) {
          EXPECT_EQ(partials.partial(&o, i, &first, &second), RAVINE_OK);
          EXPECT_EQ(partials.move(&o, i, -first / second), RAVINE_OK);
          EXPECT_EQ(partials.partial(&o, i, &first, nullptr), RAVINE_OK);
          // One rounding of x_i = 1, times a curvature of at most 100.
          EXPECT_NEAR(first, 0, 100 * 0x1p-53) << "minimized along " << i;
        }
        EXPECT_EQ(partials.close(&o), RAVINE_OK);
        return RAVINE_OK;
      });
  EXPECT_EQ(record.counts.partials, 8U);
  EXPECT_EQ(record.counts.values, 1U) << "opening takes a pass";
  EXPECT_DOUBLE_EQ(record.oracle_cost, 1.0 / 3 + 1.0);
  EXPECT_TRUE(record.notes.empty());
}

TEST(Partials, ACursorLastsFromStepToStepUntilItIsClosed) {
  const auto record = test::run_once(
      test::quadratic(3),
      [](const ravine_oracle& o, const ravine_step& s, double* x) {
        const auto& partials = table<ravine_partials>(o, RAVINE_EXTENSION_PARTIALS);
        if (s.iteration == 0) {
          EXPECT_EQ(partials.open(&o, s.ticket, x), RAVINE_OK);
        }
        double first = 0, second = 0;
        EXPECT_EQ(partials.partial(&o, s.iteration, &first, &second), RAVINE_OK);
        const double delta = -first / second;
        EXPECT_EQ(partials.move(&o, s.iteration, delta), RAVINE_OK);
        x[s.iteration] += delta;
        return RAVINE_OK;
      },
      ~UINT64_C(0), 3);
  EXPECT_EQ(record.iterations, 3U);
  // Separable: three coordinates are the minimum, to the roundings above.
  EXPECT_LT(record.f_last.value_or(1), 1e-25);
}

TEST(Partials, BrokenRulesAreAnsweredAndNoted) {
  const auto record = test::run_once(
      test::quadratic(3), [](const ravine_oracle& o, const ravine_step& s, double* x) {
        const auto& partials = table<ravine_partials>(o, RAVINE_EXTENSION_PARTIALS);
        double first = 7;
        EXPECT_EQ(partials.partial(&o, 0, &first, nullptr), RAVINE_INVALID);
        EXPECT_EQ(partials.move(&o, 0, 1), RAVINE_INVALID);
        EXPECT_EQ(partials.close(&o), RAVINE_INVALID);
        EXPECT_EQ(partials.open(&o, s.ticket, nullptr), RAVINE_INVALID);
        EXPECT_EQ(partials.open(&o, s.ticket, x), RAVINE_OK);
        EXPECT_EQ(partials.open(&o, s.ticket, x), RAVINE_INVALID) << "one at a time";
        EXPECT_EQ(partials.partial(&o, 3, &first, nullptr), RAVINE_INVALID);
        EXPECT_EQ(partials.partial(&o, 0, nullptr, nullptr), RAVINE_INVALID);
        EXPECT_EQ(first, 7);
        return RAVINE_OK;
      });
  EXPECT_DOUBLE_EQ(record.oracle_cost, 1.0 / 3) << "what was not answered is not charged";
  EXPECT_FALSE(record.notes.empty());
}

TEST(Partials, IteratesStandInForEvaluationsByTheCostRule) {
  harness::TrialSpec trial = test::quadratic(2);
  trial.targets = {{.name = "half", .metric = {}, .level = 0.5}};
  const auto record = test::run_once(
      trial,
      [](const ravine_oracle& o, const ravine_step& s, double* x) {
        const auto& partials = table<ravine_partials>(o, RAVINE_EXTENSION_PARTIALS);
        double first = 0, second = 0;
        EXPECT_EQ(partials.open(&o, s.ticket, x), RAVINE_OK);
        EXPECT_EQ(partials.partial(&o, 1, &first, &second), RAVINE_OK);
        x[1] -= first / second;
        return partials.close(&o);
      },
      ~UINT64_C(0), 5);
  const auto* hit = test::find_hit(record, "half", HitRule::evaluation);
  ASSERT_NE(hit, nullptr);
  EXPECT_DOUBLE_EQ(hit->oracle_cost, 1.0 / 3 + 0.5);  // a pass to open; one partial of two
}

TEST(Bounds, ArePartOfTheTaskOnlyWhereThereIsABox) {
  test::run_once(test::quadratic(2), [](const ravine_oracle& o, const ravine_step&, double*) {
    EXPECT_EQ(o.extension(&o, RAVINE_EXTENSION_BOUNDS), nullptr);
    return RAVINE_OK;
  });
}

TEST(Residuals, CostAValueAProductOrNOfThem) {
  const auto record =
      test::run_once(rosenbrock(3), [](const ravine_oracle& o, const ravine_step& s, double* x) {
        const auto& r = table<ravine_residuals>(o, RAVINE_EXTENSION_RESIDUALS);
        EXPECT_EQ(r.count, 4U);
        std::vector<double> out(4), v(3, 1.0), back(3), j(12);
        EXPECT_EQ(r.residuals(&o, s.ticket, x, out.data()), RAVINE_OK);
        EXPECT_EQ(r.jacobian_vector(&o, s.ticket, x, v.data(), out.data()), RAVINE_OK);
        EXPECT_EQ(r.vector_jacobian(&o, s.ticket, x, out.data(), back.data()), RAVINE_OK);
        EXPECT_EQ(r.jacobian(&o, s.ticket, x, j.data()), RAVINE_OK);
        EXPECT_EQ(r.residuals(&o, s.ticket, nullptr, out.data()), RAVINE_INVALID);
        EXPECT_EQ(r.residuals(&o, 5, x, out.data()), RAVINE_NOT_SUPPORTED) << "no batches";
        return RAVINE_OK;
      });
  EXPECT_DOUBLE_EQ(record.oracle_cost, 1.0 / 3.0 + 1 + 1 + 3);
  EXPECT_EQ(record.counts.values, 1U);
  EXPECT_EQ(record.counts.gradients, 5U);
}

TEST(Residuals, AJacobianThatIsTooLargeCostsNothing) {
  const auto record = test::run_once(
      test::quadratic(3000), [](const ravine_oracle& o, const ravine_step& s, double* x) {
        const auto& r = table<ravine_residuals>(o, RAVINE_EXTENSION_RESIDUALS);
        std::vector<double> j(1, 7);
        EXPECT_EQ(r.jacobian(&o, s.ticket, x, j.data()), RAVINE_NOT_SUPPORTED);
        EXPECT_EQ(j[0], 7) << "untouched";
        return RAVINE_OK;
      });
  EXPECT_EQ(record.oracle_cost, 0);
  EXPECT_EQ(record.counts.gradients, 0U);
}

TEST(SampleGradients, AverageToThatOfTheirBatch) {
  const auto record = test::run_once(
      test::small_net(4), [](const ravine_oracle& o, const ravine_step& s, double* x) {
        const auto& single = table<ravine_sample_gradients>(o, RAVINE_EXTENSION_SAMPLE_GRADIENTS);
        std::vector<std::uint64_t> samples(4);
        std::uint64_t count = 0;
        EXPECT_EQ(o.batch_samples(&o, s.ticket, samples.data(), 4, &count), RAVINE_OK);
        constexpr std::size_t n = 784 * 2 + 2 + 2 * 10 + 10;
        std::vector<double> g(n), each(4 * n);
        EXPECT_EQ(o.evaluate(&o, s.ticket, x, nullptr, g.data()), RAVINE_OK);
        EXPECT_EQ(single.gradients(&o, s.ticket, x, each.data()), RAVINE_OK);
        double largest = 0;
        for (const double v : g) largest = std::max(largest, std::fabs(v));
        for (std::size_t i = 0; i < n; ++i)  // sums of some hundred terms, in another order
          EXPECT_NEAR((each[i] + each[n + i] + each[2 * n + i] + each[3 * n + i]) / 4, g[i],
                      1e-12 * largest);
        EXPECT_EQ(single.gradients(&o, 12345, x, each.data()), RAVINE_INVALID) << "stale";
        const std::uint64_t last = 99;
        std::uint64_t made = 0;
        EXPECT_EQ(o.make_batch(&o, &last, 1, &made), RAVINE_OK);
        EXPECT_EQ(single.gradients(&o, made, x, each.data()), RAVINE_OK);
        EXPECT_EQ(o.evaluate(&o, made, x, nullptr, g.data()), RAVINE_OK);
        for (std::size_t i = 0; i < n; ++i) EXPECT_EQ(each[i], g[i]) << "the same computation";
        EXPECT_EQ(o.release_batch(&o, made), RAVINE_OK);
        return RAVINE_OK;
      });
  EXPECT_DOUBLE_EQ(record.oracle_cost, 0.04 + 0.04 + 0.01 + 0.01);
  EXPECT_EQ(record.counts.gradients, 4U + 1 + 1 + 1);
}

// The identity that holds for every G: v'Gw = w'Gv, at a cost of two gradients a product.
TEST(GaussNewton, ProductsAreSymmetricAndChargedAsHessianVectors) {
  const auto record = test::run_once(
      test::small_net(4), [](const ravine_oracle& o, const ravine_step& s, double* x) {
        const auto& gn = table<ravine_gauss_newton>(o, RAVINE_EXTENSION_GAUSS_NEWTON);
        constexpr std::size_t n = 784 * 2 + 2 + 2 * 10 + 10;
        std::vector<double> v(2 * n), gv(2 * n);
        for (std::size_t i = 0; i < 2 * n; ++i) v[i] = std::sin(static_cast<double>(i));
        EXPECT_EQ(gn.products(&o, s.ticket, x, v.data(), 2, gv.data()), RAVINE_OK);
        double one = 0, other = 0, curvature = 0, size = 0;
        for (std::size_t i = 0; i < n; ++i) {
          one += v[n + i] * gv[i];
          other += v[i] * gv[n + i];
          curvature += v[i] * gv[i];
          size += std::fabs(v[n + i] * gv[i]);
        }
        EXPECT_NEAR(one, other, 1e-12 * size) << "sums of some thousand terms";
        EXPECT_GT(curvature, 0);
        EXPECT_EQ(gn.products(&o, s.ticket, x, nullptr, 1, gv.data()), RAVINE_INVALID);
        return RAVINE_OK;
      });
  EXPECT_DOUBLE_EQ(record.oracle_cost, 2 * 2 * 0.04);
  EXPECT_EQ(record.counts.hessian_vectors, 2U);
}

TEST(SampledLabels, DifferByTheDrawAndCostAGradient) {
  const auto record = test::run_once(
      test::small_net(4), [](const ravine_oracle& o, const ravine_step& s, double* x) {
        const auto& labels = table<ravine_sampled_labels>(o, RAVINE_EXTENSION_SAMPLED_LABELS);
        constexpr std::size_t n = 784 * 2 + 2 + 2 * 10 + 10;
        std::vector<double> first(n), again(n), other(n);
        EXPECT_EQ(labels.gradient(&o, s.ticket, x, 7, first.data()), RAVINE_OK);
        EXPECT_EQ(labels.gradient(&o, s.ticket, x, 7, again.data()), RAVINE_OK);
        EXPECT_EQ(labels.gradient(&o, s.ticket, x, 8, other.data()), RAVINE_OK);
        EXPECT_EQ(first, again);
        EXPECT_NE(first, other);
        EXPECT_EQ(labels.gradient(&o, s.ticket, nullptr, 7, first.data()), RAVINE_INVALID);
        return RAVINE_OK;
      });
  EXPECT_DOUBLE_EQ(record.oracle_cost, 3 * 0.04);
  EXPECT_EQ(record.counts.gradients, 3U);
}

TEST(Extensions, CurvatureOfAModelIsOfferedWhereThereIsOne) {
  test::run_once(test::quadratic(2), [](const ravine_oracle& o, const ravine_step&, double*) {
    EXPECT_EQ(o.extension(&o, RAVINE_EXTENSION_GAUSS_NEWTON), nullptr);
    EXPECT_EQ(o.extension(&o, RAVINE_EXTENSION_SAMPLED_LABELS), nullptr);
    return RAVINE_OK;
  });
}

TEST(Extensions, UndeclaredQuestionsAreNoted) {
  const auto ask = [](const ravine_oracle& o, const ravine_step& s, double* x) {
    const auto& partials = table<ravine_partials>(o, RAVINE_EXTENSION_PARTIALS);
    EXPECT_EQ(partials.open(&o, s.ticket, x), RAVINE_OK);
    return RAVINE_OK;
  };
  EXPECT_EQ(test::run_once(test::quadratic(3), ask, RAVINE_GRADIENT).notes.size(), 1U);
  EXPECT_TRUE(
      test::run_once(test::quadratic(3), ask, harness::Oracle::kUsesPartials).notes.empty());
}

}  // namespace
