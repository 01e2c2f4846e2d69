// Schedules and averages in suites: what they do to trials, to their identity and to their record.
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "harness/error.hpp"
#include "harness/suite/parse.hpp"
#include "harness/worker/worker.hpp"
#include "tests/harness/support.hpp"

namespace {

namespace harness = ravine::harness;
using ravine::harness::UserError;
using ravine::test::Planned;
using ravine::test::run_here;

constexpr const char* kHead = R"toml([suite]
name = "test"
[budget]
iterations = 20
[[problem]]
family = "quadratic"
set = { n = 1, kappa = 1 }
label = "bowl"
)toml";

std::string optimizer(const std::string& rest) {
  return std::string(kHead) + "[[optimizer]]\nid = \"gradient_descent\"\n" + rest + "\n";
}

std::string complaint_of(const std::string& text) {
  try {
    const Planned planned(text);
    return "no complaint";
  } catch (const UserError& e) {
    return e.what();
  }
}

TEST(PlanWithParts, IsRefusedWithThePlace) {
  const std::pair<std::string, std::string> wrong[] = {
      {"schedule = \"cosin\"",
       "test.toml:11:12: no schedule is called \"cosin\", did you mean 'cosine'? (on bowl)"},
      {"schedule = { name = \"cosine\", eta_mn = 0 }",
       "test.toml:11:31: cosine has no parameter \"eta_mn\", did you mean 'eta_min'? (on bowl)"},
      {"schedule = { name = \"cosine\", total = 0 }",
       "test.toml:11:39: total = 0 is not legal: write a value in (0, inf) (on bowl)"},
      {"schedule = { name = \"linear\", warmup = 20 }",
       "test.toml:11:21: a warm-up of 20 leaves nothing of a trial of 20: write a shorter one, or "
       "total = ... (on bowl)"},
      {"average = \"polyac\"",
       "test.toml:11:11: no average is called \"polyac\", did you mean 'polyak'? (on bowl)"},
      {"average = { name = \"polyak\", beta = 1 }",
       "test.toml:11:30: polyak has no parameter \"beta\": it has none (on bowl)"},
      {"average = { name = \"ema\", beta = 1 }",
       "test.toml:11:34: beta = 1 is not legal: write a value in [0, 1) (on bowl)"},
  };
  for (const auto& [line, complaint] : wrong) EXPECT_EQ(complaint_of(optimizer(line)), complaint);
}

TEST(PlanWithParts, AScheduleThatAnOptimizerDoesNotHonourIsIgnoredAndTheRecordSaysSo) {
  const std::string newton = std::string(kHead) + "[[optimizer]]\nid = \"newton\"\n";
  const auto ignored = ravine::test::run_here(newton + "schedule = \"cosine\"\n").at(0);
  EXPECT_NE(ignored.schedule.find("(ignored)"), std::string::npos) << ignored.schedule;
  ASSERT_FALSE(ignored.notes.empty());
  EXPECT_NE(ignored.notes[0].find("schedule was ignored"), std::string::npos) << ignored.notes[0];
  const auto plain = ravine::test::run_here(newton).at(0);
  EXPECT_EQ(plain.f_last, ignored.f_last) << "it changes nothing";
  const auto constant = ravine::test::run_here(newton + "schedule = \"constant\"\n").at(0);
  EXPECT_EQ(constant.schedule, "constant") << "nothing is multiplied";
  EXPECT_EQ(constant.id, plain.id);
  const Planned averaged(std::string(kHead) +
                         "[[optimizer]]\nid = \"newton\"\naverage = \"polyak\"\n");
  EXPECT_EQ(averaged.plan.trials.size(), 1U) << "an average asks nothing of the optimizer";
}

TEST(PlanWithParts, RefusesAnAverageOfWhatOwnsItsLoopOrAveragesItself) {
  const Planned planned(optimizer(""));
  ravine::harness::PluginInfo plugin = planned.plugins[planned.plan.trials[0].plugin];
  const auto plan_with = [&](const std::string& key) {
    const auto suite = ravine::harness::parse_suite(optimizer(key), "test.toml");
    ravine::problems::DataSets data;
    try {
      (void)ravine::harness::make_plan(suite, ravine::harness::Registry({plugin}), data, {});
      return std::string("no complaint");
    } catch (const UserError& e) {
      return std::string(e.what());
    }
  };
  plugin.optimizers[0].has_judged_point = true;
  EXPECT_EQ(plan_with("average = \"polyak\""),
            "test.toml:11:11: gradient_descent averages its iterates itself (it has a judged point "
            "of its own): leave average out (on bowl)");
  plugin.optimizers[0].has_judged_point = false;
  plugin.optimizers[0].steps = false;
  plugin.optimizers[0].runs = true;
  EXPECT_EQ(plan_with("average = \"polyak\""),
            "test.toml:11:11: gradient_descent owns its loop, and its iterates cannot be averaged: "
            "leave average out (on bowl)");
  EXPECT_FALSE(plugin.optimizers[0].honours_schedules());
}

TEST(PlanWithParts, SweepsTheirParametersAndNamesThemInLabels) {
  const Planned planned(optimizer(
      "set = { learning_rate = [0.1, 0.2] }\n"
      "schedule = { name = \"multi_step\", milestones = [5, \"3*T/4\"], gamma = [0.1, 0.5] }\n"
      "average = { name = \"ema\", beta = [0.9, 0.99] }"));
  ASSERT_EQ(planned.plan.trials.size(), 8U);
  std::set<std::string> labels, ids;
  for (const auto& trial : planned.plan.trials) {
    labels.insert(trial.optimizer_label);
    ids.insert(trial.id);
    EXPECT_EQ(trial.schedule.list("milestones"), (std::vector<double>{5, 15})) << "one list";
  }
  EXPECT_EQ(ids.size(), 8U);
  EXPECT_EQ(labels.size(), 8U);
  EXPECT_EQ(labels.count("gradient_descent schedule=multi_step average=ema learning_rate=0.2 "
                         "schedule.gamma=0.5 average.beta=0.99"),
            1U)
      << *labels.begin();
}

TEST(PlanWithParts, TellsTrialsApartByThem) {
  std::set<std::string> ids, meanings;
  const char* const variants[] = {"",
                                  "schedule = \"cosine\"",
                                  "schedule = { name = \"cosine\", eta_min = 0.1 }",
                                  "schedule = { name = \"constant\", warmup = 3 }",
                                  "average = \"polyak\"",
                                  "average = { name = \"tail\", start = 0 }",
                                  "schedule = \"cosine\"\naverage = \"polyak\""};
  for (const char* variant : variants) {
    const Planned planned(optimizer(variant));
    ids.insert(planned.plan.trials.at(0).id);
    meanings.insert(planned.plan.trials.at(0).meaning);
  }
  EXPECT_EQ(ids.size(), std::size(variants));
  EXPECT_EQ(meanings.size(), std::size(variants));
  EXPECT_EQ(ids.count(Planned(optimizer("schedule = \"constant\"")).plan.trials[0].id), 1U)
      << "no schedule and a constant one are the same trial";
  EXPECT_EQ(Planned(optimizer("schedule = { name = \"cosine\", total = 20 }")).plan.trials[0].id,
            Planned(optimizer("schedule = \"cosine\"")).plan.trials[0].id)
      << "what counts is the value in force";
}

// x <- (1 - rate m_k) x on f = x^2 / 2 from 1: the value is half the square of the product.
TEST(TrialsWithASchedule, OnAQuadraticAreTheProductOfTheirFactors) {
  const auto records = run_here(
      optimizer("set = { learning_rate = 0.5 }\nschedule = { name = \"cosine\", warmup = 5, "
                "warmup_from = 0.2, eta_min = 0.1 }"));
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].schedule,
            "cosine total=15 eta_min=0.1 per=step warmup=5 warmup_from=0.2 warmup_shape=linear");
  EXPECT_EQ(records[0].optimizer_label, "gradient_descent schedule=cosine");
  double x = 1;
  std::size_t checked = 0;
  for (int k = 1; k <= 20; ++k) {
    const double t = k - 1;
    const double m = t < 5 ? 0.2 + 0.8 * t / 5
                           : 0.1 + 0.9 * 0.5 * (1 + std::cos(std::acos(-1.0) * (t - 5) / 15));
    x *= 1 - 0.5 * m;
    for (const auto& point : records[0].trace)
      if (point.iteration == static_cast<std::uint64_t>(k)) {
        EXPECT_NEAR(point.value.value() / (x * x / 2), 1, 1e-13) << k;
        ++checked;
      }
  }
  EXPECT_GE(checked, 10U);
}

struct Told {
  double multiplier, epoch;
};
std::vector<Told> told;

std::int32_t listening_step(void*, const ravine_oracle*, const ravine_step* step, double* x) {
  told.push_back({step->multiplier, step->epoch});
  x[0] = static_cast<double>(step->iteration + 1);
  return RAVINE_OK;
}

/// The first coordinate of each point that the judge looked at.
std::vector<double> run_listening(const harness::TrialSpec& trial) {
  ravine_optimizer optimizer = ravine::test::blank_optimizer();
  optimizer.step = &listening_step;
  ravine::problems::DataSets data;
  harness::KeptProblem problem;
  const harness::SharedArea area;
  std::vector<double> seen;
  told.clear();
  harness::run_trial(trial, ravine::test::TestPlugin(optimizer), problem.of(trial, data), *area,
                     harness::now_ns(),
                     [&](const harness::AreaTrace&, auto x) { seen.push_back(x[0]); });
  return seen;
}

TEST(TrialsWithASchedule, CountEpochsByTheBatchesBeforeAStep) {
  auto trial = ravine::test::plain_trial("mlp", 12);
  trial.parameters["hidden"] = {0, "3"};
  trial.parameters["train"] = {100, ""};
  trial.parameters["test"] = {10, ""};
  trial.batch_size = 40;  // 40, 40 and 20 samples: three steps an epoch
  trial.schedule = {{"exponential",
                     {{"gamma", {0.5}},
                      {"per", {1}},
                      {"warmup", {0}},
                      {"warmup_from", {0}},
                      {"warmup_shape", {0}}}}};
  (void)run_listening(trial);
  ASSERT_EQ(told.size(), 12U);
  for (std::size_t k = 0; k < told.size(); ++k) {
    const std::size_t whole = k / 3;
    const auto epoch = static_cast<double>(whole);
    EXPECT_DOUBLE_EQ(told[k].epoch, epoch + 0.4 * static_cast<double>(k % 3)) << k;
    EXPECT_EQ(told[k].multiplier, std::exp2(-epoch)) << k;
  }
}

TEST(TrialsWithAnAverage, BeginItAnewWithEachStage) {
  auto trial = ravine::test::plain_trial("rastrigin", 9);
  trial.parameters["stages"] = {3, ""};
  trial.stage_iterations = 3;
  trial.average = {{"polyak", {}}};
  const auto seen = run_listening(trial);
  // x_k = k: the means of 1 2 3, of 4 5 6 and of 7 8 9.
  const std::vector<double> means{1, 1.5, 2, 4, 4.5, 5, 7, 7.5, 8};
  ASSERT_EQ(seen.size(), 10U);
  EXPECT_EQ(std::vector<double>(seen.begin() + 1, seen.end()), means);
}

TEST(TrialsWithASchedule, ReduceOnAPlateauOfTheValuesThatTheStepsSaw) {
  // A learning rate of 2 on x^2 / 2 goes from 1 to -1 and back: the value stays 1/2. After the
  // first value and three more without progress the multiplier is 1/2, which makes the next step
  // exact.
  const auto records = run_here(
      optimizer("set = { learning_rate = 2 }\nschedule = { name = \"reduce_on_plateau\", per = "
                "\"step\", patience = 2, factor = 0.5 }"));
  ASSERT_EQ(records.size(), 1U);
  std::size_t checked = 0;
  for (const auto& point : records[0].trace) {
    ++checked;
    EXPECT_EQ(point.value, point.iteration <= 4 ? 0.5 : 0) << point.iteration;
  }
  EXPECT_GE(checked, 5U);
}

TEST(TrialsWithAnAverage, AreJudgedAtTheMeanOfTheirIterates) {
  // x_k = 1/2^k, so the mean of the first k is (1 - 1/2^k) / k.
  const auto records = run_here(optimizer("set = { learning_rate = 0.5 }\naverage = \"polyak\""));
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].optimizer_label, "gradient_descent average=polyak");
  EXPECT_EQ(records[0].settings.back().name, "average");
  EXPECT_EQ(records[0].settings.back().value, "polyak");
  std::size_t checked = 0;
  for (const auto& point : records[0].trace) {
    if (point.iteration == 0) continue;
    const auto k = static_cast<double>(point.iteration);
    const double mean = (1 - std::exp2(-k)) / k;
    EXPECT_NEAR(point.value.value() / (mean * mean / 2), 1, 1e-14) << k;
    ++checked;
  }
  EXPECT_GE(checked, 10U);
}

TEST(TrialsWithAnAverage, ChangeNothingForTheOptimizer) {
  const std::string rate = "set = { learning_rate = 0.5 }\n";
  const auto plain = run_here(optimizer(rate));
  const auto averaged = run_here(optimizer(rate + "average = { name = \"tail\", start = 0.9 }"));
  ASSERT_EQ(plain.size() + averaged.size(), 2U);
  EXPECT_EQ(plain[0].counts.gradients, averaged[0].counts.gradients);
  for (const auto& a : plain[0].trace)
    for (const auto& b : averaged[0].trace)
      if (a.iteration == b.iteration && a.iteration <= 18) {
        EXPECT_EQ(a.value, b.value);
      }
}

TEST(TrialsWithAnAverage, SpendItsTimeOnAnAccountOfItsOwn) {
  const Planned planned(optimizer("average = \"polyak\""));
  const auto& trial = planned.plan.trials[0];
  const auto loaded = harness::load_plugin(planned.plugins[trial.plugin].path);
  harness::KeptProblem problem;
  ravine::problems::DataSets data;
  const harness::SharedArea area;
  harness::run_trial(trial, *loaded.plugin, problem.of(trial, data), *area, harness::now_ns());
  EXPECT_GT(area->books.spent[static_cast<std::size_t>(harness::Account::averaging)], 0);
}

}  // namespace
