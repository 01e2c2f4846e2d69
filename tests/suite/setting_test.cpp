// Settings in a suite: what a value, a list and a range become.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "harness/suite/parse.hpp"

namespace ravine::harness {
namespace {

using Scalars = std::vector<Scalar>;

Suite suite_with(const std::string& problem_lines, const std::string& optimizer_lines) {
  return parse_suite("suite.name = 's'\n[[problem]]\nfamily = 'f'\n" + problem_lines +
                         "\n[[optimizer]]\nid = 'o'\n" + optimizer_lines + "\n",
                     "s.toml");
}

Scalars values(const std::string& text) {
  return suite_with("", "set.x = " + text).optimizers.at(0).settings.at(0).values;
}

Scalars batches(const std::string& text) {
  return suite_with("batch = " + text, "").problems.at(0).batch.value().values;
}

TEST(Setting, OneValue) {
  EXPECT_EQ(values("3"), Scalars{3.0});
  EXPECT_EQ(values("-2.5e-3"), Scalars{-2.5e-3});
  EXPECT_EQ(values("0x10"), Scalars{16.0});
  EXPECT_EQ(values("true"), Scalars{1.0});
  EXPECT_EQ(values("false"), Scalars{0.0});
  EXPECT_EQ(values("'1/L'"), Scalars{"1/L"});
  EXPECT_EQ(values("9007199254740992"), Scalars{9007199254740992.0});
}

TEST(Setting, ListsKeepTheirOrder) {
  EXPECT_EQ(values("[3, 0, 'armijo', true, 2]"), (Scalars{3.0, 0.0, "armijo", 1.0, 2.0}));
}

TEST(Setting, Ranges) {
  EXPECT_EQ(values("{ from = 0.5, to = 0.9, count = 5 }"), (Scalars{0.5, 0.6, 0.7, 0.8, 0.9}));
  EXPECT_EQ(values("{ from = 0, to = 1, count = 3, scale = 'linear' }"), (Scalars{0.0, 0.5, 1.0}));
  EXPECT_EQ(values("{ from = 1e-3, to = 1, count = 4, scale = 'log' }"),
            (Scalars{1e-3, 1e-2, 1e-1, 1.0}));
  EXPECT_EQ(values("{ from = 1, to = 2, step = 0.5 }"), (Scalars{1.0, 1.5, 2.0}));
  EXPECT_EQ(values("{ from = 2, to = 2, count = 1 }"), Scalars{2.0});
  EXPECT_EQ(values("{ from = 1, to = 100000, step = 1 }").size(), 100000U);
}

TEST(Setting, ARangeIsTheListOfItsValues) {
  EXPECT_EQ(values("{ from = 0.1, to = 1, count = 10 }"),
            values("[0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]"));
}

TEST(Setting, MinusZeroIsZero) {
  const Scalars scalars = values("-0.0");
  EXPECT_FALSE(std::signbit(std::get<double>(scalars.at(0))));
}

TEST(Setting, BatchSizes) {
  EXPECT_EQ(batches("32"), Scalars{32.0});
  EXPECT_EQ(batches("0"), Scalars{0.0});
  EXPECT_EQ(batches("'full'"), Scalars{0.0});
  EXPECT_EQ(batches("[1, 'full', 64.0]"), (Scalars{1.0, 0.0, 64.0}));
  EXPECT_EQ(batches("{ from = 8, to = 24, step = 8 }"), (Scalars{8.0, 16.0, 24.0}));
}

TEST(Setting, RangesOfBatchSizesAreRounded) {
  EXPECT_EQ(batches("{ from = 1, to = 100, count = 4, scale = 'log' }"),
            (Scalars{1.0, 5.0, 22.0, 100.0}));
}

}  // namespace
}  // namespace ravine::harness
