// Regression on random features along single coordinates.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "problems/linear/reduce.hpp"
#include "problems/problem.hpp"

namespace ravine::problems {

/// y += a x
inline void add_multiple(double a, std::span<const double> x, double* y) {
  for (std::size_t j = 0; j < x.size(); ++j) y[j] += a * x[j];
}

/// Keeps the residuals, and the features by column.
class RegressionCursor final : public Cursor {
 public:
  RegressionCursor(std::vector<double> columns, std::vector<double> r)
      : columns_(std::move(columns)), r_(std::move(r)) {}
  Answer partial(std::uint64_t i, double* first, double* second) override {
    const double weight = 2 / static_cast<double>(r_.size());
    if (first != nullptr) *first = weight * dot(column(i), r_);
    if (second != nullptr) *second = weight * dot(column(i), column(i));
    return Answer::ok;
  }
  Answer move(std::uint64_t i, double delta) override {
    add_multiple(delta, column(i), r_.data());
    return Answer::ok;
  }

 private:
  [[nodiscard]] std::span<const double> column(std::uint64_t i) const {
    return {&columns_[i * r_.size()], r_.size()};
  }
  std::vector<double> columns_, r_;
};

}  // namespace ravine::problems
