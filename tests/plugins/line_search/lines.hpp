// Functions of one variable for the line searches' tests, falling at 0; the first six are those of
// Moré and Thuente (ACM TOMS 20, 1994, section 5).
#pragma once

#include <cmath>
#include <numbers>
#include <span>
#include <vector>

#include "ravine/sdk/function.hpp"
#include "tests/plugins/host.hpp"

namespace ravine::test {

struct Line {
  const char* name;
  double (*f)(double);
  double (*slope)(double);
};

inline double waves(double a) {
  const double c = 39 * std::numbers::pi / 2;
  const double base = a <= 0.99   ? 1 - a
                      : a >= 1.01 ? a - 1
                                  : (a - 1) * (a - 1) / (2 * 0.01) + 0.01 / 2;
  return base + 0.99 / c * std::sin(c * a);
}
inline double waves_slope(double a) {
  const double base = a <= 0.99 ? -1 : a >= 1.01 ? 1 : (a - 1) / 0.01;
  return base + 0.99 * std::cos(39 * std::numbers::pi / 2 * a);
}
/// Yanai, Ozawa and Kaneko's function with beta_1 = beta1 / 1000, beta_2 = beta2 / 1000.
template <int beta1, int beta2>
double yanai(double a) {
  const auto gamma = [](double beta) { return std::sqrt(1 + beta * beta) - beta; };
  return gamma(beta1 / 1e3) * std::hypot(1 - a, beta2 / 1e3) +
         gamma(beta2 / 1e3) * std::hypot(a, beta1 / 1e3);
}
template <int beta1, int beta2>
double yanai_slope(double a) {
  const auto gamma = [](double beta) { return std::sqrt(1 + beta * beta) - beta; };
  return gamma(beta1 / 1e3) * (a - 1) / std::hypot(1 - a, beta2 / 1e3) +
         gamma(beta2 / 1e3) * a / std::hypot(a, beta1 / 1e3);
}

inline const Line kLines[] = {
    {"rational", [](double a) { return -a / (a * a + 2); },
     [](double a) { return (a * a - 2) / ((a * a + 2) * (a * a + 2)); }},
    {"quintic", [](double a) { return std::pow(a + 0.004, 5) - 2 * std::pow(a + 0.004, 4); },
     [](double a) { return 5 * std::pow(a + 0.004, 4) - 8 * std::pow(a + 0.004, 3); }},
    {"waves", &waves, &waves_slope},
    {"yanai .001 .001", &yanai<1, 1>, &yanai_slope<1, 1>},
    {"yanai .01 .001", &yanai<10, 1>, &yanai_slope<10, 1>},
    {"yanai .001 .01", &yanai<1, 10>, &yanai_slope<1, 10>},
    {"quadratic", [](double a) { return (a - 3) * (a - 3); }, [](double a) { return 2 * (a - 3); }},
    {"quartic", [](double a) { return std::pow(a - 1, 4); },
     [](double a) { return 4 * std::pow(a - 1, 3); }},
    {"ripples", [](double a) { return a * a / 50 - a + std::sin(3 * a) / 4; },
     [](double a) { return a / 25 - 1 + 3 * std::cos(3 * a) / 4; }},
    {"barrier, NaN beyond 2", [](double a) { return -a - std::log(2 - a); },
     [](double a) { return -1 + 1 / (2 - a); }},
    {"overflow", [](double a) { return std::exp(std::exp(a)) - 20 * a; },
     [](double a) { return std::exp(a + std::exp(a)) - 20; }},
};
inline constexpr std::size_t kLineCount = std::size(kLines);

/// A search along a line from x = 0 with d = 1: where it stands, before and after.
struct Search {
  explicit Search(const Line& line)
      : oracle({{0.0},
                [line](auto at, auto out) {
                  if (!out.empty()) out[0] = line.slope(at[0]);
                  return line.f(at[0]);
                }}),
        g{line.slope(0)},
        f(line.f(0)) {}

  template <class T>
  std::int32_t run(T& search, double first_step) {
    const sdk::Function function(oracle.table(), RAVINE_FULL);
    return search.search(function, x, f, g, std::vector<double>{1.0}, first_step);
  }
  Oracle oracle;
  std::vector<double> x{0.0}, g;
  double f;
};

}  // namespace ravine::test
