#include "problems/text/nearest.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace ravine::problems::testing {
namespace {

TEST(EditDistance, CountsEdits) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("adam", "adam"), 0U);
  EXPECT_EQ(edit_distance("", "adam"), 4U);
  EXPECT_EQ(edit_distance("adam", "adan"), 1U);       // replaced
  EXPECT_EQ(edit_distance("adm", "adam"), 1U);        // inserted
  EXPECT_EQ(edit_distance("adaam", "adam"), 1U);      // deleted
  EXPECT_EQ(edit_distance("aadm", "adam"), 1U);       // swapped
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);  // Levenshtein's example
  EXPECT_EQ(edit_distance("ca", "abc"), 3U);          // no part edited twice
}

TEST(Nearest, FindsTheLikelyWord) {
  const std::vector<std::string> known = {"quadratic", "rosenbrock", "rastrigin", "mlp", "n"};
  EXPECT_EQ(nearest("rosenbrok", known), "rosenbrock");
  EXPECT_EQ(nearest("Rastrigen", known), "rastrigin");
  EXPECT_EQ(nearest("pml", known), "");
  EXPECT_EQ(nearest("mpl", known), "mlp");
  EXPECT_EQ(nearest("x", known), "");
  EXPECT_EQ(nearest("styblinski_tang", known), "");
  EXPECT_EQ(nearest("anything", {}), "");
}

TEST(Nearest, ForgivesCapitalsAndHyphens) {
  const std::vector<std::string> known = {"heavy_ball", "gradient_descent"};
  EXPECT_EQ(nearest("Heavy-Ball", known), "heavy_ball");
}

TEST(Suggestion, NamesTheNearestOrAll) {
  const std::vector<std::string> known = {"log", "linear"};
  EXPECT_EQ(suggestion("linaer", known), ", did you mean 'linear'?");
  EXPECT_EQ(suggestion("clusters", known), ", known are: log, linear");
  EXPECT_EQ(suggestion("clusters", {}), ", known are: none");
}

}  // namespace
}  // namespace ravine::problems::testing
