#include "harness/suite/range.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace ravine::harness {
namespace {

using Values = std::vector<double>;

// Exact comparisons throughout: a range and the same numbers written out must be the same trials.
TEST(Range, LinearIsTheNumbersAsWritten) {
  EXPECT_EQ(linear_range(0.5, 0.9, 5), (Values{0.5, 0.6, 0.7, 0.8, 0.9}));
  EXPECT_EQ(linear_range(0.0, 1.0, 11),
            (Values{0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0}));
  EXPECT_EQ(linear_range(-0.1, 0.2, 4), (Values{-0.1, 0.0, 0.1, 0.2}));
  EXPECT_EQ(linear_range(3.0, 1.0, 3), (Values{3.0, 2.0, 1.0}));
}

TEST(Range, EndsAreExactWhateverTheirDigits) {
  const double from = 0.1234567890123456789;
  const double to = 98.76543210987654321;
  for (const auto& values : {linear_range(from, to, 7), logarithmic_range(from, to, 7)}) {
    ASSERT_EQ(values.size(), 7U);
    EXPECT_EQ(values.front(), from);
    EXPECT_EQ(values.back(), to);
  }
}

TEST(Range, OneValueIsItsStart) {
  EXPECT_EQ(linear_range(0.3, 0.3, 1), Values{0.3});
  EXPECT_EQ(logarithmic_range(0.3, 0.3, 1), Values{0.3});
}

TEST(Range, LogarithmicMeetsPowersExactly) {
  EXPECT_EQ(logarithmic_range(1e-4, 1.0, 5), (Values{1e-4, 1e-3, 1e-2, 1e-1, 1.0}));
  EXPECT_EQ(logarithmic_range(10.0, 1e7, 7), (Values{10.0, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7}));
  EXPECT_EQ(logarithmic_range(16.0, 256.0, 5), (Values{16.0, 32.0, 64.0, 128.0, 256.0}));
  EXPECT_EQ(logarithmic_range(100.0, 1.0, 3), (Values{100.0, 10.0, 1.0}));
}

TEST(Range, ExtremeEndsDoNotOverflow) {
  EXPECT_EQ(logarithmic_range(1e-300, 1e300, 3), (Values{1e-300, 1.0, 1e300}));
  EXPECT_EQ(linear_range(-1e308, 1e308, 3), (Values{-1e308, 0.0, 1e308}));
  EXPECT_EQ(stepped_range(-1e308, 1e308, 1e308), (Values{-1e308, 0.0, 1e308}));
}

TEST(Range, StepsMeetAnEndThatIsWholeStepsAway) {
  EXPECT_EQ(stepped_range(0.1, 0.5, 0.1), (Values{0.1, 0.2, 0.3, 0.4, 0.5}));
  EXPECT_EQ(stepped_range(0.0, 0.3, 0.1), (Values{0.0, 0.1, 0.2, 0.3}));
  EXPECT_EQ(stepped_range(3.0, 1.0, -1.0), (Values{3.0, 2.0, 1.0}));
}

TEST(Range, StepsNeverPassAnEnd) {
  EXPECT_EQ(stepped_range(1.0, 10.0, 4.0), (Values{1.0, 5.0, 9.0}));
  EXPECT_EQ(stepped_range(0.0, 1.0, 5.0), Values{0.0});
  EXPECT_EQ(stepped_range(10.0, 1.0, -4.0), (Values{10.0, 6.0, 2.0}));
}

TEST(Range, CountOfStepsIsKnownBeforeTheyAreMade) {
  EXPECT_EQ(stepped_count(0.0, 0.3, 0.1), 4.0);
  EXPECT_GT(stepped_count(0.0, 1.0, 1e-300), 1e299);
}

}  // namespace
}  // namespace ravine::harness
