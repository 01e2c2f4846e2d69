#include "problems/random/normal.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace ravine::problems::testing {
namespace {

constexpr double kEpsilon = std::numeric_limits<double>::epsilon();

// Phi^-1 of the double nearest to p, by Newton's method on the series of Phi in 80 digits.
TEST(NormalQuantile, AgreesWithEightyDigits) {
  struct Row {
    double p, z;
  };
  for (const Row& row :
       {Row{0x1p-54, -8.2923610758135955382341523}, Row{1e-12, -7.0344838253011319326141760},
        Row{1e-10, -6.3613409024040561991003969}, Row{1e-5, -4.2648907939228246102337489},
        Row{0.6, 0.2533471031357997413246887}, Row{0.75, 0.6744897501960817432022270},
        Row{0.9, 1.2815515655446005934874483}, Row{0.925, 1.4395314709384562290633202},
        Row{0.95, 1.6448536269514722842763156}, Row{0.975, 1.9599639845400538556044306},
        Row{0.99, 2.3263478740408407676371892}, Row{0.999, 3.0902323061678132777582023}}) {
    // AS 241 is published with an accuracy of about 1 part in 10^16; evaluation adds roundings.
    EXPECT_NEAR(normal_quantile(row.p), row.z, 8 * kEpsilon * std::abs(row.z)) << row.p;
  }
  EXPECT_EQ(normal_quantile(0.5), 0);
}

TEST(NormalQuantile, IsOddAboutOneHalf) {
  // Multiples of 2^-20, so that 1 - p is exact.
  for (int k = 1; k < 1 << 19; k += 997) {
    const double p = k * 0x1p-20;
    EXPECT_EQ(normal_quantile(p), -normal_quantile(1 - p));
  }
}

TEST(ExactLog, IsWithinTwoUlpOfTheLibrary) {
  for (int k = 1; k < 4000; ++k) {
    const double x = std::ldexp(1 + k / 4000.0, k % 2000 - 1000);
    const double wanted = std::log(x);
    EXPECT_NEAR(exact_log(x), wanted, 2 * kEpsilon * std::abs(wanted)) << x;
  }
  EXPECT_EQ(exact_log(1), 0);
}

}  // namespace
}  // namespace ravine::problems::testing
