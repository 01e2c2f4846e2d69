// Least squares over a product of matrices.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "problems/matrices/target.hpp"
#include "problems/problem.hpp"

namespace ravine::problems {

/// Where a factor W (out x in, row-major) lies in the flat vector.
struct Factor {
  Eigen::Index out = 0, in = 0, offset = 0;
};

/// What a product of matrices is fitted to: weight/2 |W_L ... W_1 X - Y|_F^2 + constant.
struct ChainData {
  RowMajor x;  ///< empty for the identity, which is not multiplied by
  RowMajor y;
  double weight = 1;
  double constant = 0;
};

/// f(W_1, ..., W_L) of these, its derivatives by back-propagation and its Hessian-vector products
/// by the R-operator (Pearlmutter, Neural Computation 6, 1994, 147-160). As a sum of squares: r is
/// W_L ... W_1 X - Y, row by row, and f = weight/2 r'r where the constant is 0. The gradient costs
/// three times the product, a Hessian-vector product six times.
class LinearChain : public Problem, public Residuals {
 public:
  /// `factors` from W_1 to W_L, `data` of the full objective.
  LinearChain(Facts facts, std::vector<Factor> factors, ChainData data);

  [[nodiscard]] const Facts& facts() const override { return facts_; }
  Answer evaluate(const Objective& objective, std::span<const double> x, double* value,
                  double* gradient) override;
  Answer hessian_vectors(const Objective& objective, std::span<const double> x, const double* v,
                         std::uint64_t count, double* hv) override;
  Answer hessian(const Objective& objective, std::span<const double> x, double* h) override;

  Residuals* residuals() override { return this; }
  [[nodiscard]] std::uint64_t count() const override;
  [[nodiscard]] double scale() const override { return 0.5 * full_.weight; }
  Answer residuals(std::span<const double> x, double* r) override;
  Answer jacobian_vector(std::span<const double> x, const double* v, double* jv) override;
  Answer vector_jacobian(std::span<const double> x, const double* u, double* uj) override;
  Answer jacobian(std::span<const double> x, double* j) override;

 protected:
  Facts facts_;

  [[nodiscard]] const std::vector<Factor>& factors() const { return factors_; }
  /// The data of an objective; valid until the next call.
  virtual const ChainData& data_of(const Objective& objective);
  [[nodiscard]] const ChainData& full_data() const { return full_; }
  /// f of these data.
  double value_at(std::span<const double> x, const ChainData& data);
  /// W_L ... W_1 X - Y of these data.
  const RowMajor& residual_at(std::span<const double> x, const ChainData& data);

 private:
  using Vector =
      Eigen::VectorXd;  ///< aligned: Eigen's sums of a caller's vector would depend on it
  using Matrices = std::vector<RowMajor>;

  [[nodiscard]] Eigen::Map<const RowMajor> factor(std::size_t l, const Vector& theta) const;
  [[nodiscard]] Eigen::Map<RowMajor> factor(std::size_t l, Vector& theta) const;
  /// out := a times what enters factor l, and out := a times its transpose.
  template <class A>
  void times_below(std::size_t l, const A& a, RowMajor& out) const;
  template <class A>
  void times_below_transposed(std::size_t l, const A& a, Eigen::Map<RowMajor> out) const;
  void forward();
  void forward_along();
  void backward();
  void backward_along();

  std::vector<Factor> factors_;
  ChainData full_;
  const ChainData* data_ = nullptr;  ///< of what is being computed
  // Scratch.
  Vector theta_, v_, g_;     ///< x, a direction, a gradient or a product
  RowMajor r_;               ///< residual
  Matrices above_, behind_;  ///< above_[l] = W_{l+1} ... W_1 X; behind_[l]: gradient of f for it
  Matrices above_v_, behind_v_;  ///< their derivatives along v
};

}  // namespace ravine::problems
