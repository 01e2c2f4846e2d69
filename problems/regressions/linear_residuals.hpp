// Linear regression and the squared hinge as sums of squares.
#pragma once

#include <vector>

#include "problems/data/labelled_rows.hpp"
#include "problems/problem.hpp"
#include "problems/regressions/loss.hpp"

namespace ravine::problems {

/// f = 1/(2N) (sum r_i^2 + sum (sqrt(l2 N) w_j)^2): N residuals, and n more for l2 > 0. Of the
/// squared loss r_i = x_i'w - y_i, of the squared hinge r_i = max(0, 1 - y_i x_i'w).
class LinearResiduals final : public Residuals {
 public:
  LinearResiduals(const LabelledRows& rows, Loss loss, double l2);

  [[nodiscard]] std::uint64_t count() const override;
  [[nodiscard]] double scale() const override;
  Answer residuals(std::span<const double> w, double* r) override;
  Answer jacobian_vector(std::span<const double> w, const double* v, double* jv) override;
  Answer vector_jacobian(std::span<const double> w, const double* u, double* uj) override;
  Answer jacobian(std::span<const double> w, double* j) override;

 private:
  /// out := X v, N of them.
  void products(const double* v, double* out) const;
  /// Of the hinge: the slopes of the residuals at w in x_i'w, -y_i or 0.
  void look(std::span<const double> w);

  LabelledRows rows_;
  bool hinge_;
  double ridge_;                 ///< sqrt(l2 N)
  std::vector<double> slopes_;   ///< scratch
  std::vector<double> weights_;  ///< scratch
};

}  // namespace ravine::problems
