// Shorthand for the calls of a problem that a test expects to succeed.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "problems/problem.hpp"

namespace ravine::problems::testing {

using Vector = std::vector<double>;

double value(Problem& problem, const Objective& objective, const Vector& x);
Vector gradient(Problem& problem, const Objective& objective, const Vector& x);
Vector hessian_vector(Problem& problem, const Objective& objective, const Vector& x,
                      const Vector& v);

/// How nearly a point is stationary, and what of; in a box, among the variables that its bounds do
/// not hold.
struct Stationarity {
  /// What a step of |H|^-1 g would gain, 1/2 g' |H|^-1 g: does not depend on the scales of the
  /// variables. Eigenvalues that are zero to rounding count as that rounding.
  double newton_gain = 0;
  std::uint64_t positive = 0, negative = 0;  ///< eigenvalues of the Hessian beyond rounding
};
Stationarity stationarity(Problem& problem, const Objective& objective, const Vector& x);

/// n standard normal numbers.
Vector normal_vector(std::uint64_t n, std::uint64_t key, std::string_view purpose);

/// A point near the start and not on any symmetry: x0 + 0.1 z.
Vector generic_point(const Problem& problem);

double max_norm(std::span<const double> v);

/// a + factor b.
Vector plus(Vector a, double factor, const Vector& b);

/// All objectives of a problem that differ: every stage in full and, of finite sums, on a batch of
/// `samples`, which must outlive the result.
std::vector<Objective> objectives(const Facts& facts, std::span<const std::uint64_t> samples);

/// A few samples, one of them twice.
std::vector<std::uint64_t> small_batch(const Facts& facts);

}  // namespace ravine::problems::testing
