// Shapes of the collection's problems for any n: which n and m are allowed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "problems/facts.hpp"

namespace ravine::problems {

/// The parameter `name`, which must be a multiple of `factor`; else a ProblemError.
std::uint64_t whole_multiple(const Parameters& parameters, const std::string& name,
                             std::uint64_t factor, const std::string& family);

/// n and m >= n of the linear problems 32 to 34.
struct LinearShape {
  std::uint64_t n, m;
};
LinearShape linear_shape(const Parameters& parameters, const std::string& family);
ParameterSpec linear_n(double minimum);
ParameterSpec linear_m();

/// The solution of least norm of sum of (j + 1) x_j = numerator / denominator over j in [first,
/// last), in n entries, each rounded once where the numbers are whole.
std::vector<double> least_norm(std::uint64_t n, std::uint64_t first, std::uint64_t last,
                               double numerator, double denominator);

}  // namespace ravine::problems
