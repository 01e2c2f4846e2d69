#include "problems/nets/perceptron.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/facts.hpp"
#include "problems/family.hpp"
#include "problems/nets/mlp_facts.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::testing {
namespace {

using Eigen::Index;

Chunk random_chunk(Index features, Index size, std::uint8_t classes) {
  Chunk chunk;
  const auto count = static_cast<std::uint64_t>(features * size);
  const Vector values = normal_vector(count, 1, "inputs");
  chunk.inputs = Eigen::Map<const Eigen::MatrixXd>(values.data(), features, size);
  for (Index j = 0; j < size; ++j)
    chunk.labels.push_back(static_cast<std::uint8_t>(j * 3 % classes));
  chunk.size = size;
  return chunk;
}

Eigen::VectorXd random_theta(const Perceptron& net) {
  const Vector values =
      normal_vector(static_cast<std::uint64_t>(net.parameter_count()), 2, "parameters");
  return Eigen::Map<const Eigen::VectorXd>(values.data(), net.parameter_count());
}

// The definition in plain loops and long double.
long double plain_loss(const Perceptron& net, const Eigen::VectorXd& theta, Activation activation,
                       const Chunk& chunk, Index sample) {
  std::vector<long double> h;
  for (Index i = 0; i < chunk.inputs.rows(); ++i) h.push_back(chunk.inputs(i, sample));
  for (const Layer& layer : net.layers()) {
    std::vector<long double> z;
    for (Index o = 0; o < layer.out; ++o) {
      long double sum = theta[layer.b + o];
      for (Index i = 0; i < layer.in; ++i)
        sum += theta[layer.w + o * layer.in + i] * h[static_cast<std::size_t>(i)];
      if (&layer != &net.layers().back())
        sum = activation == Activation::tanh ? std::tanh(sum) : std::max(sum, 0.0L);
      z.push_back(sum);
    }
    h = z;
  }
  long double total = 0;
  for (const long double z : h) total += std::exp(z);
  return std::log(total) - h[chunk.labels[static_cast<std::size_t>(sample)]];
}

TEST(Perceptron, LossIsTheDefinition) {
  for (const Activation activation : {Activation::tanh, Activation::relu}) {
    Perceptron net({9, 6, 5, 4}, activation, 30);
    const Chunk chunk = random_chunk(9, 23, 4);
    const Eigen::VectorXd theta = random_theta(net);
    long double expected = 0;
    for (Index j = 0; j < chunk.size; ++j) expected += plain_loss(net, theta, activation, chunk, j);
    const auto wanted = static_cast<double>(expected);
    EXPECT_NEAR(net.forward(theta, chunk).loss, wanted, 500 * kUnitRoundoff * wanted);
  }
}

// Every class has p = 1 / K: the loss is ln K, hidden layers have no gradient.
TEST(Perceptron, AtZeroTheLossIsTheLogarithmOfTheClasses) {
  Perceptron net({9, 6, 10}, Activation::tanh, 20);
  const Chunk chunk = random_chunk(9, 20, 10);
  const Eigen::VectorXd theta = Eigen::VectorXd::Zero(net.parameter_count());
  Eigen::VectorXd gradient = theta;
  EXPECT_NEAR(net.forward(theta, chunk).loss, 20 * std::log(10.0), 60 * kUnitRoundoff * 50);
  net.add_gradient(theta, chunk, gradient);
  EXPECT_EQ(gradient.head(net.layers()[1].w).cwiseAbs().maxCoeff(), 0);
}

// exp(800) overflows.
TEST(Perceptron, LargeOutputsDoNotOverflow) {
  Perceptron net({1, 3}, Activation::tanh, 1);
  Eigen::VectorXd theta(6);
  theta << 800, -800, 0, 0, 0, 0;
  Chunk chunk = random_chunk(1, 1, 3);
  chunk.inputs(0, 0) = 1;
  chunk.labels[0] = 2;
  EXPECT_EQ(net.forward(theta, chunk).loss, 800);
}

TEST(Perceptron, EqualOutputsCountAsTheFirstClass) {
  Perceptron net({4, 3}, Activation::tanh, 9);
  const Chunk chunk = random_chunk(4, 9, 3);  // labels 0, 0, ... as 3 j mod 3
  Chunk mixed = chunk;
  mixed.labels = {0, 1, 2, 0, 1, 2, 0, 1, 2};
  const Eigen::VectorXd theta = Eigen::VectorXd::Zero(net.parameter_count());
  EXPECT_EQ(net.forward(theta, chunk).correct, 9U);
  EXPECT_EQ(net.forward(theta, mixed).correct, 3U);
  const Eigen::VectorXd nan = Eigen::VectorXd::Constant(net.parameter_count(), std::nan(""));
  EXPECT_EQ(net.forward(nan, chunk).correct, 0U);
}

// The sample variance of m normals has a standard error of sqrt(2 / m) of it.
TEST(GlorotStart, HasTheStatedVariances) {
  const Perceptron net({300, 200, 10}, Activation::relu, 1);
  const Vector theta = glorot_start(net.layers(), Activation::relu, 7);
  for (const Layer& layer : net.layers()) {
    double square = 0;
    for (Index i = layer.w; i < layer.b; ++i)
      square += std::pow(theta[static_cast<std::size_t>(i)], 2);
    const auto count = static_cast<double>(layer.b - layer.w);
    const double gain_squared = layer.out == 10 ? 1 : 2;
    const double wanted = gain_squared * 2 / static_cast<double>(layer.in + layer.out);
    EXPECT_NEAR(square / count, wanted, 5 * std::sqrt(2 / count) * wanted);
    for (Index i = layer.b; i < layer.b + layer.out; ++i)
      EXPECT_EQ(theta[static_cast<std::size_t>(i)], 0);
  }
}

TEST(HiddenWidths, AreReadOrRefused) {
  EXPECT_EQ(hidden_widths("32"), (std::vector<Index>{32}));
  EXPECT_EQ(hidden_widths("64-32-4096"), (std::vector<Index>{64, 32, 4096}));
  EXPECT_TRUE(hidden_widths("none").empty());
  for (const char* text : {"", "0", "-3", "4097", "64-", "-64", "64--32", "64,32", "6.4", "many",
                           "1-1-1-1-1-1-1-1-1", "99999999999999999999"})
    EXPECT_THROW(hidden_widths(text), ProblemError) << text;
}

}  // namespace
}  // namespace ravine::problems::testing
