// Bad input to every bundled optimizer by the way that suites and trials take: settings outside of
// their range, problems without what they need, gradients that are no numbers or 0 from the start.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "harness/error.hpp"
#include "harness/plan/settings.hpp"
#include "harness/plugin/describe.hpp"
#include "harness/run/assemble.hpp"
#include "harness/suite/parse.hpp"
#include "harness/worker/worker.hpp"
#include "tests/harness/support.hpp"

namespace {

using namespace ravine;
using harness::OptimizerInfo;
using harness::ParameterInfo;
using problems::Answer;
using results::Status;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

const std::vector<harness::PluginInfo>& bundled() {
  static const test::Planned planned(
      "[suite]\nname = \"one\"\n[[problem]]\nfamily = \"quadratic\"\nset = { n = 1, kappa = 1 }\n"
      "[[optimizer]]\nid = \"adam\"\n");
  return planned.plugins;
}

std::string complaint_about(const std::string& optimizer, const std::string& setting) {
  const std::string suite =
      "[suite]\nname = \"one\"\n[[problem]]\nfamily = \"quadratic\"\nset = { n = 1, kappa = 1 }\n"
      "[[optimizer]]\nid = \"" +
      optimizer + "\"\nset = { " + setting + " }\n";
  problems::DataSets data;
  try {
    (void)harness::make_plan(harness::parse_suite(suite, "test.toml"), harness::Registry(bundled()),
                             data, {});
    return "no complaint";
  } catch (const harness::UserError& e) {
    return e.what();
  }
}

std::vector<double> illegal_values(const ParameterInfo& p) {
  std::vector<double> values{std::nan(""), kInfinity, -kInfinity};
  if (std::isfinite(p.minimum))
    values.push_back((p.open & RAVINE_OPEN_MINIMUM) != 0 ? p.minimum
                                                         : std::nextafter(p.minimum, -kInfinity));
  if (std::isfinite(p.maximum))
    values.push_back((p.open & RAVINE_OPEN_MAXIMUM) != 0 ? p.maximum
                                                         : std::nextafter(p.maximum, kInfinity));
  if (p.type != RAVINE_REAL) values.push_back(p.minimum + 0.5);
  return values;
}

TEST(IllegalSettings, OfEveryOptimizerAreRefusedWithNameValueAndRange) {
  std::size_t refused = 0;
  for (const auto& plugin : bundled())
    for (const OptimizerInfo& o : plugin.optimizers)
      for (const ParameterInfo& p : o.parameters) {
        SCOPED_TRACE(o.id + " " + p.name);
        const std::string range = harness::parameters_to_text(p);
        if (p.type == RAVINE_CHOICE) {
          EXPECT_NE(complaint_about(o.id, p.name + " = \"no_such\"")
                        .find(p.name + " cannot be \"no_such\""),
                    std::string::npos);
          EXPECT_NE(complaint_about(o.id, p.name + " = 0")
                        .find(p.name + " cannot be 0: write one of " + range),
                    std::string::npos);
          continue;
        }
        for (const double value : illegal_values(p)) {
          const std::string why = complaint_about(o.id, fmt::format("{} = {}", p.name, value));
          const std::string expected =
              !std::isfinite(value)
                  ? fmt::format("'{}' must be a finite number, such as 0.5, not {}", p.name, value)
                  : fmt::format("{} = {} is not legal: write a ", p.name, value);
          EXPECT_NE(why.find(expected), std::string::npos) << why;
          if (std::isfinite(value)) {
            EXPECT_NE(why.find(" in " + range), std::string::npos) << why;
          }
          ++refused;
        }
      }
  EXPECT_GT(refused, 200U);
}

/// f = |x|^2 / 2 over two variables, of four equal samples, as a sum of squares too; every first
/// derivative is what the test wants.
class Odd final : public problems::Problem {
 public:
  enum Offers : std::uint8_t { kNothing, kEverything };
  Odd(Offers offers, double derivative)
      : all_(offers == kEverything), derivative_(derivative), squares_(*this) {
    facts_.family = "odd";
    facts_.n = 2;
    facts_.x0 = {1, -0.5};
    facts_.f_star = 0;
    facts_.blocks = {{"x", 0, {2}}};
    facts_.stages = {{}};
    facts_.sample_count = all_ ? 4 : 0;
    facts_.offers_hessian_vectors = facts_.offers_hessian = facts_.offers_partials = all_;
  }
  [[nodiscard]] const problems::Facts& facts() const override { return facts_; }
  Answer evaluate(const problems::Objective&, std::span<const double> x, double* value,
                  double* gradient) override {
    if (value != nullptr) *value = (x[0] * x[0] + x[1] * x[1]) / 2;
    if (gradient != nullptr) std::fill_n(gradient, 2, derivative_);
    return Answer::ok;
  }
  Answer hessian_vectors(const problems::Objective&, std::span<const double>, const double* v,
                         std::uint64_t count, double* hv) override {
    std::copy_n(v, 2 * count, hv);
    return Answer::ok;
  }
  Answer hessian(const problems::Objective&, std::span<const double>, double* h) override {
    const double identity[] = {1, 0, 0, 1};
    std::copy_n(identity, 4, h);
    return Answer::ok;
  }
  std::unique_ptr<problems::Cursor> cursor(const problems::Objective&,
                                           std::span<const double>) override {
    return all_ ? std::make_unique<At>(derivative_) : nullptr;
  }
  problems::Residuals* residuals() override { return all_ ? &squares_ : nullptr; }

 private:
  struct At final : problems::Cursor {
    explicit At(double derivative) : derivative_(derivative) {}
    Answer partial(std::uint64_t, double* first, double* second) override {
      if (first != nullptr) *first = derivative_;
      if (second != nullptr) *second = 1;
      return Answer::ok;
    }
    Answer move(std::uint64_t, double) override { return Answer::ok; }
    double derivative_;
  };
  struct Squares final : problems::Residuals {
    explicit Squares(const Odd& odd) : odd_(odd) {}
    [[nodiscard]] std::uint64_t count() const override { return 2; }
    [[nodiscard]] double scale() const override { return 0.5; }
    Answer residuals(std::span<const double> x, double* r) override {
      std::copy(x.begin(), x.end(), r);
      return Answer::ok;
    }
    Answer jacobian_vector(std::span<const double>, const double*, double* jv) override {
      std::fill_n(jv, 2, odd_.derivative_);
      return Answer::ok;
    }
    Answer vector_jacobian(std::span<const double>, const double*, double* uj) override {
      std::fill_n(uj, 2, odd_.derivative_);
      return Answer::ok;
    }
    Answer jacobian(std::span<const double>, double* j) override {
      std::fill_n(j, 4, odd_.derivative_);
      return Answer::ok;
    }
    const Odd& odd_;
  };

  bool all_;
  double derivative_;
  problems::Facts facts_;
  Squares squares_;
};

/// The trial of each bundled optimizer with its defaults on this problem.
template <class Look>
void try_all(Odd& problem, const Look& look) {
  std::size_t tried = 0;
  for (const auto& plugin : bundled()) {
    const auto library = harness::load_plugin(plugin.path);
    ASSERT_NE(library.plugin, nullptr) << library.text;
    for (std::size_t i = 0; i < plugin.optimizers.size(); ++i, ++tried) {
      SCOPED_TRACE(plugin.optimizers[i].id);
      harness::TrialSpec trial = test::quadratic(2);
      trial.optimizer = i;
      trial.settings = harness::default_settings(plugin.optimizers[i]);
      trial.budget_iterations = 20;
      const harness::SharedArea area;
      harness::run_trial(trial, *library.plugin, problem, *area, harness::now_ns());
      look(plugin.optimizers[i], harness::record_of(trial, plugin, *area, {}));
    }
  }
  EXPECT_GE(tried, 44U);
}

TEST(ProblemsWithout, WhatAnOptimizerNeedsAreUnsupportedAndTheReasonNamesIt) {
  Odd bare(Odd::kNothing, 1);
  std::size_t lacking = 0;
  try_all(bare, [&](const OptimizerInfo& o, const results::TrialRecord& record) {
    std::vector<std::string> needs = o.needs_extensions;
    if ((o.needs & RAVINE_HESSIAN_VECTORS) != 0) needs.emplace_back("Hessian-vector products");
    if ((o.needs & RAVINE_BATCHES) != 0) needs.emplace_back("batches");
    if (needs.empty()) {
      // One variable is all that the secant method is for; its own refusal says so.
      EXPECT_EQ(record.status == Status::unsupported, o.id == "secant") << record.reason;
      return;
    }
    ++lacking;
    EXPECT_EQ(record.status, Status::unsupported) << record.reason;
    EXPECT_TRUE(std::any_of(needs.begin(), needs.end(), [&](const std::string& need) {
      return record.reason.find(need) != std::string::npos;
    })) << record.reason;
  });
  EXPECT_GE(lacking, 9U);
}

// A trial on numbers that are none ends as diverged, or where the optimizer said that it can go no
// further; never as a crash, a broken rule or a fault of ours.
TEST(Gradients, ThatAreNoNumbersFromTheStartEndTheTrialByName) {
  for (const double bad : {std::nan(""), kInfinity, -kInfinity}) {
    Odd odd(Odd::kEverything, bad);
    try_all(odd, [&](const OptimizerInfo& o, const results::TrialRecord& record) {
      const bool by_values = (o.needs & RAVINE_GRADIENT) == 0 && o.needs_extensions.empty() &&
                             (o.needs & RAVINE_BATCHES) == 0;
      // To a method that asks for signs alone infinity is a number like any other.
      const bool by_signs = std::isinf(bad) && (o.id == "rprop" || o.id == "sign_sgd");
      std::set<Status> ends = {Status::diverged, Status::converged_early, Status::unsupported};
      if (by_values || by_signs) ends.insert({Status::budget, Status::hit});
      EXPECT_TRUE(ends.contains(record.status))
          << bad << ": " << static_cast<int>(record.status) << " " << record.reason;
    });
  }
}

TEST(Gradients, Of0FromTheStartEndTheTrialByNameToo) {
  Odd flat(Odd::kEverything, 0);
  try_all(flat, [&](const OptimizerInfo&, const results::TrialRecord& record) {
    const std::set<Status> ends = {Status::budget, Status::hit, Status::converged_early,
                                   Status::unsupported};
    EXPECT_TRUE(ends.contains(record.status))
        << static_cast<int>(record.status) << " " << record.reason;
  });
}

}  // namespace
