#include "problems/linear/spectrum.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "problems/random/stream.hpp"

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

// Each group spreads upwards from its value, the last one downwards, so that the ends are exact.
std::vector<double> clusters(std::uint64_t n, double kappa, std::uint64_t groups) {
  constexpr double kWidth = 0.01;
  std::vector<double> d = tabulate(n, [&](auto i) {
    const std::uint64_t group = i * groups / n;
    // The group's first index and the next one's: i * groups / n = group for first <= i < next.
    const std::uint64_t first = (group * n + groups - 1) / groups;
    const std::uint64_t next = ((group + 1) * n + groups - 1) / groups;
    const bool last = group + 1 == groups && groups > 1;
    const std::uint64_t from_end = last ? next - 1 - i : i - first;
    const double share = static_cast<double>(from_end) / static_cast<double>(next - first);
    const double value = geometric(kappa, group, groups);
    const double spread = 1 + kWidth * share;
    return std::min(std::max(last ? value / spread : value * spread, 1.0), kappa);
  });
  std::ranges::sort(d);  // clusters of a small kappa overlap
  return d;
}

std::vector<double> laplacian(std::uint64_t n) {
  // 2 - 2 cos a = 4 sin^2(a / 2) keeps the digits of the smallest ones.
  return tabulate(n, [&](auto i) {
    const double s =
        std::sin(std::numbers::pi / 2 * static_cast<double>(i + 1) / static_cast<double>(n + 1));
    return 4 * s * s;
  });
}

std::vector<double> deepobs(std::uint64_t n, std::uint64_t key) {
  const Stream stream(key, "spectrum/deepobs");
  const std::uint64_t small = n - n / 10;
  std::vector<double> d = tabulate(n, [&](auto i) {
    const double u = stream.uniform(i);
    return i < small ? u : 30 + 30 * u;
  });
  std::ranges::sort(d);
  return d;
}

}  // namespace

std::vector<std::string> spectrum_names() {
  return {"log", "linear", "two", "distinct", "clusters", "laplacian", "deepobs"};
}

std::vector<double> spectrum(std::string_view name, std::uint64_t n, double kappa,
                             std::uint64_t groups, std::uint64_t key) {
  if (name == "laplacian") return laplacian(n);
  if (name == "deepobs") return deepobs(n, key);
  if (n == 1) return {1.0};
  if (name == "log") return tabulate(n, [&](auto i) { return geometric(kappa, i, n); });
  if (name == "linear") return tabulate(n, [&](auto i) { return arithmetic(kappa, i, n); });
  if (name == "two") return tabulate(n, [&](auto i) { return i < n / 2 ? 1 : kappa; });
  if (name == "distinct")
    return tabulate(n, [&](auto i) { return geometric(kappa, i * groups / n, groups); });
  if (name == "clusters") return clusters(n, kappa, groups);
  throw std::invalid_argument("unknown spectrum '" + std::string(name) + "'");
}

}  // namespace ravine::problems
