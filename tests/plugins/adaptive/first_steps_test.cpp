// The first step on g = 1 tells methods of one name apart.
#include <gtest/gtest.h>

#include <cmath>
#include <ostream>
#include <string>

#include "tests/plugins/adaptive/streams.hpp"

namespace {

using ravine::test::Settings;

struct Case {
  const char* name;
  const char* plugin;
  Settings settings;
  double step;              // in units of the learning rate
  double tolerance = 1e-7;  // epsilon is 1e-8, magnified by 1 / (1 - beta1) at most
};
void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }  // NOLINT: GoogleTest's name

const double kTenth = std::sqrt(10);  // 1 / sqrt(1 - 0.9), and (1 - 0.9) / sqrt(1 - 0.999)

class FirstStep : public testing::TestWithParam<Case> {};
INSTANTIATE_TEST_SUITE_P(
    Adaptive, FirstStep,
    testing::Values(
        Case{"adam", "adam", {}, 1}, Case{"adam_inside", "adam", {{"epsilon_form", 1}}, 1},
        // The hat's epsilon is divided by sqrt(1 - beta2).
        Case{"adam_hat", "adam", {{"epsilon_form", 2}}, 1, 1e-6},
        Case{"adam_uncorrected", "adam", {{"bias_correction", 0}}, kTenth, 1e-5},
        Case{"adamw_from_zero", "adamw", {}, 1}, Case{"amsgrad_torch", "amsgrad", {}, 1},
        Case{"amsgrad_optax", "amsgrad", {{"definition", 1}}, 1},
        Case{"amsgrad_reddi", "amsgrad", {{"definition", 2}}, kTenth, 1e-5},
        Case{"adamax", "adamax", {}, 1},
        // mu_1 = 0.45007347 and mu_2 = 0.45014694 of 0.9 (1 - 0.96^(0.004 t) / 2).
        Case{"nadam_torch", "nadam", {}, 1.05645178},
        Case{"nadam_optax", "nadam", {{"definition", 1}}, 0.9 * 0.1 / 0.19 + 1},
        Case{"nadam_algoperf", "nadam", {{"definition", 2}}, 1.9},
        Case{"nadamw_torch", "nadamw", {{"definition", 0}}, 1.05645178},
        Case{"nadamw_optax", "nadamw", {{"definition", 1}}, 0.9 * 0.1 / 0.19 + 1},
        Case{"nadamw_algoperf", "nadamw", {}, 1.9}, Case{"radam", "radam", {}, 1},
        Case{"rmsprop", "rmsprop", {}, 10, 1e-5},
        Case{"rmsprop_of_0_9", "rmsprop", {{"beta", 0.9}}, kTenth, 1e-5},
        Case{"rmsprop_corrected", "rmsprop", {{"bias_correction", 1}}, 1},
        Case{"rmsprop_running_sum", "rmsprop", {{"average_of", 1}}, 10, 1e-5},
        // The variance of one gradient: (1 - beta) - (1 - beta)^2.
        Case{"rmsprop_centered", "rmsprop", {{"centered", 1}}, 1 / std::sqrt(0.01 * 0.99), 1e-5},
        Case{"adagrad", "adagrad", {}, 1},
        Case{"adagrad_optax",
             "adagrad",
             {{"initial_accumulator", 0.1}, {"epsilon", 1e-7}, {"epsilon_form", 1}},
             0.9534625},
        Case{"adagrad_norm", "adagrad_norm", {}, 1}, Case{"adagrad_full", "adagrad_full", {}, 1},
        Case{"adagrad_full_shifted", "adagrad_full", {{"inverse", 1}, {"delta", 0.25}}, 1 / 1.25},
        Case{"adadelta", "adadelta", {}, std::sqrt(1e-6 / (0.1 + 1e-6))},
        Case{"adadelta_of_0_95", "adadelta", {{"rho", 0.95}}, std::sqrt(1e-6 / (0.05 + 1e-6))}),
    [](const auto& tested) { return std::string(tested.param.name); });

TEST_P(FirstStep, OfAGradientOfOneIsTheTables) {
  const Case& c = GetParam();
  EXPECT_NEAR(ravine::test::first_step(c.plugin, c.settings), c.step, c.tolerance);
}

TEST(FirstStep, OfRAdamIsTheRawGradient) {
  EXPECT_NEAR(ravine::test::first_step("radam", {}, -700), -700, 1e-12);
}

TEST(FirstStep, OfAdadeltaIsAboutTheRootOfEpsilonOverOneMinusRho) {
  EXPECT_NEAR(ravine::test::first_step("adadelta"), 3.16e-3, 5e-6);
  EXPECT_NEAR(ravine::test::first_step("adadelta", {{"rho", 0.95}}), 4.47e-3, 5e-6);
  // Whatever the gradient, where it is large beside epsilon.
  EXPECT_NEAR(ravine::test::first_step("adadelta", {}, 1e4), std::sqrt(1e-5), 1e-12);
}

TEST(FirstStep, OfFullMatrixAdaGradHasTheGradientsDirectionAndTheRatesLength) {
  // The gradient at (1, 1, 1) is (3, 4, 12), of length 13.
  ravine::test::Host host("adagrad_full", ravine::test::diagonal_quadratic({3, 4, 12}),
                          {{"learning_rate", 0.5}});
  host.steps(1);
  EXPECT_NEAR(host.x[0], 1 - 0.5 * 3 / 13, 1e-14);
  EXPECT_NEAR(host.x[1], 1 - 0.5 * 4 / 13, 1e-14);
  EXPECT_NEAR(host.x[2], 1 - 0.5 * 12 / 13, 1e-14);
}

TEST(FirstStep, OfAdaGradNormHasTheRatesLength) {
  ravine::test::Host host("adagrad_norm", ravine::test::diagonal_quadratic({3, 4, 12}),
                          {{"learning_rate", 0.5}, {"epsilon", 0}});
  host.steps(1);
  EXPECT_NEAR(std::hypot(host.x[0] - 1, host.x[1] - 1, host.x[2] - 1), 0.5, 1e-15);
}

}  // namespace
