// Random orthogonal matrices Q that are applied to a vector, formed or not.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ravine::problems {

class Rotation {
 public:
  Rotation() = default;
  Rotation(const Rotation&) = delete;
  Rotation& operator=(const Rotation&) = delete;
  virtual ~Rotation() = default;

  /// x := Q x, x of length n at any address. Not const: an implementation may keep scratch memory.
  virtual void apply(std::span<double> x) = 0;
  /// x := Q' x.
  virtual void apply_transposed(std::span<double> x) = 0;
};

/// Largest n of a dense rotation: Q and Q' take 64 MB.
inline constexpr std::uint64_t kDenseRotationLimit = 2000;

/// Names of all rotations, for a parameter of type choice.
std::vector<std::string> rotation_names();

/// The rotation of that name, decided by `key`; null for "none".
///   hadamard     randomized Hadamard transform: every axis mixed with every other, O(n log n)
///   householder  product of three reflections: differs from the identity by rank three, O(n)
///   dense        uniform (Haar), O(n^2), n <= kDenseRotationLimit
std::unique_ptr<Rotation> rotation(std::string_view name, std::uint64_t n, std::uint64_t key);

}  // namespace ravine::problems
