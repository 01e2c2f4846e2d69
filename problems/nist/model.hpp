// A model y = F(x; b) of NIST's, with its derivatives in the parameters b: written once as a
// formula over any type of number, from which all of them follow.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "problems/formula/dual.hpp"

namespace ravine::problems::nist {

inline constexpr std::size_t kMostParameters = 9;

/// What is known of a data set beside its file. x points to one observation's predictors.
struct Model {
  std::string_view set;  ///< "Misra1a", the file's name before ".dat"
  std::size_t parameters = 0;
  std::size_t predictors = 1;
  bool log_response = false;  ///< the formula is for log(y)

  double (*value)(const double* b, const double* x) = nullptr;
  /// Writes dF/db to g; returns F.
  double (*gradient)(const double* b, const double* x, double* g) = nullptr;
  /// Writes dF/db to g and its derivative along v, (d2F/db2) v, to hv; returns F.
  double (*second)(const double* b, const double* v, const double* x, double* g,
                   double* hv) = nullptr;
};

/// Formula: kParameters, and a template over the type of numbers T,
/// T operator()(const T* b, const double* x) const.
template <class Formula>
Model model(std::string_view set) {
  static constexpr std::size_t n = Formula::kParameters;
  static_assert(n <= kMostParameters);
  Model result;
  result.set = set;
  result.parameters = n;
  result.value = [](const double* b, const double* x) { return Formula{}(b, x); };
  result.gradient = [](const double* b, const double* x, double* g) {
    std::array<Dual<n>, n> seeded;
    for (std::size_t i = 0; i < n; ++i) {
      seeded[i].value = b[i];
      seeded[i].d[i] = 1;
    }
    const Dual<n> y = Formula{}(seeded.data(), x);
    for (std::size_t i = 0; i < n; ++i) g[i] = y.d[i];
    return y.value;
  };
  result.second = [](const double* b, const double* v, const double* x, double* g, double* hv) {
    std::array<Dual<n, Dual<1>>, n> seeded;
    for (std::size_t i = 0; i < n; ++i) {
      seeded[i].value.value = b[i];
      seeded[i].value.d[0] = v[i];
      seeded[i].d[i].value = 1;
    }
    const Dual<n, Dual<1>> y = Formula{}(seeded.data(), x);
    for (std::size_t i = 0; i < n; ++i) {
      g[i] = y.d[i].value;
      hv[i] = y.d[i].d[0];
    }
    return y.value.value;
  };
  return result;
}

/// By NIST's classes; the order in each is that of difficulty.
std::vector<Model> exponential_models();    // exponential.cpp
std::vector<Model> rational_models();       // rational.cpp
std::vector<Model> miscellaneous_models();  // miscellaneous.cpp

/// All 27.
const std::vector<Model>& models();

}  // namespace ravine::problems::nist
