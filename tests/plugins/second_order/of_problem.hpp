// A problem of the catalogue as a sum of squares for the smallest host.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

#include "problems/catalog.hpp"
#include "problems/data/data_sets.hpp"
#include "problems/family.hpp"
#include "tests/plugins/host.hpp"

namespace ravine::test {

using Given = std::map<std::string, problems::ParameterValue>;

/// Of instance 0, seed 1.
inline std::unique_ptr<problems::Problem> problem_of(const std::string& name, const Given& given) {
  problems::DataSets none;
  const auto* family = problems::find_family(name);
  return family->make(problems::complete_parameters(*family, given), {0, 1}, none);
}

/// Lives no longer than the problem, which must have residuals.
inline Objective squares_of(problems::Problem& problem) {
  auto* r = problem.residuals();
  const auto f = [&problem](std::span<const double> x, std::span<double> g) {
    double value = 0;
    EXPECT_EQ(problem.evaluate({}, x, &value, g.empty() ? nullptr : g.data()),
              problems::Answer::ok);
    return value;
  };
  return {problem.facts().x0,
          f,
          {},
          {},
          {r->count(), r->scale(),
           [r](std::span<const double> x, std::span<double> out) { r->residuals(x, out.data()); },
           [r](std::span<const double> x, std::span<double> out) { r->jacobian(x, out.data()); }}};
}

}  // namespace ravine::test
