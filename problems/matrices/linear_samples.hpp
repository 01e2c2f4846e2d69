// Noisy samples of a linear map, for nets that are linear.
#pragma once

#include <Eigen/Core>
#include <cstdint>

#include "problems/matrices/linear_chain.hpp"
#include "problems/matrices/target.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {

/// x = X z and y = Y z + noise e with z and e standard normal, so that
///   E 1/2 |W x - y|^2 = 1/2 |W X - Y|_F^2 + rows(Y)/2 noise^2.
/// Sample i is a function of the key and i alone.
class LinearSamples {
 public:
  /// `map`: X, empty for the identity, and Y.
  LinearSamples(ChainData map, double noise, std::uint64_t key);

  /// Both sides of sample i to a column of `data`.
  void draw(std::uint64_t i, Eigen::Index column, ChainData& data) const;
  /// The first `count` samples, and their mean loss.
  [[nodiscard]] ChainData first(std::uint64_t count) const;
  /// The mean over all there are.
  [[nodiscard]] const ChainData& risk() const { return risk_; }

 private:
  ChainData risk_;
  double noise_;
  Stream inputs_, errors_;
};

/// The W of rank r with the least 1/2 |W X - Y|_F^2 for any X (reduced-rank regression: Izenman,
/// Journal of Multivariate Analysis 5, 1975, 248-264). With X = U S V' of full rank and the
/// singular triples (p_i, sigma_i, q_i) of Y V: W = sum over i <= r of sigma_i p_i (U S^-1 q_i)'.
struct RankFit {
  Target target;    ///< p_i, U S^-1 q_i, sigma_i
  double rest = 0;  ///< 1/2 |Y - Y V V'|^2, which no W reaches
};
RankFit fit_rank(const RowMajor& x, const RowMajor& y);

}  // namespace ravine::problems
