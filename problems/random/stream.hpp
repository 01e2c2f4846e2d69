// Random numbers by index: what is drawn depends on the key, the purpose and the index alone, never
// on what was drawn before, so that parts can be drawn in any order, on any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "problems/random/philox.hpp"

namespace ravine::problems {

/// The finalizer of SplitMix64 (Steele, Lea and Flood 2014), a bijection that mixes all 64 bits.
std::uint64_t mix64(std::uint64_t z);

/// FNV-1a, 64 bits.
std::uint64_t fnv1a64(std::string_view text);

/// One independent sequence for each (key, purpose). Stateless, cheap to copy, thread-safe; the
/// same bits on every machine.
class Stream {
 public:
  /// `purpose` names what is drawn ("quadratic/shift"): streams of one key never share numbers.
  Stream(std::uint64_t key, std::string_view purpose);

  /// 64 uniform bits.
  [[nodiscard]] std::uint64_t bits(std::uint64_t index) const { return bits(index, 0); }

  /// Uniform in [0, 1), a multiple of 2^-53.
  [[nodiscard]] double uniform(std::uint64_t index) const;

  /// Standard normal, by inversion of (k + 1/2) 2^-53 with k of 53 bits: never infinite, |z| < 8.3.
  [[nodiscard]] double normal(std::uint64_t index) const;

  /// Uniform in [0, bound), without bias; bound > 0. Lemire, ACM TOMACS 29 (2019) article 3.
  [[nodiscard]] std::uint64_t below(std::uint64_t index, std::uint64_t bound) const;

  /// A uniform permutation of 0 .. out.size() - 1, by Fisher and Yates.
  void permutation(std::span<std::uint64_t> out) const;

 private:
  [[nodiscard]] std::uint64_t bits(std::uint64_t index, std::uint64_t attempt) const;

  PhiloxKey key_;
};

}  // namespace ravine::problems
