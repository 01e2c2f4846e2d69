// The minimizer along d of a quadratic: a = -g'd / d'Hd, with d'Hd from one Hessian-vector product
// or, without one, from the slopes at two points, which on a quadratic is the same number:
// d'Hd = (g(x + t d) - g(x))'d / t. Elsewhere it is a Newton step along the line.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk/line_search/armijo.hpp"

namespace ravine::sdk {

/// Where that step does not lower f by Armijo's condition, or where the curvature along d is not
/// positive, f being no convex quadratic, Armijo backtracking takes over, from that step or from
/// `first_step`. `satisfied`: the accepted step is a = -g'd / d'Hd itself.
class ExactQuadratic : public Armijo {
 public:
  /// hessian_vectors: whether the oracle offers them (Start::task().offers); `first_step` then
  /// matters only where f is no convex quadratic.
  ExactQuadratic(std::size_t n, bool hessian_vectors, const ArmijoSettings& settings = {})
      : Armijo(n, settings), hessian_vectors_(hessian_vectors) {}

  [[nodiscard]] std::int32_t search(const Function& function, std::span<double> x, double& f,
                                    std::span<double> g, std::span<const double> d,
                                    double first_step) {
    exact_ = 0;
    return search_by([&](const Line& line) { return find(line, first_step); }, function, x, f, g,
                     d);
  }
  [[nodiscard]] bool satisfied() const { return Armijo::satisfied() && step() == exact_; }

 private:
  std::int32_t find(const Line& line, double first_step) {
    LinePoint probe{first_step};
    double curvature = 0;
    if (const auto status =
            hessian_vectors_ ? by_product(line, curvature) : by_slopes(line, probe, curvature);
        status != RAVINE_OK)
      return status;
    const double step = -start().slope / curvature;
    if (!(curvature > 0) || !(step > 0) || !std::isfinite(step)) return backtrack(line, first_step);
    exact_ = step;
    // The probe may have been there already.
    if (!hessian_vectors_ && step == probe.step && decreases(probe, c1())) return accept(probe);
    return backtrack(line, step);
  }
  std::int32_t by_product(const Line& line, double& curvature) {
    const auto status = line.function.hessian_vector(line.x, line.d, trial_g_);
    if (status == RAVINE_OK) curvature = dot(trial_g_, line.d);
    return status == RAVINE_OUT_OF_DOMAIN ? RAVINE_OK : status;
  }
  std::int32_t by_slopes(const Line& line, LinePoint& probe, double& curvature) {
    while (true) {
      if (const auto status = evaluate(line, probe); status != RAVINE_OK) return status;
      if (std::isfinite(probe.f)) break;
      probe.step *= 0.5;
    }
    curvature = (probe.slope - start().slope) / probe.step;
    return RAVINE_OK;
  }

  bool hessian_vectors_;
  double exact_ = 0;
};

}  // namespace ravine::sdk
