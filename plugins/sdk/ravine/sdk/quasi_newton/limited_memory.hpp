// The last m pairs s = x' - x, y = g' - g, and the L-BFGS inverse Hessian that they stand for.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ravine/sdk/array.hpp"
#include "ravine/sdk/vector.hpp"

namespace ravine::sdk {

/// Vectors have n doubles. An optimizer that saves its state archives `memory.state(archive)`.
/// State: 2 m n doubles; the next pair's 2 n beside them are scratch.
class LimitedMemory {
 public:
  LimitedMemory(std::size_t n, std::size_t m)
      : s_(m), y_(m), rho_(m), s_next_(n), y_next_(n), alpha_(m) {
    for (Vector& s : s_) s = Vector(n);  // not copies of one: untouched until there is a pair
    for (Vector& y : y_) y = Vector(n);
  }

  [[nodiscard]] bool empty() const { return count_ == 0; }
  void clear() { count_ = next_ = 0; }

  /// Before a step: where it starts, and the gradient there.
  void leave(std::span<const double> x, std::span<const double> g) {
    std::copy(x.begin(), x.end(), s_next_.begin());
    std::copy(g.begin(), g.end(), y_next_.begin());
  }

  /// After the step that `leave` was called before: adds its pair; of more than m the oldest goes.
  /// False, and all pairs kept as they are, where s'y <= 1e-10 |s| |y|: the curvature would make H
  /// indefinite or huge.
  bool arrive(std::span<const double> x, std::span<const double> g) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      s_next_[i] = x[i] - s_next_[i];
      y_next_[i] = g[i] - y_next_[i];
    }
    const double sy = dot(s_next_, y_next_);
    const double yy = dot(y_next_, y_next_);
    if (!(sy > 1e-10 * norm(s_next_) * std::sqrt(yy)) || !std::isfinite(1 / sy)) return false;
    s_[next_].swap(s_next_);
    y_[next_].swap(y_next_);
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
      alpha_[i] = rho_[i] * dot(s_[i], q);
      add_scaled(q, -alpha_[i], y_[i]);
    }
    for (double& v : q) v *= gamma_;
    for (std::uint64_t k = count_; k >= 1; --k) {
      const std::size_t i = newest(k);
      const double beta = rho_[i] * dot(y_[i], q);
      add_scaled(q, alpha_[i] - beta, s_[i]);
    }
  }

  template <class Archive>
  void state(Archive& archive) {
    for (Vector& s : s_) archive(s);
    for (Vector& y : y_) archive(y);
    archive(rho_, gamma_, count_, next_);
    archive.require(count_ <= rho_.size() && next_ < rho_.size());
  }

 private:
  // Index of the k-th newest pair, k = 1 the last one added.
  [[nodiscard]] std::size_t newest(std::uint64_t k) const {
    return static_cast<std::size_t>((next_ + rho_.size() - k) % rho_.size());
  }

  std::vector<Vector> s_, y_;  // a ring of m, next_ the oldest one's place once there are m
  Vector rho_;                 // 1 / s'y
  double gamma_ = 1;
  std::uint64_t count_ = 0, next_ = 0;
  Vector s_next_, y_next_, alpha_;  // scratch; the first two hold x and g from `leave` to `arrive`
};

}  // namespace ravine::sdk
