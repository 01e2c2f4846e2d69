#include "problems/linear/spectrum.hpp"

#include <cmath>
#include <stdexcept>

namespace ravine::problems {
namespace {

// The k-th of `count` values from 1 to kappa.
double geometric(double kappa, std::uint64_t k, std::uint64_t count) {
  if (k == 0) return 1;
  if (k == count - 1) return kappa;
  return std::pow(kappa, static_cast<double>(k) / static_cast<double>(count - 1));
}

double arithmetic(double kappa, std::uint64_t k, std::uint64_t count) {
  if (k == 0) return 1;
  if (k == count - 1) return kappa;
  return 1 + (kappa - 1) * (static_cast<double>(k) / static_cast<double>(count - 1));
}

template <class Value>
std::vector<double> tabulate(std::uint64_t n, Value value) {
  std::vector<double> result(n);
  for (std::uint64_t i = 0; i < n; ++i) result[i] = value(i);
  return result;
}

}  // namespace

std::vector<std::string> spectrum_names() { return {"log", "linear", "two", "clusters"}; }

std::vector<double> spectrum(std::string_view name, std::uint64_t n, double kappa,
                             std::uint64_t distinct) {
  if (n == 1) return {1.0};
  if (name == "log") return tabulate(n, [&](auto i) { return geometric(kappa, i, n); });
  if (name == "linear") return tabulate(n, [&](auto i) { return arithmetic(kappa, i, n); });
  if (name == "two") return tabulate(n, [&](auto i) { return i < n / 2 ? 1 : kappa; });
  if (name == "clusters") {
    const std::vector<double> values =
        tabulate(distinct, [&](auto k) { return geometric(kappa, k, distinct); });
    return tabulate(n, [&](auto i) { return values[i * distinct / n]; });
  }
  throw std::invalid_argument("unknown spectrum '" + std::string(name) + "'");
}

}  // namespace ravine::problems
