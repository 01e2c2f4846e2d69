// The linear problem within a step of Levenberg-Marquardt: z = argmin |J D^-1 z + r|^2 + lambda
// |z|^2 for one J and r and several lambda, from one QR factor J D^-1 P = Q R, which does not
// square the condition number; and More's search for the lambda that gives |z| a length (More 1978,
// section 5; MINPACK's lmpar).
#pragma once

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <limits>

namespace ravine::levenberg_marquardt {

class DampedLeastSquares {
 public:
  using Vector = Eigen::VectorXd;
  using Matrix = Eigen::MatrixXd;

  DampedLeastSquares(Eigen::Index m, Eigen::Index n)
      : n_(n),
        scaled_(m, n),
        b_(m),
        qr_(m, n),
        r_(n, n),
        qtb_(n),
        stacked_(2 * n, n),
        rhs_(2 * n),
        damped_(2 * n, n),
        y_(n),
        w_(n),
        z_(n) {}

  /// J is m x n, d the diagonal of D, positive.
  template <class J, class R, class D>
  void factor(const J& j, const R& r, const D& d) {
    scaled_ = j;
    for (Eigen::Index k = 0; k < n_; ++k) scaled_.col(k) /= d[k];
    qr_.compute(scaled_);
    b_ = -r;
    reflect(qr_, b_);
    const Eigen::Index rows = std::min(n_, b_.size());
    r_.setZero();
    r_.topRows(rows) = qr_.matrixQR().topRows(rows).template triangularView<Eigen::Upper>();
    qtb_.setZero();
    qtb_.head(rows) = b_.head(rows);
  }

  [[nodiscard]] const Vector& z() const { return z_; }
  /// Of |r|^2, by any step of the linear model.
  [[nodiscard]] double largest_decrease() const { return qtb_.squaredNorm(); }
  /// |J D^-1 z|^2.
  [[nodiscard]] double linear_squares() {
    permute_back();
    y_.noalias() = r_.template triangularView<Eigen::Upper>() * w_;
    return y_.squaredNorm();
  }

  /// z for this lambda > 0.
  void solve(double lambda) {
    stacked_.topRows(n_) = r_;
    stacked_.bottomRows(n_).setZero();
    stacked_.bottomRows(n_).diagonal().setConstant(std::sqrt(lambda));
    damped_.compute(stacked_);
    rhs_.head(n_) = qtb_;
    rhs_.tail(n_).setZero();
    reflect(damped_, rhs_);
    y_ = rhs_.head(n_);
    damped_.matrixQR().topRows(n_).template triangularView<Eigen::Upper>().solveInPlace(y_);
    permute();
  }

  /// z with |z| <= radius to a tenth, the undamped one where that fits. Returns its lambda; begins
  /// from the one that is given.
  double solve_within(double radius, double lambda) {
    constexpr double kTenth = 0.1;
    constexpr double kTiny = std::numeric_limits<double>::min();
    solve_undamped();
    double length = z_.norm();
    double excess = length - radius;
    if (excess <= kTenth * radius) return 0;

    double low = 0;
    if (qr_.nonzeroPivots() == n_ && std::isfinite(length))
      low = newton_step(qr_.matrixQR(), length, excess, radius);
    w_.noalias() = r_.template triangularView<Eigen::Upper>().transpose() * qtb_;
    const double slope = w_.norm();
    double high = slope / radius;
    if (high == 0) high = kTiny / std::min(radius, kTenth);
    lambda = std::min(std::max(lambda, low), high);
    if (lambda == 0) lambda = slope / length;
    for (int k = 0;; ++k) {
      if (lambda == 0) lambda = std::max(kTiny, 1e-3 * high);
      solve(lambda);
      length = z_.norm();
      const double before = excess;
      excess = length - radius;
      if (std::fabs(excess) <= kTenth * radius || (low == 0 && excess <= before && before < 0) ||
          k == kTrials)
        return lambda;
      const double correction = newton_step(damped_.matrixQR(), length, excess, radius);
      if (excess > 0) low = std::max(low, lambda);
      if (excess < 0) high = std::min(high, lambda);
      lambda = std::max(low, lambda + correction);
    }
  }

 private:
  static constexpr int kTrials = 9;

  /// b := H_k b, where Q = H_0 H_1 ...; Eigen's own product asks for memory.
  template <class Factor>
  static void reflect(const Factor& factor, Eigen::Index k, Vector& b) {
    const auto& v = factor.matrixQR();
    const Eigen::Index rest = v.rows() - k - 1;
    const double along = factor.hCoeffs()[k] * (b[k] + v.col(k).tail(rest).dot(b.tail(rest)));
    b[k] -= along;
    b.tail(rest) -= along * v.col(k).tail(rest);
  }
  /// b := Q' b.
  template <class Factor>
  static void reflect(const Factor& factor, Vector& b) {
    for (Eigen::Index k = 0; k < factor.hCoeffs().size(); ++k) reflect(factor, k, b);
  }

  /// z = P y, and w = P' z.
  void permute() {
    for (Eigen::Index k = 0; k < n_; ++k) z_[qr_.colsPermutation().indices()[k]] = y_[k];
  }
  void permute_back() {
    for (Eigen::Index k = 0; k < n_; ++k) w_[k] = z_[qr_.colsPermutation().indices()[k]];
  }

  /// The Gauss-Newton step. Where J lacks rank: the shortest, from the factor of R' = Q_2 R_2, as
  /// any other would hang on which of the scaled columns, all of length 1 at first, rounding
  /// favours.
  void solve_undamped() {
    const Eigen::Index rank = qr_.nonzeroPivots();
    if (rank == n_) {
      y_ = qtb_;
      r_.template triangularView<Eigen::Upper>().solveInPlace(y_);
    } else {
      stacked_.setZero();
      stacked_.topLeftCorner(n_, rank) = r_.topRows(rank).transpose();
      damped_.compute(stacked_);
      rhs_.setZero();
      rhs_.head(rank) = qtb_.head(rank);
      auto leading = rhs_.head(rank);
      const auto r2 = damped_.matrixQR().topLeftCorner(rank, rank);
      r2.template triangularView<Eigen::Upper>().transpose().solveInPlace(leading);
      for (Eigen::Index k = rank; k-- > 0;) reflect(damped_, k, rhs_);
      y_ = rhs_.head(n_);
    }
    permute();
  }

  /// Newton's correction of lambda for |z(lambda)| = radius, by the reciprocal's nearly linear
  /// form; R'R = P'(D^-1 J'J D^-1 + lambda I) P stands in `factor`.
  double newton_step(const Matrix& factor, double length, double excess, double radius) {
    permute_back();
    w_ /= length;
    factor.topRows(n_).template triangularView<Eigen::Upper>().transpose().solveInPlace(w_);
    return excess / radius / w_.squaredNorm();
  }

  Eigen::Index n_;
  Matrix scaled_;  ///< J D^-1
  Vector b_;
  Eigen::ColPivHouseholderQR<Matrix> qr_;
  Matrix r_;    ///< n x n, rows of 0 where J has fewer
  Vector qtb_;  ///< -Q'r
  Matrix stacked_;
  Vector rhs_;
  Eigen::HouseholderQR<Matrix> damped_;
  Vector y_, w_, z_;
};

}  // namespace ravine::levenberg_marquardt
