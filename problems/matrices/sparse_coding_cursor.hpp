// Sparse coding along single coordinates.
#pragma once

#include <Eigen/Core>
#include <cmath>
#include <cstdint>
#include <span>
#include <utility>

#include "problems/matrices/target.hpp"
#include "problems/problem.hpp"

namespace ravine::problems {

/// X is p x N, with k atoms. The codes H (k x N) come first in x, then the dictionary W (k x p).
struct CodingShape {
  Eigen::Index p = 0, k = 0, samples = 0;
  [[nodiscard]] Eigen::Index codes() const { return k * samples; }
  [[nodiscard]] Eigen::Index variables() const { return codes() + k * p; }
};

/// Of J, and psi(h) = sqrt(h^2 + epsilon^2) - epsilon with its derivatives.
struct CodingWeights {
  double lambda = 0, epsilon = 0, gamma = 0;

  [[nodiscard]] double psi(double h) const {
    if (epsilon == 0) return std::fabs(h);  // h^2 of a tiny code is 0, and 0 / 0 would follow
    return h * h / (root(h) + epsilon);
  }
  [[nodiscard]] double slope(double h) const { return h / root(h); }
  [[nodiscard]] double curvature(double h) const {
    const double r = root(h);
    return epsilon * epsilon / (r * r * r);
  }

 private:
  [[nodiscard]] double root(double h) const { return std::sqrt(h * h + epsilon * epsilon); }
};

/// Keeps E = X' - H'W, samples x p. A code meets one row of it, an entry of W one column.
class SparseCodingCursor final : public Cursor {
 public:
  SparseCodingCursor(const CodingShape& shape, const CodingWeights& weights,
                     std::span<const double> x, RowMajor e)
      : weights_(weights),
        h_(Eigen::Map<const RowMajor>(x.data(), shape.k, shape.samples)),
        w_(Eigen::Map<const RowMajor>(x.data() + shape.codes(), shape.k, shape.p)),
        e_(std::move(e)) {}

  Answer partial(std::uint64_t i, double* first, double* second) override {
    const auto [code, k, j] = entry(i);
    const double here = code ? h_(k, j) : w_(k, j);
    double along = 0, squares = 0;
    for (Eigen::Index l = 0; l < (code ? w_ : h_).cols(); ++l) {
      const double other = (code ? w_ : h_)(k, l);
      along += (code ? e_(j, l) : e_(l, j)) * other;
      squares += other * other;
    }
    if (first != nullptr)
      *first =
          -2 * along + (code ? weights_.lambda * weights_.slope(here) : 2 * weights_.gamma * here);
    if (second != nullptr)
      *second =
          2 * squares + (code ? weights_.lambda * weights_.curvature(here) : 2 * weights_.gamma);
    return Answer::ok;
  }

  Answer move(std::uint64_t i, double delta) override {
    const auto [code, k, j] = entry(i);
    (code ? h_ : w_)(k, j) += delta;
    for (Eigen::Index l = 0; l < (code ? w_ : h_).cols(); ++l)
      (code ? e_(j, l) : e_(l, j)) -= delta * (code ? w_ : h_)(k, l);
    return Answer::ok;
  }

 private:
  struct Entry {
    bool code;
    Eigen::Index k, j;
  };
  [[nodiscard]] Entry entry(std::uint64_t coordinate) const {
    const auto i = static_cast<Eigen::Index>(coordinate);
    if (i < h_.size()) return {true, i / h_.cols(), i % h_.cols()};
    return {false, (i - h_.size()) / w_.cols(), (i - h_.size()) % w_.cols()};
  }

  CodingWeights weights_;
  RowMajor h_, w_, e_;
};

}  // namespace ravine::problems
