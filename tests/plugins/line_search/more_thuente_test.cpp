// Moré and Thuente's search against their own: trial by trial against MINPACK-2's dcsrch
// (more_thuente.csv), and in the numbers that their paper prints.
#include "ravine/sdk/line_search/more_thuente.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "tests/plugins/line_search/lines.hpp"

namespace {

using ravine::sdk::MoreThuente;

// Tables I to VI of the paper: for the first trials 1e-3, 0.1, 10, 1000 the number of evaluations
// and the step, to the two digits printed.
struct Published {
  std::size_t evaluations;
  double step, tolerance;
};
constexpr Published kPublished[6][4] = {
    {{6, 1.4, .05}, {3, 1.4, .05}, {1, 10, .5}, {4, 37, .5}},
    {{12, 1.6, .05}, {8, 1.6, .05}, {8, 1.6, .05}, {11, 1.6, .05}},
    {{12, 1.0, .05}, {12, 1.0, .05}, {10, 1.0, .05}, {13, 1.0, .05}},
    {{4, .085, .005}, {1, .10, .005}, {3, .35, .005}, {4, .83, .005}},
    {{6, .075, .0005}, {3, .078, .0005}, {7, .073, .0005}, {8, .076, .0005}},
    {{13, .93, .005}, {11, .93, .005}, {8, .92, .005}, {11, .92, .005}}};

TEST(MoreThuente, TriesWhatTheAuthorsCodeTries) {
  std::ifstream file(RAVINE_TEST_SOURCE_DIR "/line_search/more_thuente.csv");
  std::string line;
  std::getline(file, line);
  std::size_t searches = 0;
  for (; std::getline(file, line); ++searches) {
    SCOPED_TRACE(line.substr(0, 20));
    const std::size_t function = searches / 4;
    std::istringstream fields(line);
    std::string number, c1, c2, first, step;
    for (std::string* field : {&number, &c1, &c2, &first}) std::getline(fields, *field, ',');
    ASSERT_EQ(std::stoul(number), function + 1);
    std::vector<double> expected;
    while (fields >> step) expected.push_back(std::strtod(step.c_str(), nullptr));

    ravine::test::Search search(ravine::test::kLines[function]);
    MoreThuente more_thuente(1, {.c1 = std::stod(c1), .c2 = std::stod(c2)});
    ASSERT_EQ(search.run(more_thuente, std::stod(first)), RAVINE_OK);
    EXPECT_TRUE(more_thuente.satisfied());
    const auto& points = search.oracle.points;
    ASSERT_EQ(points.size(), expected.size());
    // Both interpolate from the same numbers, rounded in another order: in a bracket of relative
    // width w a cubic loses some log10(1/w^2) of 16 digits, and w comes down to 1e-4 before the
    // end.
    for (std::size_t k = 0; k < expected.size(); ++k)
      EXPECT_NEAR(points[k][0], expected[k], 1e-8 * expected[k]) << "trial " << k;

    const Published& published = kPublished[function][searches % 4];
    EXPECT_EQ(points.size(), published.evaluations);
    EXPECT_NEAR(more_thuente.step(), published.step, published.tolerance * (1 + 1e-9));
  }
  EXPECT_EQ(searches, 6U * 4U);
}

}  // namespace
