// One of the line searches of this folder, by a choice hyperparameter, and what an optimizer needs
// around it.
//
//   static constexpr std::array kParameters{..., ravine::sdk::LineSearch::choice(),
//                                           ravine::sdk::LineSearch::curvature(0.9)};
//   explicit MyOptimizer(const ravine::sdk::Start& start) : line_(start), ...
//   status = line_.search(f, x, value, g, d, 1.0);  // base.hpp says what it does and answers
//
// With .uses = RAVINE_HESSIAN_VECTORS, "exact_quadratic" has products where the problem offers
// them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>

#include "ravine/sdk/about.hpp"
#include "ravine/sdk/line_search/armijo.hpp"
#include "ravine/sdk/line_search/exact_quadratic.hpp"
#include "ravine/sdk/line_search/hager_zhang.hpp"
#include "ravine/sdk/line_search/more_thuente.hpp"
#include "ravine/sdk/line_search/strong_wolfe.hpp"
#include "ravine/sdk/start.hpp"

namespace ravine::sdk {

class LineSearch {
 public:
  enum Kind : std::uint8_t { kWolfeZoom, kMoreThuente, kHagerZhang, kArmijo, kExactQuadratic };
  static constexpr const char* kNames[] = {"wolfe_zoom", "more_thuente", "hager_zhang", "armijo",
                                           "exact_quadratic"};
  static constexpr double kC1 = 1e-4;  ///< of all but Hager and Zhang's; c2 is above it

  /// The hyperparameter "line_search".
  static constexpr ravine_parameter choice(Kind value = kWolfeZoom) {
    return ravine::sdk::choice(
        "line_search",
        "how far to go along the direction: strong Wolfe by zoom or by More and Thuente, "
        "approximate Wolfe by Hager and Zhang, Armijo backtracking, or to the minimizer of a "
        "quadratic",
        kNames, value);
  }
  /// The hyperparameter "c2".
  static constexpr ravine_parameter curvature(double value) {
    return real({.name = "c2",
                 .meaning =
                     "wolfe_zoom and more_thuente accept |slope| <= c2 |slope at the start|, "
                     "hager_zhang slope >= c2 slope at the start, however steep uphill (and "
                     "its c1 is min(0.1, c2), as its theory needs c1 <= c2)",
                 .value = value,
                 .minimum = kC1,
                 .maximum = 1,
                 .tune_low = 0.1,
                 .tune_high = 0.9,
                 .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                 .condition = "line_search = wolfe_zoom, more_thuente or hager_zhang"});
  }

  /// As the two hyperparameters say.
  explicit LineSearch(const Start& start)
      : LineSearch(start.n(), static_cast<Kind>(start.count_setting("line_search")),
                   start.setting("c2"), (start.task().offers & RAVINE_HESSIAN_VECTORS) != 0) {}
  LineSearch(std::size_t n, Kind kind, double c2, bool hessian_vectors = false)
      : search_(make(n, kind, c2, hessian_vectors)) {}

  [[nodiscard]] std::int32_t search(const Function& function, std::span<double> x, double& f,
                                    std::span<double> g, std::span<const double> d,
                                    double first_step) {
    return std::visit([&](auto& s) { return s.search(function, x, f, g, d, first_step); }, search_);
  }
  [[nodiscard]] bool satisfied() const {
    return std::visit([](const auto& s) { return s.satisfied(); }, search_);
  }
  [[nodiscard]] double step() const {
    return std::visit([](const auto& s) { return s.step(); }, search_);
  }
  [[nodiscard]] int trials() const {
    return std::visit([](const auto& s) { return s.trials(); }, search_);
  }

 private:
  using Any = std::variant<StrongWolfe, MoreThuente, HagerZhang, Armijo, ExactQuadratic>;
  static Any make(std::size_t n, Kind kind, double c2, bool hessian_vectors) {
    switch (kind) {
      case kMoreThuente:
        return MoreThuente(n, {.c1 = kC1, .c2 = c2});
      case kHagerZhang: {
        HagerZhangSettings settings{.c2 = c2};
        settings.c1 = std::min(settings.c1, c2);  // delta <= sigma
        return HagerZhang(n, settings);
      }
      case kArmijo:
        return Armijo(n, {.c1 = kC1});
      case kExactQuadratic:
        return ExactQuadratic(n, hessian_vectors, {.c1 = kC1});
      case kWolfeZoom:
        break;
    }
    return StrongWolfe(n, {.c1 = kC1, .c2 = c2});
  }

  Any search_;
};

/// The first trial along a direction whose length says nothing of a step's, as in steepest descent
/// and conjugate gradients: where f would fall at its initial rate by what the last step gained,
/// 2 (f - f_before) / g'd (Nocedal and Wright 2006, (3.60)), or by what it hoped for if that is
/// more, lest one short step make all that follow short. Part of the optimizer's state.
class FirstTrial {
 public:
  /// Of a search along d with the slope g'd.
  [[nodiscard]] double step(double slope, std::span<const double> d) const {
    const double step = change_ / slope;
    // At most 1 far from x*, when nothing is known.
    return step > 0 && std::isfinite(step) ? step : std::min(1.0, 1 / norm(d));
  }
  /// A search with that slope went from f_before to f by the step a.
  void accepted(double a, double slope, double f_before, double f) {
    change_ = std::min(2 * (f - f_before), a * slope);
  }
  void forget() { change_ = 0; }

  template <class Archive>
  void state(Archive& archive) {
    archive(change_);
  }

 private:
  double change_ = 0;
};

}  // namespace ravine::sdk
