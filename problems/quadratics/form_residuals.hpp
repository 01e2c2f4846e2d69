// Convex quadratics as sums of squares.
#pragma once

#include <cstdint>
#include <span>

#include "problems/linear/rotation.hpp"
#include "problems/problem.hpp"

namespace ravine::problems {

/// f(x) = 1/2 (x - c)' Q D Q' (x - c) + f* = 1/2 r'r with r = D^(1/2) Q'(x - c), n residuals, and
/// for f* > 0 one more that is sqrt(2 f*) everywhere. J = D^(1/2) Q' has a product at the price of
/// Q's; it is written out where a dense Hessian is, for n up to kDenseHessianLimit.
class FormResiduals final : public Residuals {
 public:
  /// `d` and `c`, n each, and `q`, null for the identity, are the problem's and outlive this.
  FormResiduals(std::span<const double> d, std::span<const double> c, Rotation* q, double f_star);

  [[nodiscard]] std::uint64_t count() const override;
  [[nodiscard]] double scale() const override { return 0.5; }
  Answer residuals(std::span<const double> x, double* r) override;
  Answer jacobian_vector(std::span<const double> x, const double* v, double* jv) override;
  Answer vector_jacobian(std::span<const double> x, const double* u, double* uj) override;
  Answer jacobian(std::span<const double> x, double* j) override;

 private:
  /// y := D^(1/2) Q' y
  void multiply(std::span<double> y);

  std::span<const double> d_, c_;
  Rotation* q_;
  double last_;  ///< sqrt(2 f*)
};

}  // namespace ravine::problems
