// Cheap exact facts, for every plugin: no gradient, no variables, one variable.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "tests/plugins/every.hpp"

namespace {

using namespace ravine::test;

class Exact : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Plugins, Exact, testing::ValuesIn(every_plugin()),
                         [](const auto& tested) { return tested.param; });

// Statuses that a step may answer by itself; a run also the stop that it was told.
bool legal(std::int32_t status) {
  return status == RAVINE_OK || status == RAVINE_STOP || status == RAVINE_CONVERGED ||
         status == RAVINE_NO_PROGRESS || status == RAVINE_NOT_SUPPORTED ||
         status == RAVINE_OUT_OF_DOMAIN;
}

TEST_P(Exact, WithoutAGradientNothingMoves) {
  // Decoupled decay, noise and sampling move without one: their own tests say how.
  static const std::set<std::string> kMove = {"adamw",  "nadamw",       "sgdw",       "muon",
                                              "cma_es", "perturbed_gd", "nelder_mead"};
  if (kMove.contains(GetParam())) return;
  Objective flat = task_for(GetParam());
  const std::size_t n = flat.start.size();
  flat.f = [](std::span<const double>, std::span<double> g) {
    std::fill(g.begin(), g.end(), 0.0);
    return 3.0;
  };
  flat.hessian = [n](std::span<const double>, std::span<double> h) {
    std::fill(h.begin(), h.begin() + static_cast<std::ptrdiff_t>(n * n), 0.0);
  };
  if (flat.squares.count > 0) {
    flat.squares.residuals = [](std::span<const double>, std::span<double> r) {
      std::fill(r.begin(), r.end(), 0.0);
    };
    flat.squares.jacobian = [](std::span<const double>, std::span<double> j) {
      std::fill(j.begin(), j.end(), 0.0);
    };
  }
  flat.samples.f = [](std::size_t, std::span<const double>, std::span<double> g) {
    std::fill(g.begin(), g.end(), 0.0);
    return 3.0;
  };
  try {
    Host host(GetParam(), flat);
    for (const Left& left : walk(host, 5)) {
      EXPECT_TRUE(legal(left.status)) << left.status;
      EXPECT_EQ(left.x, flat.start);
    }
  } catch (const std::runtime_error& refused) {
    EXPECT_NE(std::string(refused.what()), "init: ") << "a refusal says why";
  }
}

TEST_P(Exact, NoVariablesAreNoTrouble) {
  const Objective nothing{{},
                          [](std::span<const double>, std::span<double>) { return 1.0; },
                          [](std::span<const double>, std::span<double>) {}};
  try {
    Host host(GetParam(), nothing);
    for (const Left& left : walk(host, 3)) EXPECT_TRUE(legal(left.status)) << left.status;
  } catch (const std::runtime_error& refused) {
    EXPECT_GT(std::string(refused.what()).size(), std::string("create: ").size());
  }
}

TEST_P(Exact, OneVariableWorks) {
  try {
    Host host(GetParam(), one_dimensional());
    const double before = host.f();
    for (const Left& left : walk(host, 50)) {
      EXPECT_TRUE(legal(left.status)) << left.status;
      ASSERT_TRUE(std::isfinite(left.x[0]));
    }
    // Steps that sample or search may have left it where it was; none may have lost it.
    EXPECT_LE(host.f(), before);
  } catch (const std::runtime_error& refused) {
    EXPECT_GT(std::string(refused.what()).size(), std::string("create: ").size());
  }
}

}  // namespace
