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

/// In the order of their registration; a new plugin is among them by itself.
inline std::vector<std::string> every_plugin() {
  std::vector<std::string> names;
  std::istringstream list(RAVINE_BUNDLED_PLUGINS);
  for (std::string name; std::getline(list, name, ',');) names.push_back(name);
  return names;
}
/// Those that step; the others run by themselves.
inline std::vector<std::string> stepping_plugins() {
  std::vector<std::string> names = every_plugin();
  std::erase_if(names, [](const std::string& name) { return load(name)->step == nullptr; });
  return names;
}

/// A step; of a plugin that runs by itself a run, which is stopped should it not end.
inline std::int32_t advance(Host& host) {
  if (host.optimizer->step != nullptr) return host.step();
  constexpr std::size_t kPatience = 10000;  // evaluations; none of the tasks takes a tenth
  const std::size_t limit = host.oracle.points.size() + kPatience;
  host.oracle.verdict = [&host, limit](std::span<const double>) {
    return host.oracle.points.size() < limit ? RAVINE_OK : RAVINE_STOP;
  };
  const std::int32_t status = host.run();
  host.oracle.verdict = nullptr;
  return status;
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

/// The first of these tasks on which it takes a step: a small net (blocks, residuals, samples, an
/// indefinite Hessian), a quadratic, one variable.
inline Objective task_for(const std::string& plugin, const Settings& settings = {}) {
  for (const Objective& objective : {small_net(), mild_quadratic(), one_dimensional()}) try {
      Host host(plugin, objective, settings);
      const std::int32_t status = advance(host);
      if (status == RAVINE_OK || (host.optimizer->step == nullptr && status == RAVINE_CONVERGED))
        return objective;
    } catch (const std::runtime_error&) {
      continue;  // the next one
    }
  throw std::runtime_error(plugin + " accepts none of the tasks that the tests know");
}

/// Whether it starts on this objective with these settings.
inline bool accepts(const std::string& plugin, const Objective& objective,
                    const Settings& settings = {}) {
  try {
    const Host host(plugin, objective, settings);
    return true;
  } catch (const std::runtime_error&) {
    return false;
  }
}

/// The defaults, and each variant of each choice with the other parameters at their defaults.
inline std::vector<Settings> variants_of(const ravine_optimizer& optimizer) {
  std::vector<Settings> variants{{}};
  for (std::uint64_t i = 0; i < optimizer.parameter_count; ++i) {
    const ravine_parameter& p = *optimizer.parameters[i];
    if (p.type != RAVINE_CHOICE && p.type != RAVINE_BOOLEAN) continue;
    const auto count = static_cast<int>(p.maximum) + 1;
    for (int choice = 0; choice < count; ++choice)
      if (choice != static_cast<int>(p.default_value)) variants.push_back({{p.name, choice}});
  }
  return variants;
}

inline std::string text_of(const Settings& settings) {
  std::string text;
  for (const auto& [name, value] : settings)
    text += " " + name + "=" + std::to_string(static_cast<int>(value));
  return text;
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

/// Some steps, or runs. An optimizer that says that it is done is asked on: it has to answer.
inline std::vector<Left> walk(Host& host, int count) {
  std::vector<Left> path;
  for (int k = 0; k < count; ++k) {
    const std::int32_t status = advance(host);
    path.push_back({status, host.x});
  }
  return path;
}

}  // namespace ravine::test
