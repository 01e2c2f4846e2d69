// What an optimizer may ask for, what it costs, and what a broken rule answers.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "harness/worker/worker.hpp"
#include "tests/harness/support.hpp"

namespace {

using namespace ravine;

using test::run_once;

using test::quadratic;
using test::small_net;

TEST(OracleCost, IsCountedInGradientEquivalents) {
  const std::uint64_t n = 7;
  std::vector<double> g(n), v(2 * n, 1.0), hv(2 * n), h(n * n);
  const auto record =
      run_once(quadratic(7), [&](const ravine_oracle& o, const ravine_step& s, double* x) {
        double f = 0;
        EXPECT_EQ(o.evaluate(&o, s.ticket, x, &f, nullptr), RAVINE_OK);
        EXPECT_EQ(o.evaluate(&o, s.ticket, x, &f, g.data()), RAVINE_OK);
        EXPECT_EQ(o.evaluate(&o, s.ticket, x, nullptr, g.data()), RAVINE_OK);
        EXPECT_EQ(o.hessian_vectors(&o, s.ticket, x, v.data(), 2, hv.data()), RAVINE_OK);
        const auto* dense =
            static_cast<const ravine_hessian*>(o.extension(&o, RAVINE_EXTENSION_HESSIAN));
        EXPECT_EQ(dense->hessian(&o, s.ticket, x, h.data()), RAVINE_OK);
        return RAVINE_OK;
      });
  EXPECT_DOUBLE_EQ(record.oracle_cost, 1.0 / 3.0 + 1 + 1 + 2 * 2 + 2 * 7);
  EXPECT_EQ(record.counts.values, 1U);
  EXPECT_EQ(record.counts.gradients, 2U);
  EXPECT_EQ(record.counts.hessian_vectors, 2U);
  EXPECT_EQ(record.counts.hessians, 1U);
}

TEST(OracleCost, OfABatchIsItsShareOfTheSamples) {
  const auto record =
      run_once(small_net(25), [](const ravine_oracle& o, const ravine_step& s, double* x) {
        std::vector<double> g(3000);
        EXPECT_EQ(o.evaluate(&o, s.ticket, x, nullptr, g.data()), RAVINE_OK);
        return RAVINE_OK;
      });
  EXPECT_DOUBLE_EQ(record.oracle_cost, 0.25);
  EXPECT_EQ(record.counts.samples, 25U);
}

TEST(Tickets, NameOneFunctionUntilTheyAreReleased) {
  (void)run_once(small_net(10), [](const ravine_oracle& o, const ravine_step& s, double* x) {
    std::uint64_t drawn = 0;
    double first = 0, other = 0, again = 0;
    EXPECT_EQ(o.draw_batch(&o, &drawn), RAVINE_OK);
    EXPECT_NE(drawn, s.ticket);
    EXPECT_EQ(o.evaluate(&o, drawn, x, &first, nullptr), RAVINE_OK);
    EXPECT_EQ(o.evaluate(&o, s.ticket, x, &other, nullptr), RAVINE_OK);
    EXPECT_EQ(o.evaluate(&o, drawn, x, &again, nullptr), RAVINE_OK);
    EXPECT_EQ(first, again);
    EXPECT_NE(first, other);
    std::vector<std::uint64_t> samples(10);
    std::uint64_t count = 0;
    EXPECT_EQ(o.batch_samples(&o, drawn, samples.data(), samples.size(), &count), RAVINE_OK);
    EXPECT_EQ(count, 10U);
    std::uint64_t made = 0;
    double same = 0;
    EXPECT_EQ(o.make_batch(&o, samples.data(), count, &made), RAVINE_OK);
    EXPECT_EQ(o.evaluate(&o, made, x, &same, nullptr), RAVINE_OK);
    EXPECT_EQ(first, same);
    EXPECT_EQ(o.release_batch(&o, drawn), RAVINE_OK);
    EXPECT_EQ(o.release_batch(&o, drawn), RAVINE_INVALID);
    EXPECT_EQ(o.evaluate(&o, drawn, x, &first, nullptr), RAVINE_INVALID);
    EXPECT_EQ(o.release_batch(&o, s.ticket), RAVINE_INVALID) << "the step's ticket is the host's";
    return RAVINE_OK;
  });
}

TEST(Tickets, OfSamplesThatDoNotExistAreRefused) {
  (void)run_once(small_net(10), [](const ravine_oracle& o, const ravine_step&, double*) {
    const std::uint64_t beyond = 100;
    std::uint64_t ticket = 77;
    EXPECT_EQ(o.make_batch(&o, &beyond, 1, &ticket), RAVINE_INVALID);
    EXPECT_EQ(o.make_batch(&o, &beyond, 0, &ticket), RAVINE_INVALID);
    EXPECT_EQ(ticket, 77U);
    return RAVINE_OK;
  });
}

TEST(Oracle, WhatATaskDoesNotOfferIsNotSupportedAndLeavesOutputsAlone) {
  (void)run_once(quadratic(3), [](const ravine_oracle& o, const ravine_step&, double*) {
    std::uint64_t ticket = 77;
    EXPECT_EQ(o.draw_batch(&o, &ticket), RAVINE_NOT_SUPPORTED);
    EXPECT_EQ(ticket, 77U);
    EXPECT_EQ(o.extension(&o, "ravine.no_such_thing/1"), nullptr);
    EXPECT_EQ(o.extension(&o, RAVINE_EXTENSION_SAMPLE_GRADIENTS), nullptr);
    EXPECT_EQ(o.extension(&o, RAVINE_EXTENSION_BOUNDS), nullptr);
    return RAVINE_OK;
  });
  (void)run_once(test::small_net(4), [](const ravine_oracle& o, const ravine_step&, double*) {
    EXPECT_EQ(o.extension(&o, RAVINE_EXTENSION_RESIDUALS), nullptr) << "no sum of squares";
    return RAVINE_OK;
  });
}

TEST(Oracle, BrokenRulesAreAnsweredAndNoted) {
  const auto record =
      run_once(quadratic(3), [](const ravine_oracle& o, const ravine_step& s, double* x) {
        double f = 0;
        EXPECT_EQ(o.evaluate(&o, s.ticket, nullptr, &f, nullptr), RAVINE_INVALID);
        EXPECT_EQ(o.evaluate(&o, s.ticket, x, nullptr, nullptr), RAVINE_INVALID);
        EXPECT_EQ(o.evaluate(&o, 12345, x, &f, nullptr), RAVINE_INVALID);
        EXPECT_EQ(o.report(&o, x), RAVINE_INVALID) << "only a run reports";
        return RAVINE_OK;
      });
  EXPECT_EQ(record.notes.size(), 3U);
  EXPECT_EQ(record.oracle_cost, 0.0) << "what was not answered is not charged";
}

TEST(Oracle, UndeclaredQuestionsAreNoted) {
  const auto ask = [](const ravine_oracle& o, const ravine_step& s, double* x) {
    double f = 0;
    return o.evaluate(&o, s.ticket, x, &f, nullptr);
  };
  EXPECT_EQ(run_once(quadratic(3), ask, RAVINE_GRADIENT).notes.size(), 1U);
  EXPECT_EQ(run_once(quadratic(3), ask, RAVINE_GRADIENT | RAVINE_VALUE).notes.size(), 0U);
}

TEST(Oracle, StopIsStickyDoesNoWorkAndLeavesOutputsAlone) {
  harness::TrialSpec trial = quadratic(3);
  trial.budget_oracle = 1;
  const auto record = run_once(trial, [](const ravine_oracle& o, const ravine_step& s, double* x) {
    std::vector<double> g(3, 5.0);
    double f = 5;
    EXPECT_EQ(o.evaluate(&o, s.ticket, x, nullptr, g.data()), RAVINE_OK);
    for (int again = 0; again < 3; ++again) {
      g.assign(3, 5.0);
      EXPECT_EQ(o.evaluate(&o, s.ticket, x, &f, g.data()), RAVINE_STOP);
      EXPECT_EQ(o.should_stop(&o), RAVINE_STOP);
      EXPECT_EQ(f, 5.0);
      EXPECT_EQ(g, std::vector<double>(3, 5.0));
    }
    return RAVINE_STOP;
  });
  EXPECT_EQ(record.counts.gradients, 1U);
  EXPECT_EQ(record.iterations, 0U);
}

TEST(Oracle, ShouldStopTellsThatTheTimeIsUp) {
  harness::TrialSpec trial = quadratic(3);
  trial.budget_seconds = 0.01;
  const auto record = run_once(trial, [](const ravine_oracle& o, const ravine_step&, double*) {
    while (o.should_stop(&o) == RAVINE_OK) {
    }
    return RAVINE_STOP;
  });
  EXPECT_EQ(record.status, results::Status::budget);
  EXPECT_TRUE(record.stopped_by_clock);
}

}  // namespace
