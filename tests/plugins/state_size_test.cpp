// How much each optimizer keeps from step to step, as its file's first comment says it: the figures
// that memory at a million variables follows from.
#include <gtest/gtest.h>

#include <map>

#include "tests/plugins/every.hpp"

namespace {

using namespace ravine::test;

constexpr std::size_t kSamples = 7;    // N
constexpr std::size_t kResiduals = 3;  // m

/// Doubles of the state: square n^2 + linear n, beside a number that does not depend on n.
struct Size {
  int square, linear;
  Settings settings{};
};

// From the "State:" of each file, with its defaults unless settings say more.
const std::multimap<std::string, Size> kSizes = {
    {"minimal", {0, 0}},
    {"gradient_descent", {0, 0}},
    {"heavy_ball", {0, 1}},
    {"nesterov", {0, 1}},
    {"nesterov", {0, 1, {{"form", 3}, {"restart", 1}}}},
    {"normalized", {0, 0}},
    {"sign_sgd", {0, 0, {{"beta", 0}}}},
    {"sign_sgd", {0, 1, {{"beta", 0.9}}}},
    {"rprop", {0, 2}},
    {"sgdw", {0, 1}},
    {"preconditioned_gd", {1, 0}},
    {"preconditioned_gd", {0, 1, {{"preconditioner", 1}}}},
    {"perturbed_gd", {0, 0}},
    {"barzilai_borwein", {0, 2}},
    {"adam", {0, 2}},
    {"adamw", {0, 2}},
    {"amsgrad", {0, 3}},
    {"adamax", {0, 2}},
    {"nadam", {0, 2}},
    {"nadamw", {0, 2}},
    {"radam", {0, 2}},
    {"adagrad", {0, 1}},
    {"adagrad_norm", {0, 0}},
    {"adagrad_full", {1, 0}},
    {"rmsprop", {0, 1}},
    {"rmsprop", {0, 2, {{"centered", 1}}}},
    {"rmsprop", {0, 2, {{"momentum", 0.5}}}},
    {"rmsprop", {0, 2, {{"average_of", 1}}}},
    {"adadelta", {0, 2}},
    {"conjugate_directions", {1, 2}},
    {"lbfgs", {0, 2 * 10 + 2}},
    {"lbfgs", {0, 2 * 4 + 2, {{"history", 4}}}},
    {"levenberg_marquardt", {0, kResiduals + 2}},
    {"linear_cg", {0, 4}},
    {"newton", {0, 2}},
    {"trust_region", {0, 2}},
    {"bfgs", {1, 3}},
    {"nonlinear_cg", {0, 3}},
    {"steepest_descent", {0, 2}},
    {"alternating_minimization", {0, 2}},
    {"block_coordinate_descent", {0, 2}},
    {"coordinate_descent", {0, 0}},
    {"saga", {0, kSamples + 1}},
    {"schedule_free_sgd", {0, 1}},
    {"svrg", {0, 2}},
    {"muon", {0, 2}},     // without matrices; with them below
    {"shampoo", {2, 0}},  // one vector: its only side
    {"shampoo", {0, 1, {{"vector_limit", 0}}}},
    {"nelder_mead", {1, 3}},
    {"cma_es", {2, 2}},
};

/// Something that offers all that any of them needs. Nothing is asked of it here.
Objective task_of(std::size_t n) {
  Objective task = diagonal_quadratic(std::vector<double>(n, 1.0));
  const auto none = [](std::span<const double>, std::span<double>) {};
  task.squares = {kResiduals, 1, none, none};
  task.samples = {kSamples,
                  [](std::size_t, std::span<const double>, std::span<double>) { return 0.0; }, 0};
  return task;
}

std::int64_t bytes(const std::string& plugin, const Objective& task, const Settings& settings) {
  const Host host(plugin, task, settings);
  return host.optimizer->save == nullptr ? 0 : static_cast<std::int64_t>(host.save().size());
}

class StateSize : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Plugins, StateSize, testing::ValuesIn(stepping_plugins()),
                         [](const auto& tested) { return tested.param; });

TEST_P(StateSize, IsWhatItsFileSays) {
  if (GetParam() == "secant") {  // for one variable: two doubles, a flag, and what frames them
    EXPECT_EQ(bytes("secant", one_dimensional(), {}), 8 + 2 * 8 + 1 + 8);
    return;
  }
  const auto [first, last] = kSizes.equal_range(GetParam());
  ASSERT_NE(first, last) << "say in kSizes how large its state is";
  for (auto row = first; row != last; ++row) {
    const auto& [square, linear, settings] = row->second;
    const auto at = [&, &set = settings](std::size_t n) {
      return bytes(GetParam(), task_of(n), set);
    };
    // c + 8 (linear n + square n^2) at n = 4, 6, 9: two differences for two unknowns.
    EXPECT_EQ(at(6) - at(4), 8 * (2 * linear + 20 * square));
    EXPECT_EQ(at(9) - at(6), 8 * (3 * linear + 45 * square));
  }
}

TEST(MuonState, HasTheMomentumOfItsMatricesBeside) {
  // Up to the end of the last matrix; the moments are those of all variables.
  const auto with_matrix = [](std::uint64_t rows) {
    Objective task = task_of(3 * rows + 2);
    task.blocks = {{"w", {rows, 3}}, {"b", {2}, RAVINE_BLOCK_BIAS}};
    return bytes("muon", task, {});
  };
  EXPECT_EQ(with_matrix(5) - with_matrix(4), 8 * 3 * 3);
}

TEST(ShampooState, HasFourSquaresForAMatrix) {
  // L, R and their powers: 2 (r^2 + c^2).
  const auto with_matrix = [](std::uint64_t rows) {
    Objective task = task_of(rows * 3);
    task.blocks = {{"w", {rows, 3}}};
    return bytes("shampoo", task, {});
  };
  EXPECT_EQ(with_matrix(5) - with_matrix(4), 8 * 2 * (25 - 16));
}

}  // namespace
