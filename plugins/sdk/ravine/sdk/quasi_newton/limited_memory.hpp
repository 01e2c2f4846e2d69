// The last m pairs s = x' - x, y = g' - g, and the L-BFGS inverse Hessian that they stand for.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk/array.hpp"
#include "ravine/sdk/vector.hpp"

namespace ravine::sdk {

/// Vectors have n doubles. An optimizer that saves its state archives `memory.state(archive)`.
class LimitedMemory {
 public:
  LimitedMemory(std::size_t n, std::size_t m) : n_(n), s_(n * m), y_(n * m), rho_(m), alpha_(m) {}

  [[nodiscard]] bool empty() const { return count_ == 0; }
  void clear() { count_ = next_ = 0; }

  /// Adds the pair of a step from (x, g) to (x_new, g_new), in the oldest one's place. False, and
  /// nothing added, where s'y <= 1e-10 |s| |y|: the curvature would make H indefinite or huge.
  bool add(std::span<const double> x, std::span<const double> g, std::span<const double> x_new,
           std::span<const double> g_new) {
    const auto s = pair(s_, next_);
    const auto y = pair(y_, next_);
    for (std::size_t i = 0; i < n_; ++i) {
      s[i] = x_new[i] - x[i];
      y[i] = g_new[i] - g[i];
    }
    const double sy = dot(s, y);
    const double yy = dot(y, y);
    if (!(sy > 1e-10 * norm(s) * std::sqrt(yy)) || !std::isfinite(1 / sy)) {
      if (count_ == rho_.size()) --count_;  // the oldest pair has been written over
      return false;
    }
    rho_[next_] = 1 / sy;
    gamma_ = sy / yy;
    next_ = (next_ + 1) % rho_.size();
    if (count_ < rho_.size()) ++count_;
    return true;
  }

  /// q <- H q by the two-loop recursion with H0 = gamma I, gamma = s'y / y'y of the newest pair
  /// (Nocedal and Wright 2006, Algorithm 7.4). Not to be called while empty.
  void apply(std::span<double> q) {
    for (std::uint64_t k = 1; k <= count_; ++k) {
      const std::size_t i = newest(k);
      alpha_[i] = rho_[i] * dot(pair(s_, i), q);
      add_scaled(q, -alpha_[i], pair(y_, i));
    }
    for (double& v : q) v *= gamma_;
    for (std::uint64_t k = count_; k >= 1; --k) {
      const std::size_t i = newest(k);
      const double beta = rho_[i] * dot(pair(y_, i), q);
      add_scaled(q, alpha_[i] - beta, pair(s_, i));
    }
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(s_, y_, rho_, gamma_, count_, next_);
    archive.require(count_ <= rho_.size() && next_ < rho_.size());
  }

 private:
  [[nodiscard]] std::span<double> pair(Vector& pairs, std::size_t i) const {
    return std::span(pairs).subspan(i * n_, n_);
  }
  // Index of the k-th newest pair, k = 1 the last one added.
  [[nodiscard]] std::size_t newest(std::uint64_t k) const {
    return static_cast<std::size_t>((next_ + rho_.size() - k) % rho_.size());
  }

  std::size_t n_;
  Vector s_, y_;  // m x n each, a ring
  Vector rho_;    // 1 / s'y
  double gamma_ = 1;
  std::uint64_t count_ = 0, next_ = 0;
  Vector alpha_;  // scratch
};

}  // namespace ravine::sdk
