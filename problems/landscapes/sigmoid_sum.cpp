#include "problems/landscapes/sigmoid_sum.hpp"

#include <algorithm>
#include <cmath>

#include "problems/facts.hpp"

namespace ravine::problems {

Sigmoid::Sigmoid(double z) {
  const double e = std::exp(-std::fabs(z)), near = 1 / (1 + e), far = e / (1 + e);
  value = z < 0 ? far : near;
  const double rest = z < 0 ? near : far;
  first = value * rest;
  second = first * (rest - value);
}

SigmoidSum::Expansion SigmoidSum::at(const Objective& objective, std::span<const double> w) const {
  const std::size_t count = objective.full ? x.size() : objective.samples.size();
  Expansion sum;
  for (std::size_t k = 0; k < count; ++k) {
    const std::size_t i = objective.full ? k : objective.samples[k];
    const Sigmoid s(w[0] * x[i] + w[1]);
    const double r = s.value - y[i];
    const double slope = 2 * r * s.first;
    const double curvature = 2 * (s.first * s.first + r * s.second);
    sum.value += r * r;
    sum.gradient[0] += slope * x[i];
    sum.gradient[1] += slope;
    sum.hessian[0] += curvature * x[i] * x[i];
    sum.hessian[1] += curvature * x[i];
    sum.hessian[3] += curvature;
  }
  const auto N = static_cast<double>(count);
  sum.hessian[2] = sum.hessian[1];
  sum.value /= N;
  for (double& g : sum.gradient) g /= N;
  for (double& h : sum.hessian) h /= N;
  return sum;
}

double SigmoidSum::mean_square() const {
  double sum = 0;
  for (const double v : x) sum += v * v + 1;
  return sum / static_cast<double>(x.size());
}

double SigmoidSum::best_step() const {
  const auto N = static_cast<double>(x.size());
  double wrong = 0;  // of a step up before all points, then behind each of them
  for (const double v : y) wrong += 1 - v;
  double best = std::min(wrong, N - wrong);
  for (const double v : y) {
    wrong += 2 * v - 1;
    best = std::min({best, wrong, N - wrong});
  }
  return best / N;
}

std::optional<std::array<double, 2>> SigmoidSum::minimizer() const {
  constexpr int kGrid = 8, kSteps = 200;
  std::array<double, 2> w{};
  double f = at({}, w).value;
  for (int i = -kGrid; i <= kGrid; ++i) {
    for (int j = -kGrid; j <= kGrid; ++j) {
      const std::array<double, 2> node{static_cast<double>(i), static_cast<double>(j)};
      if (const double there = at({}, node).value; there < f) f = there, w = node;
    }
  }
  double damping = 1e-3;
  for (int k = 0; k < kSteps; ++k) {
    const Expansion e = at({}, w);
    const auto& [gradient, h] = std::pair(e.gradient, e.hessian);
    const double a = h[0] + damping, c = h[3] + damping, determinant = a * c - h[1] * h[1];
    const double d0 = (c * gradient[0] - h[1] * gradient[1]) / determinant;
    const double d1 = (a * gradient[1] - h[1] * gradient[0]) / determinant;
    const std::array<double, 2> next{w[0] - d0, w[1] - d1};
    const double there = at({}, next).value;
    // What a step gains ends below the rounding of f: the last ones, undamped, refine w alone.
    // Behind one of 1e-11 the error is that of rounding.
    const double noise = 16 * kUnitRoundoff * e.value;
    const bool definite = a > 0 && determinant > 0;
    if (definite && there <= e.value + noise) {
      w = next;
      damping = damping < 1e-12 ? 0 : damping * 0.1;
      const double length = std::max(std::fabs(d0), std::fabs(d1));
      const double size = std::max(std::fabs(w[0]), std::fabs(w[1]));
      if (size > 1e3) return std::nullopt;
      if (damping == 0 && length <= 1e-11 * size)
        return at({}, w).value < best_step() ? std::optional(w) : std::nullopt;
    } else {
      damping = std::max(10 * damping, 1e-3);
    }
  }
  return std::nullopt;
}

}  // namespace ravine::problems
