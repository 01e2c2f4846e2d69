// What the tests against other people's libraries share: what a library asked of a function, and
// how far two runs are apart. The libraries run live, on the functions that the plugins get.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/plugins/host.hpp"

namespace ravine::test {

using Points = std::vector<std::vector<double>>;

/// An objective for a library's callback, and every point at which it was evaluated, in order.
struct Asked {
  explicit Asked(Objective o) : objective(std::move(o)) {}

  [[nodiscard]] std::size_t n() const { return objective.start.size(); }
  /// g may be null.
  double evaluate(const double* x, double* g) {
    points.emplace_back(x, x + n());
    return objective.f({x, n()}, {g, g == nullptr ? std::size_t{0} : n()});
  }

  Objective objective;
  Points points{};
};

/// What a library's handles are freed with.
template <auto free>
struct Free {
  template <class T>
  void operator()(T* handle) const {
    free(handle);
  }
};

/// max |a_i - b_i|, relative to max |a_i| and to `least` at least.
inline double gap(const std::vector<double>& a, const std::vector<double>& b, double least = 0) {
  double difference = 0;
  double scale = least;
  for (std::size_t i = 0; i < a.size(); ++i) {
    difference = std::max(difference, std::fabs(a[i] - b[i]));
    scale = std::max(scale, std::fabs(a[i]));
  }
  return difference == 0 ? 0 : difference / scale;
}

/// The value of a choice hyperparameter that stands for one of its names.
inline double index_of_choice(const ravine_optimizer& optimizer, const std::string& parameter,
                              const std::string& choice) {
  for (std::uint64_t i = 0; i < optimizer.parameter_count; ++i) {
    const ravine_parameter& p = *optimizer.parameters[i];
    for (std::uint64_t k = 0; p.name == parameter && k < p.choice_count; ++k)
      if (p.choices[k] == choice) return static_cast<double>(k);
  }
  throw std::runtime_error(parameter + " has no choice " + choice);
}

/// factor * f: a power of two changes no bit of a method that does not look at f's scale.
inline Objective scaled(Objective objective, double factor) {
  const auto f = objective.f;
  objective.f = [f, factor](std::span<const double> x, std::span<double> g) {
    const double value = f(x, g);
    for (double& v : g) v *= factor;
    return factor * value;
  };
  return objective;
}

/// The problems that the libraries' tables name.
inline Objective problem_named(const std::string& name) {
  if (name == "quadratic") return diagonal_quadratic(spread_eigenvalues());
  if (name == "dense_quadratic") return dense_quadratic();
  if (name == "coupled") return coupled_quadratic();
  if (name == "rosenbrock") return rosenbrock();
  // Eight times the net: its first gradient is then longer than 1.
  if (name == "net_times_8") return scaled(small_net(), 8);
  return small_net();
}

}  // namespace ravine::test
