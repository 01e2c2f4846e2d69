// A random orthogonal matrix that is applied in O(n log n) and never formed.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "problems/linear/rotation.hpp"

namespace ravine::problems {

/// Q = R_2 R_1 P, where a round R = T_last T_first, T = H_m S / sqrt(m) on a window of m = 2^p
/// coordinates, p = floor(log2 n), S random signs and H_m the Hadamard matrix: T_first takes the
/// first m coordinates, T_last the last m (left out when m = n). P is the identity, but for n < 64
/// a Householder reflection along a random normal vector, because two rounds alone mix few
/// coordinates badly (for n = 2 they are a signed permutation).
///
/// Two rounds: with one, Q D Q' of an ordered D has the few large entries of D's Walsh spectrum.
/// Above 32 KiB a round goes once over memory for every three levels, signs included.
/// Ailon and Chazelle, SIAM J. Computing 39 (2009) 302-322, for the transform with signs.
class HadamardRotation final : public Rotation {
 public:
  /// n >= 1; `key` decides the signs. Memory: 2 to 4 bits a coordinate.
  HadamardRotation(std::uint64_t n, std::uint64_t key);

  void apply(std::span<double> x) override;
  void apply_transposed(std::span<double> x) override;

 private:
  struct Window {
    std::uint64_t offset;
    std::vector<std::uint64_t> signs;  ///< one bit a coordinate, set where negative
  };

  /// x[from, from + count) of the window's part x, times its signs and 1 / sqrt(m). `from` is a
  /// multiple of 4, and so is `count` unless m is less.
  void scale(const Window& window, double* x, std::size_t from, std::size_t count) const;
  void reflect(std::span<double> x) const;

  std::uint64_t m_;
  /// 1 / sqrt(m) with the signs of four coordinates, for each value of their four bits.
  alignas(32) std::array<std::array<double, 4>, 16> factors_{};
  std::vector<Window> windows_;  ///< in the order in which Q applies them
  std::vector<double> v_;        ///< of the reflection; empty for n >= 64
  double two_over_v_v_ = 0;
};

/// x := H x for the symmetric Hadamard matrix of order x.size() = 2^p, not normalized, with only
/// additions and subtractions in a fixed order.
void hadamard_transform(std::span<double> x);

}  // namespace ravine::problems
