// Backtracking (Armijo 1966; Nocedal and Wright 2006, Algorithm 3.1): the first of first_step,
// shrink first_step, shrink^2 first_step, ... with f(x + a d) <= f(x) + c1 a g'd.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk/line_search/base.hpp"

namespace ravine::sdk {

struct ArmijoSettings {
  double c1 = 1e-4;
  double shrink = 0.5;
  int trials = 60;  ///< 2^-60 of a step is below an ulp of it
  double rounding = 1e-14;
};

class Armijo : public LineSearchBase {
 public:
  explicit Armijo(std::size_t n, const ArmijoSettings& settings = {})
      : LineSearchBase(n, settings.trials, settings.rounding),
        c1_(settings.c1),
        shrink_(settings.shrink) {}

  [[nodiscard]] std::int32_t search(const Function& function, std::span<double> x, double& f,
                                    std::span<double> g, std::span<const double> d,
                                    double first_step) {
    return search_by([&](const Line& line) { return backtrack(line, first_step); }, function, x, f,
                     g, d);
  }

 protected:
  std::int32_t backtrack(const Line& line, double step) {
    while (true) {
      LinePoint next{step};
      if (const auto status = evaluate(line, next); status != RAVINE_OK) return status;
      if (decreases(next, c1_)) return accept(next);
      if (next.f < best().f) keep(next);
      step *= shrink_;
    }
  }
  [[nodiscard]] double c1() const { return c1_; }

 private:
  double c1_, shrink_;
};

}  // namespace ravine::sdk
