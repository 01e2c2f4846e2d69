// What the tests of this folder read from an optimizer's saved state and put into it: its first two
// vectors. Vectors of doubles follow a label of 8 bytes, each after its length; a checksum ends it.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>

#include "ravine/sdk/archive.hpp"
#include "tests/plugins/second_order/vectors.hpp"

namespace ravine::test {

/// The indices of the searches among the values of "line_search".
inline constexpr double kZoom = 0, kMoreThuente = 1, kHagerZhang = 2, kArmijo = 3, kExact = 4;

class State {
 public:
  explicit State(const Host& host) : bytes_(host.save()) {}

  /// The direction of nonlinear_cg; the matrix of bfgs, row by row.
  [[nodiscard]] Vector first() const { return read(sizeof(std::uint64_t)); }
  /// The direction of bfgs.
  [[nodiscard]] Vector second() const {
    return read(2 * sizeof(std::uint64_t) + first().size() * sizeof(double));
  }
  void set_first(const Vector& values) {
    std::memcpy(bytes_.data() + 2 * sizeof(std::uint64_t), values.data(),
                values.size() * sizeof(double));
    const std::size_t content = bytes_.size() - sizeof(std::uint64_t);
    sdk::Checksum checksum;
    checksum.add(bytes_.data(), content);
    const std::uint64_t sum = checksum.sum();
    std::memcpy(bytes_.data() + content, &sum, sizeof sum);
  }
  /// Into an optimizer with the same number of variables, its settings aside.
  void restore_into(Host& host) const {
    if (host.restore(bytes_, bytes_.size()) != RAVINE_OK)
      throw std::runtime_error("restore: " + host.log);
  }

 private:
  [[nodiscard]] Vector read(std::size_t at) const {
    std::uint64_t count = 0;
    std::memcpy(&count, bytes_.data() + at, sizeof count);
    Vector values(count);
    std::memcpy(values.data(), bytes_.data() + at + sizeof count, count * sizeof(double));
    return values;
  }
  std::string bytes_;
};

/// Of nonlinear_cg and bfgs: iterates, their gradients, the directions that have been computed for
/// the step from each (the optimizer may yet turn one down), and the matrices of bfgs.
struct Walk {
  std::vector<Vector> x, g, d, matrix;
};
inline Walk walk(Host& host, int steps) {
  Walk w;
  const bool dense = std::string(host.optimizer->id) == "bfgs";
  const auto look = [&] {
    const State state(host);
    w.x.push_back(host.x);
    w.g.push_back(gradient(host.oracle.objective, host.x));
    w.d.push_back(dense ? state.second() : state.first());
    if (dense) w.matrix.push_back(state.first());
  };
  look();
  if (dense)  // set as the first step begins
    for (std::size_t i = 0; i < host.x.size(); ++i) w.matrix[0][i * (host.x.size() + 1)] = 1;
  for (int k = 0; k < steps; ++k) {
    host.steps(1);
    look();
  }
  return w;
}

inline Vector negative(Vector v) {
  for (double& e : v) e = -e;
  return v;
}
/// K v for an n x n matrix, row by row.
inline Vector times(const Vector& k, const Vector& v) {
  Vector kv(v.size());
  for (std::size_t i = 0; i < k.size(); ++i) kv[i / v.size()] += k[i] * v[i % v.size()];
  return kv;
}
/// trace(A' B), the inner product of matrices.
inline double inner(const Vector& a, const Vector& b) { return dot(a, b); }

/// Whether a symmetric matrix is positive definite: whether it has a Cholesky factor.
inline bool definite(Vector a, std::size_t n) {
  for (std::size_t k = 0; k < n; ++k) {
    if (!(a[k * n + k] > 0)) return false;
    for (std::size_t i = k + 1; i < n; ++i) {
      const double factor = a[i * n + k] / a[k * n + k];
      for (std::size_t j = k; j < n; ++j) a[i * n + j] -= factor * a[k * n + j];
    }
  }
  return true;
}

}  // namespace ravine::test
