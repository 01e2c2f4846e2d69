// A product of a few Householder reflections: the cheapest rotation of any dimension.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "problems/linear/rotation.hpp"

namespace ravine::problems {

/// Q = H_1 H_2 H_3, H = I - 2 v v' / v'v. The entries of v are whole numbers from -127 to 127, so
/// that v takes a byte an entry where n is large, v'v is exact and every machine has the same Q; at
/// n = 1e7 one application passes four times over x. Q differs from the identity by rank three
/// only, so that methods that treat coordinates alike are slowed, and methods that treat them apart
/// are hardly hurt: HadamardRotation mixes fully.
class HouseholderRotation final : public Rotation {
 public:
  static constexpr std::size_t kReflections = 3;
  /// n >= 1; the identity for n = 1.
  HouseholderRotation(std::uint64_t n, std::uint64_t key);

  void apply(std::span<double> x) override;
  void apply_transposed(std::span<double> x) override;

 private:
  using Order = std::array<std::size_t, kReflections>;
  template <class Entry>
  using Directions = std::array<std::vector<Entry>, kReflections>;

  /// Up to here the directions are kept as doubles, which need not be widened each time: 96 KiB
  /// stay in a core's cache. Beyond it to read less is worth more.
  static constexpr std::uint64_t kMostWide = 4096;

  template <class Entry>
  void reflect(const Directions<Entry>& v, const Order& order, std::span<double> x) const;
  void reflect(const Order& order, std::span<double> x) const;

  Directions<double> wide_;         ///< n <= kMostWide; empty where v = 0
  Directions<std::int8_t> narrow_;  ///< n > kMostWide
  std::array<double, kReflections> two_over_v_v_{};
};

}  // namespace ravine::problems
