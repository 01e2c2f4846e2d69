// A stochastic sum of shifted quadratics: the same bowl, put down around many points.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "problems/linear/rotation.hpp"
#include "problems/problem.hpp"
#include "problems/quadratics/form_residuals.hpp"

namespace ravine::problems {

/// What the samples w_i are, in the coordinates z_i = Q'w_i of the eigenvectors.
struct Shifts {
  std::vector<double> z;  ///< N x n: the training samples
  /// Metrics beside the training loss: of a test set of as many samples ("test_loss") ...
  std::vector<double> test;
  /// ... or, where the distribution is known, of all: its centre and its variances, n each, for
  /// "fresh_risk" and "gap" = fresh risk - training loss.
  std::vector<double> centre, variance;
  /// The i-th of infinitely many fresh samples, into n doubles; empty where they are recycled.
  std::function<void(std::uint64_t i, std::span<double> z)> fresh;
};

/// Largest N n: 4 GB.
inline constexpr std::uint64_t kMostShiftDoubles = std::uint64_t{1} << 29;

/// f_B(x) = 1/(2M) sum over i in B of (x - w_i)' A (x - w_i), A = Q D Q'. Of all samples
///   f(x) = 1/2 (x - w)' A (x - w) + 1/2 tr(A S),   w and S mean and covariance of the w_i,
/// so that x* = w, f* = 1/2 tr(A S), and one sample's gradient has the covariance A S A. With fresh
/// samples mean and covariance are those of their distribution.
class ShiftedQuadratics final : public Problem {
 public:
  /// `facts` with x0; minimum, minimizer, constants (mu, L, kappa, N, noise = tr(A S A)) and
  /// metrics are added. `d`: n eigenvalues, ascending, positive. `q`: null for the identity.
  ShiftedQuadratics(Facts facts, std::vector<double> d, std::unique_ptr<Rotation> q, Shifts shifts);

  [[nodiscard]] const Facts& facts() const override { return facts_; }
  Answer evaluate(const Objective& objective, std::span<const double> x, double* value,
                  double* gradient) override;
  Answer hessian_vectors(const Objective& objective, std::span<const double> x, const double* v,
                         std::uint64_t count, double* hv) override;
  Answer hessian(const Objective& objective, std::span<const double> x, double* h) override;
  /// Of the objective of all samples, where it is asked for: not with fresh ones.
  Residuals* residuals() override { return residuals_ ? &*residuals_ : nullptr; }
  Answer measure(std::span<const double> x, std::span<double> metrics) override;

 private:
  struct Moments {
    std::vector<double> mean, variance;  ///< n each
  };
  static Moments moments_of(std::span<const double> z, std::size_t n);
  [[nodiscard]] double loss(const Moments& moments, std::span<const double> y) const;
  [[nodiscard]] std::span<const double> sample(std::uint64_t i);
  void add_facts();
  void multiply(std::span<double> y);

  Facts facts_;
  std::vector<double> d_;
  std::unique_ptr<Rotation> q_;
  Shifts shifts_;
  Moments training_, all_;  ///< of the training set; of what the objective is the mean over
  Moments test_;            ///< empty where there is no test set
  std::optional<FormResiduals> residuals_;
  std::vector<double> y_, one_;  ///< scratch: Q'x, a fresh sample
};

}  // namespace ravine::problems
