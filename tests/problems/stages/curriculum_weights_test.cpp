#include "problems/stages/curriculum_weights.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace ravine::problems {
namespace {

using Condition = CurriculumFault::Condition;
using Table = std::vector<std::vector<double>>;  // a row a stage

std::optional<CurriculumFault> check(const Table& table) {
  return check_curriculum([&](std::uint64_t s, std::uint64_t i) { return table[s][i]; },
                          table.size(), table.front().size());
}

void expect_fault(const Table& table, Condition condition, std::uint64_t stage,
                  std::uint64_t sample) {
  const auto fault = check(table);
  ASSERT_TRUE(fault.has_value());
  EXPECT_EQ(fault->condition, condition) << fault->sentence;
  EXPECT_EQ(fault->stage, stage) << fault->sentence;
  EXPECT_EQ(fault->sample, sample) << fault->sentence;
}

constexpr Schedule kSchedules[] = {Schedule::steps, Schedule::ramp, Schedule::stochastic};

StageWeights weights(Schedule schedule, std::uint64_t stages, std::uint64_t samples) {
  return [=](std::uint64_t s, std::uint64_t place) {
    return scheduled_weight(schedule, stages, samples, s, place);
  };
}

// Up to as many stages as samples: no two of them are the same.
TEST(Schedules, AreCurricula) {
  for (const Schedule schedule : kSchedules) {
    for (std::uint64_t samples = 1; samples <= 24; ++samples)
      for (std::uint64_t stages = 1; stages <= samples; ++stages) {
        const auto fault = check_curriculum(weights(schedule, stages, samples), stages, samples);
        EXPECT_FALSE(fault.has_value()) << samples << " samples: " << fault->sentence;
      }
    for (const std::uint64_t stages : {2U, 3U, 100U, 1000U}) {
      const auto fault = check_curriculum(weights(schedule, stages, 6001), stages, 6001);
      EXPECT_FALSE(fault.has_value()) << fault->sentence;
    }
  }
}

TEST(Schedules, FallAlongTheOrder) {
  for (const Schedule schedule : kSchedules)
    for (std::uint64_t s = 0; s < 7; ++s)
      for (std::uint64_t place = 1; place < 50; ++place)
        EXPECT_LE(scheduled_weight(schedule, 7, 50, s, place),
                  scheduled_weight(schedule, 7, 50, s, place - 1));
}

TEST(Schedules, StepsTakeTheEasiestShare) {
  for (std::uint64_t place = 0; place < 10; ++place) {
    EXPECT_EQ(scheduled_weight(Schedule::steps, 3, 10, 0, place), place < 3 ? 1 : 0);
    EXPECT_EQ(scheduled_weight(Schedule::steps, 3, 10, 1, place), place < 6 ? 1 : 0);
  }
}

TEST(Schedules, TheRampIsSmooth) {
  // An edge at 0.75 that is 0.5 wide.
  for (std::uint64_t place = 0; place < 100; ++place) {
    const double u = static_cast<double>(place) / 100;
    EXPECT_NEAR(scheduled_weight(Schedule::ramp, 2, 100, 0, place),
                u <= 0.25   ? 1
                : u >= 0.75 ? 0
                            : (0.75 - u) / 0.5,
                1e-15);
  }
}

// What is drawn: a hard sample with probability h p / (N - h + h p), whose limit is their share.
TEST(Schedules, TheStochasticCurriculumDrawsMoreHardOnes) {
  double before = -1;
  for (std::uint64_t s = 0; s < 5; ++s) {
    double hard = 0, all = 0;
    for (std::uint64_t place = 0; place < 11; ++place) {
      const double w = scheduled_weight(Schedule::stochastic, 5, 11, s, place);
      all += w;
      if (place >= 6) hard += w;
    }
    const double p = static_cast<double>(s) / 4;
    EXPECT_NEAR(hard / all, 5 * p / (6 + 5 * p), 1e-15);
    EXPECT_GT(hard / all, before);
    before = hard / all;
  }
  EXPECT_NEAR(before, 5.0 / 11, 1e-15);
}

TEST(CheckCurriculum, AcceptsOne) {
  EXPECT_FALSE(check({{1, 0, 0}, {1, 0.5, 0}, {1, 1, 1}}).has_value());
  EXPECT_FALSE(check({{1, 1}}).has_value());
  EXPECT_FALSE(check({{0.125, 0}, {0.125, 0.0625}, {1, 1}}).has_value());
}

// Growing weights whose entropy falls, 0.6931 to 0.6365: the condition on weights alone accepts.
TEST(CheckCurriculum, SaysThatEntropyDoesNotRise) {
  const Table counterexample = {{0.5, 0.5}, {1, 0.5}, {1, 1}};
  expect_fault(counterexample, Condition::entropy, 1, 0);
  const std::string sentence = check(counterexample)->sentence;
  EXPECT_NE(sentence.find("stage 1"), std::string::npos) << sentence;
  EXPECT_NE(sentence.find("0.693147, then 0.636514"), std::string::npos) << sentence;
}

TEST(CheckCurriculum, ConstantEntropyDoesNotRise) {
  expect_fault({{1, 1}, {1, 1}}, Condition::entropy, 1, 0);  // no curriculum
  expect_fault({{0.3, 0.3, 0.3}, {0.7, 0.7, 0.7}, {1, 1, 1}}, Condition::entropy, 1, 0);
  expect_fault({{1, 0}, {1, 0}, {1, 1}}, Condition::entropy, 1, 0);
}

TEST(CheckCurriculum, SaysWhichWeightFalls) {
  expect_fault({{0.5, 0, 0}, {0.5, 0.25, 0.125}, {0.5, 0.25, 0}, {1, 1, 1}}, Condition::growth, 2,
               2);
  EXPECT_EQ(check({{1, 0.5}, {1, 0.25}, {1, 1}})->sentence,
            "the weight of sample 1 falls from 0.5 to 0.25 in stage 1");
}

TEST(CheckCurriculum, RefusesWeightsOutsideTheUnitInterval) {
  expect_fault({{0, 1, 1.5}, {1, 1, 1}}, Condition::range, 0, 2);
  expect_fault({{0, -0.5, 1}, {1, 1, 1}}, Condition::range, 0, 1);
  expect_fault({{0, 1}, {std::numeric_limits<double>::quiet_NaN(), 1}}, Condition::range, 1, 0);
  expect_fault({{0, 0}, {1, 1}}, Condition::range, 0, 0);
}

TEST(CheckCurriculum, EndsAtTheObjective) {
  expect_fault({{1, 0, 0}, {1, 1, 0.5}}, Condition::objective, 1, 2);
}

}  // namespace
}  // namespace ravine::problems
