#include "problems/least_squares/shapes.hpp"

namespace ravine::problems {

std::uint64_t whole_multiple(const Parameters& parameters, const std::string& name,
                             std::uint64_t factor, const std::string& family) {
  const std::uint64_t value = whole(parameters, name);
  if (value % factor != 0)
    throw ProblemError(family + ": " + name + " = " + std::to_string(value) +
                       " must be a multiple of " + std::to_string(factor));
  return value;
}

LinearShape linear_shape(const Parameters& parameters, const std::string& family) {
  const LinearShape shape{whole(parameters, "n"), whole(parameters, "m")};
  if (shape.m < shape.n)
    throw ProblemError(family + ": m = " + std::to_string(shape.m) +
                       " must be at least n = " + std::to_string(shape.n));
  return shape;
}

ParameterSpec linear_n(double minimum) {
  return {"n", ParameterType::integer, "10", minimum, 1e4, {}, "number of variables"};
}

ParameterSpec linear_m() {
  return {"m", ParameterType::integer, "20", 1, 1e4, {}, "number of residuals, at least n"};
}

std::vector<double> least_norm(std::uint64_t n, std::uint64_t first, std::uint64_t last,
                               double numerator, double denominator) {
  double norm = 0;
  for (std::uint64_t j = first; j < last; ++j)
    norm += static_cast<double>(j + 1) * static_cast<double>(j + 1);
  std::vector<double> x(n);
  for (std::uint64_t j = first; j < last; ++j)
    x[j] = static_cast<double>(j + 1) * numerator / (norm * denominator);
  return x;
}

}  // namespace ravine::problems
