// Gradients that do not depend on x, for closed forms of what a method does with them.
#pragma once

#include <cmath>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "tests/plugins/host.hpp"

namespace ravine::test {

/// One variable from `start`; the gradient of step t = 1, 2, ... is gradient(t).
inline Objective stream(std::function<double(int)> gradient, double start = 0) {
  const auto t = std::make_shared<int>(0);
  return {{start},
          [t, gradient = std::move(gradient)](std::span<const double>, std::span<double> g) {
            if (!g.empty()) g[0] = gradient(++*t);
            return 0.0;
          }};
}

/// f = g x in one variable, from `start`.
inline Objective constant(double g, double start = 0) {
  return stream([g](int) { return g; }, start);
}

/// Settings with a learning rate of 1, so that steps are in units of it.
inline Settings unit_rate(Settings settings = {}) {
  settings.emplace("learning_rate", 1);
  return settings;
}

/// What the first step subtracts from x where the gradient is g, at a learning rate of 1.
inline double first_step(const char* plugin, const Settings& settings = {}, double g = 1) {
  Host host(plugin, constant(g), unit_rate(settings));
  host.steps(1);
  return -host.x[0];
}

/// f(R x), for a rotation R by 0.7 in the plane of the first two variables, from R' start.
inline Objective rotated(const Objective& of) {
  const double cosine = std::cos(0.7), sine = std::sin(0.7);
  const auto turn = [=](std::span<double> x, double s) {
    const double x0 = x[0], x1 = x[1];
    x[0] = cosine * x0 - s * x1;
    x[1] = s * x0 + cosine * x1;
  };
  Objective result{of.start, [=](std::span<const double> x, std::span<double> g) {
                     std::vector<double> y(x.begin(), x.end());
                     turn(y, sine);
                     const double f = of.f(y, g);
                     if (!g.empty()) turn(g, -sine);
                     return f;
                   }};
  turn(result.start, -sine);
  return result;
}

/// c f.
inline Objective scaled(const Objective& of, double c) {
  return {of.start, [=](std::span<const double> x, std::span<double> g) {
            const double f = of.f(x, g);
            for (double& v : g) v *= c;
            return c * f;
          }};
}

}  // namespace ravine::test
