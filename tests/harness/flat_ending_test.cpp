// Endings that the smallest eigenvalue decides: valleys with a flat floor, and bounds that hold.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "harness/measure/ending.hpp"

namespace {

using namespace ravine;
using results::Ended;

/// f(x) = 1 + 1/2 x_0^2 + phi(x_1). That f* = 0 is said of it, as if there were a deeper place.
class Valley final : public problems::Problem {
 public:
  enum class Floor { flat, curved, sloping };

  Valley(Floor floor, double curvature) : floor_(floor), curvature_(curvature) {
    facts_.family = "valley";
    facts_.n = 2;
    facts_.x0 = {2, 0};
    facts_.f_star = 0;
    facts_.blocks = {{"x", 0, {2}}};
    facts_.stages = {{}};
    facts_.offers_hessian_vectors = true;
  }
  problems::Facts& known() { return facts_; }
  [[nodiscard]] const problems::Facts& facts() const override { return facts_; }
  problems::Answer evaluate(const problems::Objective&, std::span<const double> x, double* value,
                            double* gradient) override {
    const auto [phi, slope] = floor(x[1]);
    if (value != nullptr) *value = 1 + 0.5 * (x[0] * x[0]) + phi;
    if (gradient != nullptr) {
      gradient[0] = x[0];
      gradient[1] = slope;
    }
    return problems::Answer::ok;
  }
  problems::Answer hessian_vectors(const problems::Objective&, std::span<const double> x,
                                   const double* v, std::uint64_t, double* hv) override {
    hv[0] = v[0];
    hv[1] = v[1] * (floor_ == Floor::flat     ? curvature_ * std::exp(-x[1])
                    : floor_ == Floor::curved ? curvature_
                                              : 0);
    return problems::Answer::ok;
  }

 private:
  // exp(-t), which falls towards infinity; 1/2 t^2; t; all times the curvature.
  [[nodiscard]] std::pair<double, double> floor(double t) const {
    if (floor_ == Floor::flat) return {curvature_ * std::exp(-t), -curvature_ * std::exp(-t)};
    if (floor_ == Floor::curved) return {0.5 * curvature_ * (t * t), curvature_ * t};
    return {curvature_ * t, curvature_};
  }

  problems::Facts facts_;
  Floor floor_;
  double curvature_;
};

struct Told {
  Ended ended;
  std::optional<double> smallest;
};

Told told(Valley& valley, const std::vector<double>& x) {
  const harness::SharedArea area;
  harness::describe_ending(valley, x, 3, 0, *area);
  return {area->ended, area->has_smallest_eigenvalue != 0 ? std::optional(area->smallest_eigenvalue)
                                                          : std::nullopt};
}

TEST(FlatEnding, AValleyThatFallsTowardsInfinityIsAPlateau) {
  Valley valley(Valley::Floor::flat, 1);
  const Told there = told(valley, {0, 30});
  EXPECT_EQ(there.ended, Ended::plateau);
  EXPECT_NEAR(there.smallest.value_or(1), 0, 1e-12);
}

TEST(FlatEnding, AFloorOfNoCurvatureAtAllIsAPlateau) {
  Valley valley(Valley::Floor::curved, 0);
  EXPECT_EQ(told(valley, {0, 3}).ended, Ended::plateau);
}

TEST(FlatEnding, AMinimumThatIsMuchLongerThanWideIsOne) {
  for (const double curvature : {1e-2, 1e-5}) {
    Valley valley(Valley::Floor::curved, curvature);
    const Told there = told(valley, {0, 0});
    EXPECT_EQ(there.ended, Ended::local_minimum) << curvature;
    EXPECT_NEAR(there.smallest.value_or(0), curvature, 1e-12);
  }
}

TEST(FlatEnding, WithoutFStarAFlatFloorMayBeTheBestThereIs) {
  Valley valley(Valley::Floor::curved, 0);
  valley.known().f_star.reset();
  EXPECT_EQ(told(valley, {0, 3}).ended, Ended::local_minimum);
}

// The curvature along a variable that its bound holds does not count, though it is 0.
TEST(FlatEnding, ABoundThatHoldsIsNoFlatDirection) {
  Valley valley(Valley::Floor::sloping, 1);
  valley.known().lower = {-5, 0};
  valley.known().upper = {5, 5};
  const Told there = told(valley, {0, 0});
  EXPECT_EQ(there.ended, Ended::local_minimum);
  EXPECT_NEAR(there.smallest.value_or(0), 1, 1e-12);
}

TEST(FlatEnding, ACornerThatBoundsHoldIsAMinimum) {
  Valley valley(Valley::Floor::sloping, 1);
  valley.known().lower = {0.5, 0};
  valley.known().upper = {5, 5};
  const Told there = told(valley, {0.5, 0});
  EXPECT_EQ(there.ended, Ended::local_minimum);
  EXPECT_FALSE(there.smallest.has_value());
}

}  // namespace
