// The method of conjugate directions (Hestenes and Stiefel 1952, sections 4 and 5; Nocedal and
// Wright 2006, (5.6) and (5.7)) along any given set: n directions with d_i'H d_j = 0 for i != j,
// and the exact minimum along one of them a step, x <- x - (g'd_k / d_k'H d_k) d_k with the
// gradient g at x. On a quadratic the k-th iterate is the minimum over x0 + span(d_1 ... d_k), so
// that n steps end at x*. H is the Hessian where the walk began. An optimizer gives it its own set:
//
//   std::int32_t step(const Function& f, const ravine_step&, std::span<double> x) {
//     return directions_.step(
//         f, x, [&](std::span<double> d) { ...; return RAVINE_OK; },  // d_1, d_2, ... one by one
//         [&](auto v, auto hv) { return f.hessian_vector(x, v, hv); });
//   }
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "ravine/sdk/array.hpp"
#include "ravine/sdk/function.hpp"
#include "ravine/sdk/no_progress.hpp"
#include "ravine/sdk/vector.hpp"

namespace ravine::sdk {

/// State: n^2 + 2 n doubles. Traffic: 4 n doubles a step; n products at the start, and n^3 flops.
class ConjugateDirections {
 public:
  ConjugateDirections(const ravine_host& host, std::size_t n)
      : host_(&host), d_(n * n), curvature_(n), at_(n), g_(n), hd_(n) {}

  /// One direction further. Where the walk begins, and begins anew because the host has moved x,
  /// set(d) writes n directions of n doubles one after another, and product(v, hv) is H v there;
  /// both answer a status. Directions that are not conjugate, or along which H does not curve up,
  /// are refused: RAVINE_NO_PROGRESS with the reason.
  template <class Set, class Product>
  [[nodiscard]] std::int32_t step(const Function& f, std::span<double> x, const Set& set,
                                  const Product& product) {
    const std::size_t n = x.size();
    if (begun_ && !same(x, at_)) begun_ = false;
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    if (max_norm(g_) == 0) return RAVINE_CONVERGED;
    if (!begun_) {
      if (const auto status = set(std::span<double>(d_)); status != RAVINE_OK) return status;
      if (const auto status = check(n, product); status != RAVINE_OK) return status;
      k_ = 0;
      begun_ = true;
    }
    if (k_ == n) return no_progress(*host_, "has done its n directions");
    const auto d = direction(k_);
    add_scaled(x, -dot(g_, d) / curvature_[k_], d);
    std::copy(x.begin(), x.end(), at_.begin());
    ++k_;
    return RAVINE_OK;
  }
  /// The objective has changed: the next step begins anew.
  void forget() { begun_ = false; }

  template <class Archive>
  void state(Archive& archive) {
    archive(d_, curvature_, at_, k_, begun_);
    archive.require(k_ <= at_.size());
  }

 private:
  // The cosine of two directions in the product u'H v that counts as conjugate: a set that is so in
  // exact arithmetic is far below it, unless H is so ill-conditioned that the rounding of H d
  // itself is above.
  static constexpr double kConjugate = 1e-6;

  [[nodiscard]] std::span<const double> direction(std::size_t i) const {
    return {d_.data() + i * at_.size(), at_.size()};
  }
  template <class Product>
  std::int32_t check(std::size_t n, const Product& product) {
    const double rounding = 16 * static_cast<double>(n) * std::numeric_limits<double>::epsilon();
    double norm_of_h = 0;  // the largest |H d| / |d| of the set
    double needed = 0;     // how large it has to be to explain the worst pair by rounding
    for (std::size_t i = 0; i < n; ++i) {
      const auto d = direction(i);
      if (const auto status = product(d, std::span<double>(hd_)); status != RAVINE_OK)
        return status;
      curvature_[i] = dot(d, hd_);
      if (!(curvature_[i] > 0))
        return no_progress(*host_, "no positive curvature along a direction: d'Hd <= 0");
      norm_of_h = std::max(norm_of_h, norm(hd_) / norm(d));
      for (std::size_t j = 0; j < i; ++j) {
        const double apart = std::fabs(dot(direction(j), hd_));
        if (apart <= kConjugate * std::sqrt(curvature_[i]) * std::sqrt(curvature_[j])) continue;
        needed = std::max(needed, apart / (rounding * norm(d) * norm(direction(j))));
      }
    }
    if (!(needed <= norm_of_h)) return no_progress(*host_, "the directions are not conjugate");
    return RAVINE_OK;
  }

  const ravine_host* host_;
  Vector d_, curvature_;  // the directions, and d'H d of each
  Vector at_;             // where the last step led
  std::uint64_t k_ = 0;   // directions done
  bool begun_ = false;
  Vector g_, hd_;  // scratch
};

}  // namespace ravine::sdk
