// Coordinate descent (Wright 2015, Algorithms 1 and 3; Gauss-Southwell: Nutini et al. 2015): along
// one coordinate at a time, to the minimizer of its quadratic model,
//   x_i <- x_i - omega f_i / f_ii,   f_i = df/dx_i,  f_ii = d2f/dx_i^2,
// exact on a quadratic, where cyclic sweeps are Gauss-Seidel (omega = 1) and SOR (others). Where
// f_ii <= 0 or is not a number that model has no minimizer, and x_i <- x_i - alpha f_i; rule
// "fixed" does so everywhere (ensmallen's). A step is a sweep of n coordinates by default: opening
// the cursor costs a pass over the data, which a sweep shares among its coordinates. State: 2
// counters. Traffic: O(1) beside the oracle's for a coordinate; greedy asks n partials.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/partials.hpp"

namespace {

constexpr const char* kStream = "coordinates";

class CoordinateDescent {
  static constexpr std::array kNeeds{RAVINE_EXTENSION_PARTIALS};
  static constexpr const char* kRules[] = {"exact", "fixed"};
  enum Rule : std::uint8_t { kExact, kFixed };
  static constexpr const char* kSelections[] = {"cyclic", "random", "greedy"};
  enum Selection : std::uint8_t { kCyclic, kRandom, kGreedy };
  static constexpr const char* kPerSteps[] = {"sweep", "coordinate"};
  enum PerStep : std::uint8_t { kSweep, kCoordinate };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "coordinate_descent",
      .name = "Coordinate descent",
      .author = "Ravine",
      .summary = "x_i <- x_i - f_i / f_ii, one coordinate after the other",
      .paper =
          "S. J. Wright, Coordinate descent algorithms, Math. Program. 151 (2015); J. Nutini, "
          "M. Schmidt, I. Laradji, M. Friedlander, H. Koepke, Coordinate descent converges "
          "faster with the Gauss-Southwell rule than random selection, ICML (2015)",
      .needs = 0,
      .needs_extensions = kNeeds};
  static constexpr std::array kParameters{
      ravine::sdk::choice("selection",
                          "the coordinate: 0, 1, ..., n - 1 and again; one drawn uniformly, with "
                          "replacement; or that of the largest |f_i|, the first of equals",
                          kSelections, kCyclic),
      ravine::sdk::choice("rule", "the step: to the quadratic model's minimizer, or -alpha f_i",
                          kRules, kExact),
      ravine::sdk::choice("per_step", "what an iteration is: n coordinates or one", kPerSteps,
                          kSweep),
      ravine::sdk::real({.name = "relaxation",
                         .meaning = "omega: the share of the exact step that is taken; converges "
                                    "on a convex quadratic below 2",
                         .value = 1,
                         .minimum = 0,
                         .maximum = 2,
                         .tune_low = 0.5,
                         .tune_high = 1.9,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .condition = "rule = exact"}),
      ravine::sdk::learning_rate(
          {.value = 1e-2,
           .tune_low = 1e-5,
           .tune_high = 10,
           .meaning = "learning rate alpha, of rule fixed and of coordinates where f_ii <= 0"})};

  explicit CoordinateDescent(const ravine::sdk::Start& start)
      : selection_(static_cast<Selection>(start.count_setting("selection"))),
        rule_(static_cast<Rule>(start.count_setting("rule"))),
        coordinates_(start.count_setting("per_step") == kCoordinate
                         ? std::min<std::size_t>(1, start.n())
                         : start.n()),
        omega_(start.setting("relaxation")),
        alpha_(start.setting("learning_rate")),
        host_(&start.host()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (coordinates_ == 0) return RAVINE_OK;
    ravine::sdk::Cursor cursor(f);
    if (const auto status = cursor.open(x); status != RAVINE_OK) return status;
    for (std::size_t k = 0; k < coordinates_; ++k) {
      std::size_t i = 0;
      double slope = 0, curvature = 0;
      auto status = select(cursor, x.size(), i);
      if (status != RAVINE_OK) return status;
      status = rule_ == kExact ? cursor.both(i, slope, curvature) : cursor.first(i, slope);
      if (status != RAVINE_OK) return status;
      const double delta = curvature > 0 ? -omega_ * (slope / curvature) : -alpha_ * slope;
      status = cursor.move(i, step.multiplier * delta);
      if (status != RAVINE_OK) return status;
    }
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(next_, drawn_);
  }

 private:
  std::int32_t select(const ravine::sdk::Cursor& cursor, std::size_t n, std::size_t& i) {
    if (selection_ == kCyclic) {
      i = next_ % n;
      next_ = i + 1;
      return RAVINE_OK;
    }
    if (selection_ == kRandom) {
      double u = 0;
      const auto status = host_->random_uniform(host_, kStream, drawn_++, 1, &u);
      i = std::min(n - 1, static_cast<std::size_t>(u * static_cast<double>(n)));
      return status;
    }
    double largest = -1;  // below every |f_j|; what is not a number is passed over
    for (std::size_t j = 0; j < n; ++j) {
      double slope = 0;
      if (const auto status = cursor.first(j, slope); status != RAVINE_OK) return status;
      if (std::fabs(slope) > largest) {
        largest = std::fabs(slope);
        i = j;
      }
    }
    return RAVINE_OK;
  }

  Selection selection_;
  Rule rule_;
  std::size_t coordinates_;  // of a step
  double omega_, alpha_;
  const ravine_host* host_;
  std::uint64_t next_ = 0, drawn_ = 0;  // the next cyclic coordinate; random numbers used
};

}  // namespace

RAVINE_PLUGIN("coordinate_descent", "1.0", CoordinateDescent)
