// Linear regression as a sum of squares.
#pragma once

#include "problems/data/labelled_rows.hpp"
#include "problems/problem.hpp"

namespace ravine::problems {

/// f = 1/(2N) (sum (x_i'w - y_i)^2 + sum (sqrt(l2 N) w_j)^2): N residuals, and n more for l2 > 0.
class LinearResiduals final : public Residuals {
 public:
  LinearResiduals(const LabelledRows& rows, double l2);

  [[nodiscard]] std::uint64_t count() const override;
  [[nodiscard]] double scale() const override;
  Answer residuals(std::span<const double> w, double* r) override;
  Answer jacobian_vector(std::span<const double> w, const double* v, double* jv) override;
  Answer vector_jacobian(std::span<const double> w, const double* u, double* uj) override;
  Answer jacobian(std::span<const double> w, double* j) override;

 private:
  LabelledRows rows_;
  double ridge_;  ///< sqrt(l2 N)
};

}  // namespace ravine::problems
