#include <algorithm>
#include <cmath>

#include "problems/facts.hpp"
#include "problems/linear/reduce.hpp"
#include "problems/regressions/margin_risk.hpp"

namespace ravine::problems {
namespace {

double same(double lambda) { return lambda; }

double largest(std::span<const double> v) {
  double most = 0;
  for (const double entry : v) most = std::max(most, std::abs(entry));
  return most;
}

}  // namespace

PlaneRisk::PlaneRisk(Generator& generator, Loss loss, double noise, double l2)
    : generator_(generator), loss_(loss), noise_(noise), l2_(l2), cb_(generator.weights()) {
  generator_.apply(same, cb_);
  beta_ = std::sqrt(dot(generator_.weights(), cb_));
}

MarginRisk PlaneRisk::at(std::span<const double> w) {
  const std::vector<double>& b = generator_.weights();
  const double along = dot(w, cb_) / beta_;
  apart_.assign(w.begin(), w.end());
  for (std::size_t j = 0; j < w.size(); ++j) apart_[j] -= along / beta_ * b[j];
  d_ = apart_;
  generator_.apply(same, d_);
  // From what is left of w, not from a difference of squares.
  const double across = std::sqrt(std::max(0.0, dot(apart_, d_)));
  cw_.resize(w.size());
  for (std::size_t j = 0; j < w.size(); ++j) cw_[j] = d_[j] + along / beta_ * cb_[j];
  return margin_risk(loss_, along, across, beta_, noise_);
}

void PlaneRisk::evaluate(std::span<const double> w, double* value, double* gradient) {
  const MarginRisk risk = at(w);
  if (value != nullptr) *value = l2_ == 0 ? risk.value : risk.value + 0.5 * l2_ * dot(w, w);
  for (std::size_t j = 0; gradient != nullptr && j < w.size(); ++j)
    gradient[j] = 2 * risk.v * cw_[j] + risk.c * cb_[j] + l2_ * w[j];
}

void PlaneRisk::product(std::span<const double> w, std::span<const double> v, double* hv) {
  const MarginRisk risk = at(w);
  const double by_w = dot(cw_, v), by_b = dot(cb_, v);
  const double of_w = 4 * risk.vv * by_w + 2 * risk.vc * by_b;
  const double of_b = 2 * risk.vc * by_w + risk.cc * by_b;
  d_.assign(v.begin(), v.end());
  generator_.apply(same, d_);
  for (std::size_t j = 0; j < v.size(); ++j)
    hv[j] = 2 * risk.v * d_[j] + of_w * cw_[j] + of_b * cb_[j] + l2_ * v[j];
}

std::optional<Minimum> PlaneRisk::minimum() {
  constexpr int kSteps = 100;
  if (noise_ == 0.5 || (noise_ == 0 && l2_ == 0) || loss_ == Loss::perceptron) return std::nullopt;
  const std::size_t n = cb_.size();
  std::vector<double> w = generator_.weights(), g(n), step(n), u1(n), u2(n), tried(n);
  for (double& entry : w) entry /= beta_;
  double f = 0, last = INFINITY;
  evaluate(w, &f, g.data());
  bool near = false;  // where rounding decides which of two values is smaller
  for (int k = 0; k < kSteps; ++k) {
    const MarginRisk risk = at(w);
    const auto divided = [&](double lambda) { return 1 / (2 * risk.v * lambda + l2_); };
    step = g;
    u1 = cw_;
    u2 = cb_;
    for (std::vector<double>* right : {&step, &u1, &u2}) generator_.apply(divided, *right);
    // (D + U M U')^-1 = D^-1 - D^-1 U (I + M U'D^-1 U)^-1 M U'D^-1, U = (C w, C b).
    const double m11 = 4 * risk.vv, m12 = 2 * risk.vc, m22 = risk.cc;
    const double s11 = dot(cw_, u1), s12 = dot(cw_, u2), s22 = dot(cb_, u2);
    const double a11 = 1 + m11 * s11 + m12 * s12, a12 = m11 * s12 + m12 * s22;
    const double a21 = m12 * s11 + m22 * s12, a22 = 1 + m12 * s12 + m22 * s22;
    const double r1 = dot(cw_, step), r2 = dot(cb_, step);
    const double q1 = m11 * r1 + m12 * r2, q2 = m12 * r1 + m22 * r2;
    const double determinant = a11 * a22 - a12 * a21;
    const double y1 = (a22 * q1 - a12 * q2) / determinant;
    const double y2 = (a11 * q2 - a21 * q1) / determinant;
    for (std::size_t j = 0; j < n; ++j) step[j] -= u1[j] * y1 + u2[j] * y2;
    const double gain = dot(step, g), length = largest(step);
    if (!std::isfinite(gain)) return std::nullopt;
    double t = 1, f_tried = 0;
    for (;; t /= 2) {
      for (std::size_t j = 0; j < n; ++j) tried[j] = w[j] - t * step[j];
      evaluate(tried, &f_tried, nullptr);
      if (near || f_tried <= f - 1e-4 * t * gain) break;
      if (t < 1e-10) return std::nullopt;
    }
    w.swap(tried);
    evaluate(w, &f, g.data());
    if (near && (length <= 4 * kUnitRoundoff * largest(w) || length > last / 2)) {
      const MarginRisk there = at(w);
      Minimum result{w, f, 0};
      result.flatness = 0.5 * (2 * there.v * dot(cw_, w) + l2_ * dot(w, w));
      return result;
    }
    last = near ? length : INFINITY;
    near = near || gain <= 1e-10 * f;
  }
  return std::nullopt;
}

}  // namespace ravine::problems
