// The multipliers of schedules: against their closed forms, at their edges, and against PyTorch's.
#include "harness/schedule/schedule.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <numbers>
#include <set>
#include <sstream>

#include "harness/error.hpp"
#include "harness/plan/parts.hpp"
#include "harness/schedule/catalog.hpp"
#include "harness/suite/parse.hpp"

namespace {

using namespace ravine::harness;
using std::numbers::pi;

constexpr Horizon kHorizon{100, 10};

ScheduleSpec spec_of(const std::string& text, const Horizon& horizon = kHorizon) {
  const NamedPart part = parse_named_part(text, "schedule");
  return schedule_at(part, std::vector<std::size_t>(part.parameters.size(), 0), {}, horizon);
}

/// Of a step in a trial of ten steps an epoch.
double at(const std::string& text, std::uint64_t step) {
  return Schedule(spec_of(text)).multiplier(step, static_cast<double>(step) / 10);
}

std::string complaint_of(const std::string& text) {
  try {
    (void)spec_of(text);
    return "no complaint";
  } catch (const UserError& e) {
    return e.what();
  }
}

TEST(Schedules, HaveTheirClosedForms) {
  for (std::uint64_t step = 0; step < 100; ++step) {
    const auto t = static_cast<double>(step);
    const double epoch = std::floor(t / 10);
    EXPECT_EQ(at("constant", step), 1);
    EXPECT_EQ(at("time_inverse", step), 1 / (1 + 0.1 * epoch));
    EXPECT_EQ(at("exponential", step), std::pow(0.95, epoch));
    EXPECT_EQ(at("inverse_sqrt", step), 1 / std::sqrt(t + 1));
    EXPECT_EQ(at(R"({ name = "inverse_sqrt", k = 3, per = "epoch" })", step),
              3 / std::sqrt(epoch + 1));
    EXPECT_DOUBLE_EQ(at("linear", step), 1 - t / 100);
    EXPECT_DOUBLE_EQ(at(R"({ name = "polynomial", power = 3 })", step), std::pow(1 - t / 100, 3));
    // Where the cosine nears -1 the error is relative to 1.
    EXPECT_NEAR(at("cosine", step), 0.5 * (1 + std::cos(pi * t / 100)), 1e-15);
    EXPECT_NEAR(at(R"({ name = "cosine", per = "fractional_epoch" })", step), at("cosine", step),
                1e-15)
        << "a tenth of an epoch a step is the same time";
    const double stable = step < 5 ? t / 5 : step <= 90 ? 1 : 1 - (t - 90) / 10;
    EXPECT_NEAR(at("warmup_stable_decay", step), stable, 1e-15);
  }
}

TEST(Schedules, CountTheRootFromOneAndTheOthersFromZero) {
  for (const ScheduleKind& kind : schedule_catalog()) {
    if (kind.id == "one_cycle" || kind.id == "cyclic" || kind.id == "warmup_stable_decay") continue;
    const bool listed = kind.id == "multi_step";
    EXPECT_EQ(at(listed ? R"({ name = "multi_step", milestones = 3 })" : kind.id, 0), 1) << kind.id;
  }
  EXPECT_EQ(at("one_cycle", 0), 1 / 25.0);
  EXPECT_EQ(at("cyclic", 0), 0.25);
  EXPECT_EQ(at("warmup_stable_decay", 0), 0);
}

TEST(Schedules, EndAtTheirLeastValueExactlyAndStayThere) {
  for (const std::uint64_t step : {100U, 101U, 1000U}) {
    EXPECT_EQ(at(R"({ name = "cosine", eta_min = 0.1 })", step), 0.1);
    EXPECT_EQ(at(R"({ name = "polynomial", eta_min = 0.1, power = 0.5 })", step), 0.1);
    EXPECT_EQ(at(R"({ name = "linear", to = 0.1 })", step), 0.1);
    EXPECT_EQ(at("one_cycle", step), 1 / 25.0 / 1e4);
    EXPECT_EQ(at(R"({ name = "warmup_stable_decay", eta_min = 0.1, shape = "sqrt" })", step), 0.1);
  }
  EXPECT_GT(at(R"({ name = "cosine", eta_min = 0.1 })", 99), 0.1);
}

TEST(Schedules, FallByEpochsAtTheirEndsOnly) {
  Schedule schedule(spec_of(R"({ name = "exponential", gamma = 0.5 })"));
  EXPECT_EQ(schedule.multiplier(0, 0), 1);
  EXPECT_EQ(schedule.multiplier(1, 0.999999), 1);
  EXPECT_EQ(schedule.multiplier(2, 1), 0.5);
  EXPECT_EQ(schedule.multiplier(3, 1.5), 0.5);
  EXPECT_EQ(schedule.multiplier(4, 3.25), 0.125);
  Schedule fractional(
      spec_of(R"({ name = "exponential", gamma = 0.5, per = "fractional_epoch" })"));
  EXPECT_EQ(fractional.multiplier(1, 0.5), std::sqrt(0.5));
}

TEST(Schedules, StartAgainAtTheRestartAndNotBefore) {
  // Periods 10, 20, 40, ... begin at 0, 10, 30, 70.
  const std::string doubling = R"({ name = "warm_restarts", growth = 2, per = "step" })";
  for (const std::uint64_t begin : {0U, 10U, 30U, 70U}) EXPECT_EQ(at(doubling, begin), 1) << begin;
  EXPECT_DOUBLE_EQ(at(doubling, 9), 0.5 * (1 + std::cos(pi * 0.9)));
  EXPECT_DOUBLE_EQ(at(doubling, 29), 0.5 * (1 + std::cos(pi * 0.95)));
  EXPECT_DOUBLE_EQ(at(doubling, 20), 0.5);
  // A growth whose periods are no whole numbers: they begin where the sums of the lengths say.
  const std::string odd = R"({ name = "warm_restarts", growth = 1.3, per = "fractional_epoch" })";
  Schedule schedule(spec_of(odd));
  double begin = 0;
  double length = 10;
  for (int i = 0; i < 20; ++i, begin += length, length *= 1.3) {
    EXPECT_NEAR(schedule.multiplier(0, begin + 1e-9 * length), 1, 1e-12) << i;
    EXPECT_NEAR(schedule.multiplier(0, begin + length / 2), 0.5, 1e-12) << i;
    EXPECT_NEAR(schedule.multiplier(0, begin + length * (1 - 1e-9)), 0, 1e-12) << i;
  }
}

TEST(Schedules, WarmUpLeadsToTheFirstMultiplierOfWhateverFollows) {
  for (const char* name : {"cosine", "one_cycle", "inverse_sqrt", "linear", "exponential"}) {
    const std::string plain = std::string("{ name = \"") + name + "\", per = \"step\"";
    const double first = at(plain + " }", 0);
    const std::string warm = plain + ", warmup = 4, warmup_from = 0.5 }";
    EXPECT_DOUBLE_EQ(at(warm, 0), 0.5 * first) << name;
    EXPECT_DOUBLE_EQ(at(warm, 1), 0.625 * first) << name;
    EXPECT_DOUBLE_EQ(at(warm, 3), 0.875 * first) << name;
    EXPECT_DOUBLE_EQ(at(warm, 4), first) << name;
    const std::string flat =
        plain + ", warmup = 4, warmup_from = 0.5, warmup_shape = \"constant\" }";
    for (const std::uint64_t t : {0U, 3U}) EXPECT_EQ(at(flat, t), 0.5 * first) << name;
    EXPECT_EQ(at(flat, 4), first) << name;
  }
  EXPECT_EQ(at(R"({ name = "cosine", warmup = 50 })", 75),
            at(R"({ name = "cosine", total = 50 })", 25))
      << "the rest of the trial is what the schedule takes";
  EXPECT_EQ(at(R"({ name = "cosine", warmup = "T/10" })", 5), 0.5) << "T is the trial's length";
  EXPECT_EQ(at(R"({ name = "step", per = "epoch", size = "T/2" })", 49), 1);
  EXPECT_EQ(at(R"({ name = "step", per = "epoch", size = "T/2" })", 50), 0.1) << "in epochs";
}

// The table holds what PyTorch computes by updating its learning rate at each step: 200 roundings
// of 1e-16 at most. Where its cosine passes 0 the error is relative to 1.
TEST(Schedules, AgreeWithPyTorch) {
  std::ifstream table(RAVINE_SOURCE_DIR "/tests/harness/reference/schedules.tsv");
  std::set<std::string> seen;
  std::string last;
  std::unique_ptr<Schedule> schedule;
  for (std::string line; std::getline(table, line);) {
    std::istringstream fields(line);
    std::string text, t, value, expected;
    for (std::string* field : {&text, &t, &value, &expected}) std::getline(fields, *field, '\t');
    if (seen.insert(text).second || text != last)
      schedule = std::make_unique<Schedule>(spec_of(text));
    last = text;
    const double time = std::stod(t);
    const double found = schedule->multiplier(static_cast<std::uint64_t>(time), time);
    EXPECT_NEAR(found, std::stod(expected), 1e-13) << text << " at " << t;
    if (!value.empty()) schedule->saw(std::stod(value));
  }
  EXPECT_EQ(seen.size(), 22U);
}

TEST(Plateau, TakesTheMeanOfEachEpoch) {
  // Means 2, 3, 3: the second one without progress is one more than patience allows.
  Schedule schedule(spec_of(R"({ name = "reduce_on_plateau", patience = 1, factor = 0.5 })"));
  const double values[][2] = {{1, 3}, {0, 6}, {6, 0}, {0, 0}};
  const double expected[] = {1, 1, 1, 0.5};
  for (int epoch = 0; epoch < 4; ++epoch)
    for (int half = 0; half < 2; ++half) {
      EXPECT_EQ(schedule.multiplier(0, epoch + half * 0.5), expected[epoch]) << epoch;
      schedule.saw(values[epoch][half]);
    }
}

TEST(Plateau, ComparesNothingAcrossAChangeOfTheObjective) {
  const std::string text =
      R"({ name = "reduce_on_plateau", per = "step", patience = 0, factor = 0.5 })";
  for (const bool changes : {false, true}) {
    Schedule schedule(spec_of(text));
    (void)schedule.multiplier(0, 0);
    schedule.saw(1);
    EXPECT_EQ(schedule.multiplier(1, 1), 1);
    if (changes) schedule.forget();
    schedule.saw(100);
    EXPECT_EQ(schedule.multiplier(2, 2), changes ? 1 : 0.5);
  }
}

TEST(Plateau, HoldsWhatIsNotFiniteForNoProgressAndAStepWithoutAValueForNothing) {
  const std::string text =
      R"({ name = "reduce_on_plateau", per = "step", patience = 0, factor = 0.5 })";
  Schedule schedule(spec_of(text));
  for (std::uint64_t step = 0; step < 10; ++step) EXPECT_EQ(schedule.multiplier(step, 0), 1);
  schedule.saw(std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(schedule.multiplier(10, 10), 0.5);
  schedule.saw(std::numeric_limits<double>::infinity());
  EXPECT_EQ(schedule.multiplier(11, 11), 0.25);
  schedule.saw(1);
  EXPECT_EQ(schedule.multiplier(12, 12), 0.25);
  schedule.saw(-1);
  EXPECT_EQ(schedule.multiplier(13, 13), 0.25);
  schedule.saw(-1.00001);  // within the threshold, which PyTorch would turn round below 0
  EXPECT_EQ(schedule.multiplier(14, 14), 0.125);
}

TEST(Schedules, AreRefusedWithWhatIsLegal) {
  EXPECT_EQ(complaint_of("cosin"),
            "--schedule: no schedule is called \"cosin\", did you mean 'cosine'?");
  EXPECT_EQ(complaint_of(R"({ name = "cosine", totl = 5 })"),
            "--schedule: cosine has no parameter \"totl\", did you mean 'total'?");
  EXPECT_EQ(complaint_of(R"({ name = "cosine", total = 0 })"),
            "--schedule: total = 0 is not legal: write a value in (0, inf)");
  EXPECT_EQ(complaint_of(R"({ name = "cosine", per = "steps" })"),
            "--schedule: per cannot be \"steps\", did you mean 'step'?");
  EXPECT_EQ(
      complaint_of(R"({ name = "cosine", warmup = 100 })"),
      "--schedule: a warm-up of 100 leaves nothing of a trial of 100: write a shorter one, or "
      "total = ...");
  EXPECT_EQ(complaint_of("multi_step"),
            "--schedule: multi_step needs milestones: a list of times, in rising order; write "
            "milestones = ...");
  EXPECT_EQ(complaint_of(R"({ name = "multi_step", milestones = [3, 2] })"),
            "--schedule: milestones must rise: 3 stands before 2");
  EXPECT_EQ(complaint_of(R"({ name = "warmup_stable_decay", rise = 0.6, decay = 0.5 })"),
            "--schedule: rise + decay is more than 1: together they are at most all of T");
  EXPECT_EQ(complaint_of(R"({ names = "cosine" })"),
            "--schedule: '{ names = \"cosine\" }': this schedule has no 'name'; add name = "
            "\"cosine\"");
  EXPECT_TRUE(complaint_of("{ name = ").starts_with("--schedule: '{ name = ': not valid TOML: "));
}

TEST(ScheduleCatalog, SaysWhatPeopleNeedToKnow) {
  std::set<std::string> ids;
  for (const ScheduleKind& kind : schedule_catalog()) {
    EXPECT_TRUE(ids.insert(kind.id).second) << kind.id;
    EXPECT_FALSE(kind.summary.empty() || kind.formula.empty() || kind.citation.empty()) << kind.id;
    for (const PartParameter& p : kind.parameters)
      EXPECT_FALSE(p.info.meaning.empty()) << kind.id << " " << p.info.name;
  }
  EXPECT_EQ(ids.size(), 14U);
}

TEST(ScheduleText, NamesEveryValueInForceAndNothingForAConstantOne) {
  EXPECT_EQ(schedule_text(spec_of("constant")), "constant");
  EXPECT_EQ(schedule_text(spec_of(R"({ name = "constant", warmup = 5 })")),
            "constant per=step warmup=5 warmup_from=0 warmup_shape=linear");
  EXPECT_EQ(
      schedule_text(spec_of(R"({ name = "multi_step", milestones = [3, 7.5] })")),
      "multi_step milestones=3,7.5 gamma=0.1 per=epoch warmup=0 warmup_from=0 warmup_shape=linear");
  EXPECT_EQ(schedule_text(spec_of(R"({ name = "cosine", warmup = 20 })")),
            "cosine total=80 eta_min=0 per=step warmup=20 warmup_from=0 warmup_shape=linear");
}

TEST(Horizons, CountTheLastBatchOfAnEpochForWhatItHolds) {
  EXPECT_EQ(horizon_of(7, {0, 0}).epochs, 7);
  EXPECT_EQ(horizon_of(7, {100, 0}).epochs, 7) << "without batches a step is an epoch";
  EXPECT_EQ(horizon_of(8, {100, 25}).epochs, 2);
  EXPECT_EQ(horizon_of(7, {100, 40}).epochs, 2.4) << "batches of 40, 40 and 20";
  EXPECT_EQ(horizon_of(7, {100, 40, BatchOrder::sequential, true}).epochs, 3.5) << "40 and 40";
  EXPECT_EQ(horizon_of(7, {100, 40, BatchOrder::replacement}).epochs, 2.8);
  EXPECT_EQ(horizon_of(7, {100, 40, BatchOrder::shuffled, false, true}).epochs, 2.8) << "fresh";
}

}  // namespace
