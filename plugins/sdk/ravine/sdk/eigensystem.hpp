// A symmetric matrix's eigenvalues and eigenvectors, again and again in the same memory (link
// Eigen: LIBRARIES of ravine_add_plugin).
#pragma once

#include <Eigen/Core>
#include <Eigen/Eigenvalues>

namespace ravine::sdk {

/// Eigen's own solver forms Q of "A = Q T Q'" with a vector that it asks for anew each time. Here
/// the eigenvectors of the tridiagonal T come first and Q is applied to each of them in place: some
/// 9 n^3 flops as there, and no allocation after the constructor.
class Eigensystem {
 public:
  explicit Eigensystem(Eigen::Index n)
      : reduced_(n),
        of_reduced_(n),
        diagonal_(n),
        beside_(n > 0 ? n - 1 : 0),
        values_(n),
        vectors_(n, n),
        tau_(n) {}

  /// A = V diag(lambda) V' of A's lower triangle, n x n as the constructor has it. False where A is
  /// not finite or the iteration does not end.
  template <class Matrix>
  bool compute(const Matrix& a) {
    if (!tridiagonal(a, Eigen::ComputeEigenvectors)) return false;
    vectors_ = of_reduced_.eigenvectors();
    // Q is a product of reflections I - tau_k v_k v_k', v_k = (0, ..., 0, 1, e_k) with the 1 in row
    // k + 1 and e_k below T in what Eigen has reduced; one that had nothing to do has e_k = 0.
    const auto& reduced = reduced_.packedMatrix();
    const Eigen::Index n = reduced.rows();
    for (Eigen::Index k = 0; k + 2 < n; ++k) {
      const double squares = reduced.col(k).tail(n - k - 2).squaredNorm();
      tau_(k) = squares > 0 ? 2 / (1 + squares) : 0;
    }
    for (Eigen::Index i = 0; i < n; ++i)
      for (Eigen::Index k = n - 3; k >= 0; --k) {
        const auto e = reduced.col(k).tail(n - k - 2);
        auto below = vectors_.col(i).tail(n - k - 2);
        const double along = tau_(k) * (vectors_(k + 1, i) + e.dot(below));
        vectors_(k + 1, i) -= along;
        below -= along * e;
      }
    return true;
  }
  /// The eigenvalues alone, for 4/3 n^3 flops; the eigenvectors are those of no matrix then.
  template <class Matrix>
  bool compute_values(const Matrix& a) {
    return tridiagonal(a, Eigen::EigenvaluesOnly);
  }
  /// lambda, ascending.
  [[nodiscard]] const Eigen::VectorXd& eigenvalues() const { return values_; }
  /// V, a column of length 1 for each eigenvalue.
  [[nodiscard]] const Eigen::MatrixXd& eigenvectors() const { return vectors_; }

 private:
  template <class Matrix>
  bool tridiagonal(const Matrix& a, int what) {
    if (a.rows() == 0) return true;
    if (!a.allFinite()) return false;
    // With a largest entry of 1 no product over- or underflows.
    double largest = a.cwiseAbs().maxCoeff();
    if (largest == 0) largest = 1;
    vectors_ = a / largest;
    reduced_.compute(vectors_);
    diagonal_ = reduced_.diagonal();
    beside_ = reduced_.subDiagonal();
    of_reduced_.computeFromTridiagonal(diagonal_, beside_, what);
    values_ = of_reduced_.eigenvalues() * largest;
    return of_reduced_.info() == Eigen::Success;
  }

  Eigen::Tridiagonalization<Eigen::MatrixXd> reduced_;
  Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> of_reduced_;
  Eigen::VectorXd diagonal_, beside_;  // of T
  Eigen::VectorXd values_;
  Eigen::MatrixXd vectors_;
  Eigen::VectorXd tau_;
};

}  // namespace ravine::sdk
