// Bad input to every schedule and every average: parameters outside of their range are refused with
// the value and the range; at the ends of their range the multipliers are still numbers.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "harness/average/average.hpp"
#include "harness/error.hpp"
#include "harness/plan/parts.hpp"
#include "harness/plugin/describe.hpp"
#include "harness/schedule/catalog.hpp"
#include "harness/suite/parse.hpp"
#include "ravine/plugin.h"

namespace {

using namespace ravine::harness;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr Horizon kHorizon{100, 10};

ScheduleSpec schedule_of(const std::string& text) {
  const NamedPart part = parse_named_part(text, "schedule");
  return schedule_at(part, std::vector<std::size_t>(part.parameters.size(), 0), {}, kHorizon);
}
AverageSpec average_of(const std::string& text) {
  const NamedPart part = parse_named_part(text, "average");
  return average_at(part, std::vector<std::size_t>(part.parameters.size(), 0), {});
}
template <class Make>
std::string complaint_of(const Make& make, const std::string& text) {
  try {
    (void)make(text);
    return "no complaint about " + text;
  } catch (const UserError& e) {
    return e.what();
  }
}

/// The part with one parameter as given, and what it cannot do without.
std::string with(const std::string& id, const std::string& name, const std::string& value) {
  const bool needs = id == "multi_step" && name != "milestones";
  return fmt::format("{{ name = \"{}\"{}, {} = {} }}", id, needs ? ", milestones = 3" : "", name,
                     value);
}

std::vector<double> illegal_values(const ParameterInfo& p) {
  std::vector<double> values{std::nan(""), kInfinity, -kInfinity, -1e300};
  values.push_back((p.open & RAVINE_OPEN_MINIMUM) != 0 ? p.minimum
                                                       : std::nextafter(p.minimum, -kInfinity));
  // Beyond 2^53, where the whole numbers of a suite end, ones that are written as reals.
  if (std::isfinite(p.maximum))
    values.push_back(p.maximum == 0x1p53                   ? 1e17
                     : (p.open & RAVINE_OPEN_MAXIMUM) != 0 ? p.maximum
                                                           : std::nextafter(p.maximum, kInfinity));
  if (p.type == RAVINE_INTEGER) values.push_back(p.minimum + 0.5);
  return values;
}

/// Every parameter of a kind just outside of its range, and far.
template <class Make>
std::size_t check_refusals(const Make& make, const std::string& id,
                           const std::vector<PartParameter>& parameters) {
  std::size_t refused = 0;
  for (const PartParameter& parameter : parameters) {
    const ParameterInfo& p = parameter.info;
    if (p.type == RAVINE_CHOICE) {
      const std::string why = complaint_of(make, with(id, p.name, "\"no_such\""));
      EXPECT_NE(why.find(p.name + " cannot be \"no_such\""), std::string::npos) << why;
      continue;
    }
    for (const double value : illegal_values(p)) {
      const std::string why = complaint_of(make, with(id, p.name, fmt::format("{}", value)));
      const std::string expected =
          std::isfinite(value)
              ? fmt::format("{} = {} is not legal: write a ", p.name, value)
              : fmt::format("'{}' must be a finite number, such as 0.5, not {}", p.name, value);
      EXPECT_NE(why.find(expected), std::string::npos) << id << ": " << why;
      if (std::isfinite(value)) {
        EXPECT_NE(why.find(" in " + parameters_to_text(p)), std::string::npos) << id << ": " << why;
      }
      ++refused;
    }
  }
  return refused;
}

TEST(EverySchedule, RefusesWhatIsOutsideOfItsRangesWithNameValueAndRange) {
  std::size_t refused = 0;
  for (const ScheduleKind& kind : schedule_catalog())
    refused += check_refusals(schedule_of, kind.id, kind.parameters);
  EXPECT_GT(refused, 100U);
}

TEST(EveryAverage, RefusesWhatIsOutsideOfItsRangesWithNameValueAndRange) {
  std::size_t refused = 0;
  for (const AverageKind& kind : average_catalog())
    refused += check_refusals(average_of, kind.id, kind.parameters);
  EXPECT_GE(refused, 10U) << "tail's start and ema's beta";
}

// What people ask for most often, by hand.
TEST(Schedules, OfLengthZeroOrWithoutAFactorOrAListAreRefused) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({ name = "linear", total = 0 })", "total = 0 is not legal: write a value in (0, inf)"},
      {R"({ name = "one_cycle", total = -5 })",
       "total = -5 is not legal: write a value in (0, inf)"},
      {R"({ name = "warm_restarts", period = 0 })",
       "period = 0 is not legal: write a value in (0, inf)"},
      {R"({ name = "warm_restarts", growth = 0.5 })",
       "growth = 0.5 is not legal: write a value in [1, 1000]"},
      {R"({ name = "step", size = 0 })", "size = 0 is not legal: write a value in (0, inf)"},
      {R"({ name = "exponential", gamma = 0 })", "gamma = 0 is not legal: write a value in (0, 1]"},
      {R"({ name = "exponential", gamma = 1.5 })",
       "gamma = 1.5 is not legal: write a value in (0, 1]"},
      {R"({ name = "reduce_on_plateau", factor = 1 })",
       "factor = 1 is not legal: write a value in (0, 1)"},
      {R"({ name = "multi_step", milestones = [] })",
       "'milestones' is an empty list; write a value into it"},
      {R"({ name = "multi_step", milestones = [3, 3] })",
       "3 stands twice in 'milestones'; remove one"},
  };
  for (const auto& [text, why] : cases) {
    const std::string complaint = complaint_of(schedule_of, text);
    EXPECT_TRUE(complaint.starts_with("--schedule: ")) << complaint;
    EXPECT_NE(complaint.find(why), std::string::npos) << complaint;
  }
}

/// The legal end, or what lies beside an open one; far out where there is none.
std::vector<double> extreme_values(const ParameterInfo& p) {
  const double low =
      (p.open & RAVINE_OPEN_MINIMUM) != 0 ? std::nextafter(p.minimum, kInfinity) : p.minimum;
  const double high = std::isinf(p.maximum)                 ? 1e300
                      : (p.open & RAVINE_OPEN_MAXIMUM) != 0 ? std::nextafter(p.maximum, -kInfinity)
                                                            : p.maximum;
  return {low, high};
}

TEST(EverySchedule, HasMultipliersThatAreNumbersAtTheEndsOfItsRanges) {
  for (const ScheduleKind& kind : schedule_catalog())
    for (const PartParameter& parameter : kind.parameters) {
      if (parameter.info.type == RAVINE_CHOICE) continue;
      for (const double value : extreme_values(parameter.info)) {
        SCOPED_TRACE(fmt::format("{} {} = {}", kind.id, parameter.info.name, value));
        ScheduleSpec spec;
        try {
          spec = schedule_of(with(kind.id, parameter.info.name, fmt::format("{}", value)));
        } catch (const UserError& e) {
          // A warm-up that leaves nothing of the trial, a rise and a fall that are more than all.
          const std::string why = e.what();
          EXPECT_TRUE(why.find("leaves nothing of a trial") != std::string::npos ||
                      why.find("rise + decay is more than 1") != std::string::npos)
              << why;
          continue;
        }
        Schedule schedule(spec);
        for (std::uint64_t step = 0; step <= 120; ++step) {
          const double m = schedule.multiplier(step, static_cast<double>(step) / 10);
          ASSERT_TRUE(std::isfinite(m) && m >= 0) << m << " at step " << step;
          schedule.saw(1);
        }
      }
    }
}

}  // namespace
