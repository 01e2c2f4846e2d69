// A convex quadratic form of any dimension, without a matrix.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "problems/linear/rotation.hpp"
#include "problems/problem.hpp"
#include "problems/quadratics/form_residuals.hpp"

namespace ravine::problems {

/// f(x) = 1/2 (x - c)' Q D Q' (x - c), gradient Q D Q' (x - c), c = x*. D is a vector, Q the
/// identity or a Rotation. One evaluation costs O(n) and what Q costs twice; with the identity it
/// is one pass over x, c, D and the gradient.
class QuadraticForm final : public Problem {
 public:
  /// `facts` with x0 and x_star; the rest of what is known is added. `d`: n eigenvalues, ascending,
  /// positive. `q`: null for the identity.
  QuadraticForm(Facts facts, std::vector<double> d, std::unique_ptr<Rotation> q);

  /// Adds a metric for each different eigenvalue lambda_i, which becomes a constant: "component_i",
  /// the length of x - c within its eigenspace. Throws ProblemError where they are more than
  /// kMostComponents.
  void measure_components();
  static constexpr std::size_t kMostComponents = 8;

  [[nodiscard]] const Facts& facts() const override { return facts_; }
  Answer evaluate(const Objective& objective, std::span<const double> x, double* value,
                  double* gradient) override;
  Answer hessian_vectors(const Objective& objective, std::span<const double> x, const double* v,
                         std::uint64_t count, double* hv) override;
  Answer hessian(const Objective& objective, std::span<const double> x, double* h) override;
  std::unique_ptr<Cursor> cursor(const Objective& objective, std::span<const double> x) override;
  Residuals* residuals() override { return &residuals_; }
  Answer measure(std::span<const double> x, std::span<double> metrics) override;

 private:
  void multiply(std::span<double> y);
  [[nodiscard]] double value_at(std::span<const double> x);
  [[nodiscard]] double rounding_floor();

  Facts facts_;
  std::vector<double> d_;
  std::unique_ptr<Rotation> q_;
  FormResiduals residuals_;
  std::vector<double> y_;  ///< scratch of a value without a gradient: Q'(x - c)
};

}  // namespace ravine::problems
