// Samples drawn by their index: Gaussian features of a given condition, labels by a known rule.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "problems/data/labelled_rows.hpp"
#include "problems/linear/rotation.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {

/// Most numbers that are drawn and kept: 1 GiB of them.
inline constexpr std::uint64_t kMostDrawn = std::uint64_t{1} << 27;

/// How labels come from the scores of the K columns of B, x'b_k.
enum class LabelRule {
  real,    ///< K = 1: x'b plus `noise` times a standard normal number
  sign,    ///< K = 1: the sign of x'b, turned with probability `noise`
  arg_max  ///< the class with the largest score, 0 ... K - 1, a uniform one with probability
           ///< `noise`
};

struct GeneratedSpec {
  std::uint64_t n = 1;   ///< features
  double condition = 1;  ///< of their covariance
  std::string rotation;  ///< of its axes, as rotation() names them
  LabelRule rule = LabelRule::real;
  std::uint64_t classes = 1;  ///< K
  double noise = 0;
  std::uint64_t seed = 0;
};

/// x = Q S z with z standard normal, s_j = sqrt(condition^(j / (n - 1))), so that the covariance
/// Q S^2 Q' has eigenvalues from 1 to `condition`. The weights behind the labels are b_k = Q S^-1 t
/// / sqrt(n), t standard normal: scores are of size one whatever the condition. Sample i is a
/// function of seed and i alone.
class Generator {
 public:
  /// `purpose` tells sequences of samples of one distribution apart; weights do not depend on it.
  Generator(const GeneratedSpec& spec, const std::string& purpose);

  [[nodiscard]] std::uint64_t columns() const { return spec_.n; }
  /// b_k, n x K, row-major.
  [[nodiscard]] const std::vector<double>& weights() const { return weights_; }
  /// Features of sample i to x (n doubles); returns its label.
  double sample(std::uint64_t i, double* x);
  /// v := f(S^2) of the covariance Q S^2 Q', v := Q f(S^2) Q' v.
  template <class Function>
  void apply(Function f, std::span<double> v) {
    if (rotation_) rotation_->apply_transposed(v);
    for (std::size_t j = 0; j < v.size(); ++j) v[j] *= f(deviations_[j] * deviations_[j]);
    if (rotation_) rotation_->apply(v);
  }

 private:
  GeneratedSpec spec_;
  std::vector<double> deviations_;  ///< S
  std::unique_ptr<Rotation> rotation_;
  std::vector<double> weights_, scores_;
  Stream features_, noise_;
};

/// Dense rows and their view.
class DrawnRows {
 public:
  /// Samples `indices` of the generator, in this order.
  void draw(Generator& generator, std::span<const std::uint64_t> indices);
  /// Samples 0 ... count - 1.
  void draw(Generator& generator, std::uint64_t count);

  [[nodiscard]] const LabelledRows& view() const { return view_; }

 private:
  void resize(std::uint64_t count, std::uint64_t columns);

  std::vector<double> values_, labels_;
  LabelledRows view_;
};

}  // namespace ravine::problems
