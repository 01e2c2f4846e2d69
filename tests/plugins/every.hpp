// Every bundled plugin, and a task that fits it: what the tests of all of them are the product of.
#pragma once

#include <cstdint>
#include <cstring>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "tests/plugins/host.hpp"

namespace ravine::test {

/// Those that step, in the order of their registration; a new plugin is among them by itself.
inline std::vector<std::string> stepping_plugins() {
  std::vector<std::string> names;
  std::istringstream list(RAVINE_BUNDLED_PLUGINS);
  for (std::string name; std::getline(list, name, ',');)
    if (!name.starts_with("nlopt")) names.push_back(name);
  return names;
}

/// f = x^4 / 4 - x, minimum at 1, for what works in one dimension only.
inline Objective one_dimensional() {
  const auto f = [](std::span<const double> x, std::span<double> g) {
    if (!g.empty()) g[0] = x[0] * x[0] * x[0] - 1;
    return x[0] * x[0] * x[0] * x[0] / 4 - x[0];
  };
  const auto hessian = [](std::span<const double> x, std::span<double> h) {
    h[0] = 3 * x[0] * x[0];
  };
  return {{2}, f, hessian};
}

/// A quadratic that is well inside every default's stability.
inline Objective mild_quadratic() {
  Objective q = diagonal_quadratic({1, 2, 4, 7, 10});
  q.start = {1, -0.5, 0.75, 0.25, -1};
  return q;
}

/// The first of these tasks on which it takes a step with its default settings: a small net
/// (blocks, residuals, samples, an indefinite Hessian), a quadratic, one variable.
inline Objective task_for(const std::string& plugin) {
  for (const Objective& objective : {small_net(), mild_quadratic(), one_dimensional()}) try {
      Host host(plugin, objective);
      if (host.step() == RAVINE_OK) return objective;
    } catch (const std::runtime_error&) {
      continue;  // the next one
    }
  throw std::runtime_error(plugin + " accepts none of the tasks that the tests know");
}

/// What a step left: compared bit for bit, NaN included.
struct Left {
  std::int32_t status = 0;
  std::vector<double> x;
  friend bool operator==(const Left& a, const Left& b) {
    return a.status == b.status && a.x.size() == b.x.size() &&
           (a.x.empty() || std::memcmp(a.x.data(), b.x.data(), a.x.size() * sizeof(double)) == 0);
  }
};

/// Some steps, each on the next batch where the plugin works on batches. An optimizer that says
/// that it is done is asked on: it has to answer.
inline std::vector<Left> walk(Host& host, int count) {
  std::vector<Left> path;
  for (int k = 0; k < count; ++k) {
    const std::int32_t status = host.step();
    path.push_back({status, host.x});
  }
  return path;
}

}  // namespace ravine::test
