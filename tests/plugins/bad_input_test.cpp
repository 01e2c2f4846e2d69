// What no optimizer may do with bad input is crash, or go on with something else: settings outside
// of their declared range are refused with the value and the range, by the library itself too, and
// numbers that are none are answered by a defined step.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>

#include "tests/plugins/every.hpp"

namespace {

using namespace ravine::test;

class BadInput : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Plugins, BadInput, testing::ValuesIn(every_plugin()),
                         [](const auto& tested) { return tested.param; });

std::string refusal_of(const std::string& plugin, const Objective& objective,
                       const Settings& settings) {
  try {
    const Host host(plugin, objective, settings);
    return "no refusal";
  } catch (const std::runtime_error& refused) {
    return refused.what();
  }
}

/// Just outside of the legal range, at either end; what is no number; for a whole number a half.
std::vector<double> illegal_values(const ravine_parameter& p) {
  constexpr double kAll = std::numeric_limits<double>::infinity();
  std::vector<double> values{std::nan(""), kAll, -kAll};
  if (std::isfinite(p.minimum))
    values.push_back((p.open & RAVINE_OPEN_MINIMUM) != 0 ? p.minimum
                                                         : std::nextafter(p.minimum, -kAll));
  if (std::isfinite(p.maximum))
    values.push_back((p.open & RAVINE_OPEN_MAXIMUM) != 0 ? p.maximum
                                                         : std::nextafter(p.maximum, kAll));
  if (p.type != RAVINE_REAL) values.push_back(p.minimum + 0.5);
  return values;
}

/// What "name = value is not legal: it must be ... in (low, high]" says.
struct Said {
  std::string name;
  double value = 0, low = 0, high = 0;
  char left = 0, right = 0;
  std::string between;
};
Said read_refusal(const std::string& why) {
  Said said;
  const std::size_t equals = why.find(" = ");
  const std::size_t range = why.rfind(" in ") + 4;
  if (equals == std::string::npos || range >= why.size()) return said;
  char* end = nullptr;
  said.name = why.substr(0, equals);
  said.value = std::strtod(&why[equals + 3], &end);
  said.between.assign(static_cast<const char*>(end), &why[range]);
  said.left = why[range];
  said.low = std::strtod(&why[range + 1], &end);
  said.high = std::strtod(end + 2, &end);  // beyond the comma
  said.right = *end;
  return said;
}

TEST_P(BadInput, EverySettingJustOutsideOfItsRangeIsRefusedWithNameValueAndRange) {
  // The smallest plugin relies on the contract: the host hands over legal settings only.
  if (GetParam() == "minimal") return;
  const Objective objective = task_for(GetParam());
  const ravine_optimizer& optimizer = *Host(GetParam(), objective).optimizer;
  for (std::uint64_t i = 0; i < optimizer.parameter_count; ++i) {
    const ravine_parameter& p = *optimizer.parameters[i];
    for (const double value : illegal_values(p)) {
      const std::string why = refusal_of(GetParam(), objective, {{p.name, value}});
      SCOPED_TRACE(why);
      const Said said = read_refusal(why);
      EXPECT_EQ(said.name, "create: " + std::string(p.name));
      EXPECT_TRUE(said.value == value || (std::isnan(said.value) && std::isnan(value)));
      EXPECT_EQ(said.between, p.type == RAVINE_REAL
                                  ? " is not legal: it must be in "
                                  : " is not legal: it must be a whole number in ");
      EXPECT_EQ(said.low, p.minimum);
      EXPECT_EQ(said.high, p.maximum);
      EXPECT_EQ(said.left, (p.open & RAVINE_OPEN_MINIMUM) != 0 ? '(' : '[');
      EXPECT_EQ(said.right, (p.open & RAVINE_OPEN_MAXIMUM) != 0 ? ')' : ']');
    }
  }
}

/// The objective with everything that it answers spoiled, or only its second derivatives.
Objective spoiled(const Objective& good, double bad, bool second_only = false) {
  Objective s = good;
  const auto fill = [bad](std::span<double> out) { std::fill(out.begin(), out.end(), bad); };
  const std::size_t n = good.start.size();
  if (s.hessian) {
    s.hessian = [fill, n](std::span<const double>, std::span<double> h) { fill(h.first(n * n)); };
  }
  if (second_only) return s;
  s.f = [f = good.f, fill](std::span<const double> x, std::span<double> g) {
    const double value = f(x, {});
    fill(g);
    return value;
  };
  if (good.squares.count > 0) {
    s.squares.jacobian = [fill](std::span<const double>, std::span<double> j) { fill(j); };
  }
  if (good.samples.count > 0) {
    s.samples.f = [f = good.samples.f, fill](std::size_t i, std::span<const double> x,
                                             std::span<double> g) {
      const double value = f(i, x, {});
      fill(g);
      return value;
    };
  }
  return s;
}

// OK with whatever x, which the host looks at; done; or an end that the trial's record names: of a
// plugin that runs by itself the stop that it was told too.
bool defined(std::int32_t status) {
  return status == RAVINE_OK || status == RAVINE_STOP || status == RAVINE_CONVERGED ||
         status == RAVINE_NO_PROGRESS || status == RAVINE_NOT_SUPPORTED ||
         status == RAVINE_OUT_OF_DOMAIN;
}

TEST_P(BadInput, DerivativesThatAreNoNumbersFromTheStartGetADefinedStep) {
  const Objective good = task_for(GetParam());
  for (const double bad : {std::nan(""), HUGE_VAL, -HUGE_VAL})
    for (const bool second_only : {false, true}) {
      SCOPED_TRACE(std::to_string(bad) + (second_only ? " in the Hessian" : " everywhere"));
      Host host(GetParam(), spoiled(good, bad, second_only));
      for (const Left& left : walk(host, 3)) {
        EXPECT_TRUE(defined(left.status)) << left.status;
        if (left.status == RAVINE_NOT_SUPPORTED) {
          EXPECT_NE(host.log, "") << "a refusal says why";
        }
      }
    }
}

TEST_P(BadInput, DerivativesOf0FromTheStartGetADefinedStep) {
  const Objective good = task_for(GetParam());
  Host host(GetParam(), spoiled(good, 0));
  for (const Left& left : walk(host, 5)) {
    EXPECT_TRUE(defined(left.status)) << left.status;
    for (const double v : left.x) EXPECT_TRUE(std::isfinite(v)) << v;
  }
}

/// All that the objective answers but its Hessian, as long as `spoils` does, is `bad`.
Objective spoiled_while(const bool& spoils, double bad, const Objective& good) {
  Objective spoiled = good;
  spoiled.f = [&spoils, bad, f = good.f](std::span<const double> x, std::span<double> g) {
    const double value = f(x, g);
    if (spoils) std::fill(g.begin(), g.end(), bad);
    return spoils ? bad : value;
  };
  if (good.samples.count > 0)
    spoiled.samples.f = [&spoils, bad, f = good.samples.f](std::size_t i, std::span<const double> x,
                                                           std::span<double> g) {
      const double value = f(i, x, g);
      if (spoils) std::fill(g.begin(), g.end(), bad);
      return spoils ? bad : value;
    };
  if (good.squares.count > 0)
    spoiled.squares.residuals = [&spoils, bad, residuals = good.squares.residuals](
                                    std::span<const double> x, std::span<double> r) {
      residuals(x, r);
      if (spoils) std::fill(r.begin(), r.end(), bad);
    };
  return spoiled;
}

// Those that answer RAVINE_OK to values and gradients that are NaN, without a NaN in x, and why
// that is right. All of them leave x as it is but where it says `moves`.
struct Discard {
  const char* why;
  bool moves = false;
};
const std::map<std::string, Discard> kDiscard = {
    {"levenberg_marquardt", {"a trial without a value is rejected, and the next one is shorter"}},
    {"trust_region", {"a trial without a value is rejected, and the radius shrinks"}},
    {"alternating_minimization", {"a turn without a better point; when all are idle it says so"}},
    {"block_coordinate_descent", {"a turn without a better point; when all are idle it says so"}},
    {"nelder_mead", {"a point without a value is the worst: the best vertex stays"}},
    {"cma_es",
     {"samples without a value rank last; where none has one, the order of drawing decides",
      true}}};

TEST_P(BadInput, NotANumberIsSeenAndForgottenByAReset) {
  for (const double bad : {std::nan(""), HUGE_VAL, -HUGE_VAL}) {
    const Objective good = task_for(GetParam());
    bool spoils = false;
    Host host(GetParam(), spoiled_while(spoils, bad, good));
    walk(host, 2);
    const std::vector<double> x = host.x;
    spoils = true;
    const Left first = walk(host, 1).front();
    EXPECT_TRUE(defined(first.status)) << first.status;
    const bool passed_on =
        std::any_of(first.x.begin(), first.x.end(), [](double v) { return std::isnan(v); });
    if (std::isnan(bad)) {
      const auto discards = kDiscard.find(GetParam());
      const bool says_nothing = first.status == RAVINE_OK && !passed_on;
      EXPECT_EQ(says_nothing, discards != kDiscard.end()) << "kDiscard says who may, and why";
      if (says_nothing && (discards == kDiscard.end() || !discards->second.moves)) {
        EXPECT_EQ(first.x, x) << "went on as if the gradient were a number";
      }
    }
    EXPECT_TRUE(defined(walk(host, 1).front().status));
    spoils = false;
    if (host.optimizer->reset == nullptr) continue;
    ASSERT_EQ(host.reset(), RAVINE_OK);
    host.resume_at(0);
    Host fresh(GetParam(), good);
    EXPECT_EQ(walk(host, 3), walk(fresh, 3));
  }
}

TEST(Combinations, ThatAreIllegalAreUnsupportedWithTheirValuesAndWhatIsLegal) {
  struct Case {
    const char* plugin;
    Settings settings;
    const char* why;
  };
  const Case cases[] = {
      {"rprop",
       {{"delta_min", 1e-7}, {"delta_max", 1e-8}},
       "init: delta_min = 1e-07 is not legal: it must be in [0, delta_max = 1e-08]"},
      {"rprop",
       {{"initial_step", 0.5}, {"delta_max", 0.25}},
       "init: initial_step = 0.5 is not legal: it must be in [delta_min = 1e-06, delta_max = "
       "0.25]"},
      {"rprop",
       {{"initial_step", 0.25}, {"delta_min", 0.5}},
       "init: initial_step = 0.25 is not legal: it must be in [delta_min = 0.5, delta_max = 50]"},
      {"barzilai_borwein",
       {{"first_step", 1e-11}},
       "init: first_step = 1e-11 is not legal: it must be 0 or in [1e-10, 1e10]"},
      {"heavy_ball",
       {{"ramp", 1}, {"form", 3}},
       "init: ramp = 1 needs another form: 1 - beta^t is for a constant beta"},
      {"heavy_ball",
       {{"ramp", 1}, {"ramp_last", 10}},
       "init: ramp_last needs a task that says how many iterations are planned"},
      {"trust_region",
       {{"initial_radius", 2}, {"max_radius", 1.5}},
       "init: initial_radius = 2 is not legal: it must be in (0, max_radius = 1.5]"},
      {"cma_es",
       {{"population", 1}},
       "init: population = 1 is not legal: it must be 0 or in [2, 1e5]"},
      {"rmsprop",
       {{"centered", 1}, {"average_of", 1}},
       "init: centered = 1 needs average_of = squares: a sum has no variance"},
      {"rmsprop",
       {{"centered", 1}, {"bias_correction", 1}},
       "init: centered = 1 needs bias_correction = 0: the corrected variance of one gradient is 0, "
       "and the first step g / epsilon"},
  };
  for (const Case& wrong : cases) try {
      const Host host(wrong.plugin, mild_quadratic(), wrong.settings);
      ADD_FAILURE() << "accepted what should be: " << wrong.why;
    } catch (const InitRefused& refused) {
      EXPECT_STREQ(refused.what(), wrong.why);
      EXPECT_EQ(refused.status, RAVINE_NOT_SUPPORTED) << "of the trial: not a crash";
    }
}

}  // namespace
