// The perceptron that the families are made of: its loss is the definition, its start too.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "problems/facts.hpp"
#include "problems/nets/layers/activation.hpp"
#include "problems/nets/layers/dense.hpp"
#include "problems/nets/losses/softmax.hpp"
#include "problems/nets/mlp.hpp"
#include "problems/nets/starts.hpp"
#include "tests/problems/support/cases.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::nets {
namespace {

using testing::Vector;

std::unique_ptr<Network> perceptron(const std::vector<Index>& widths, Activation phi) {
  Layers layers;
  for (std::size_t l = 0; l + 1 < widths.size(); ++l) {
    const bool top = l + 2 == widths.size();
    layers.push_back(dense(widths[l], widths[l + 1], top ? 1 : gain(phi)));
    if (!top) layers.push_back(activation(phi, widths[l + 1]));
  }
  return std::make_unique<Network>(std::make_unique<Sequence>(std::move(layers)),
                                   softmax_loss(widths.back()));
}

Batch random_batch(Index features, Index size, std::uint32_t classes) {
  Batch batch;
  const auto count = static_cast<std::uint64_t>(features * size);
  const Vector values = testing::normal_vector(count, 1, "inputs");
  batch.inputs = Eigen::Map<const Matrix>(values.data(), features, size);
  for (Index j = 0; j < size; ++j)
    batch.labels.push_back(static_cast<std::uint32_t>(j * 3 % classes));
  batch.size = size;
  return batch;
}

Eigen::VectorXd random_theta(const Network& net) {
  const Vector values =
      testing::normal_vector(static_cast<std::uint64_t>(net.parameter_count()), 2, "parameters");
  return Eigen::Map<const Eigen::VectorXd>(values.data(), net.parameter_count());
}

// The definition in plain loops and long double.
long double plain_loss(const std::vector<Index>& widths, Activation phi,
                       const Eigen::VectorXd& theta, const Batch& batch, Index sample) {
  std::vector<long double> h;
  for (Index i = 0; i < batch.inputs.rows(); ++i) h.push_back(batch.inputs(i, sample));
  Index at = 0;
  for (std::size_t l = 0; l + 1 < widths.size(); ++l) {
    std::vector<long double> z;
    for (Index o = 0; o < widths[l + 1]; ++o) {
      long double sum = theta[at + widths[l] * widths[l + 1] + o];
      for (Index i = 0; i < widths[l]; ++i)
        sum += theta[at + o * widths[l] + i] * h[static_cast<std::size_t>(i)];
      if (l + 2 < widths.size()) switch (phi) {
          case Activation::tanh:
            sum = std::tanh(sum);
            break;
          case Activation::sigmoid:
            sum = 1 / (1 + std::exp(-sum));
            break;
          case Activation::relu:
            sum = std::max(sum, 0.0L);
            break;
          case Activation::gelu:
            sum = sum * 0.5L * (1 + std::erf(sum / std::sqrt(2.0L)));
            break;
          case Activation::linear:
            break;
        }
      z.push_back(sum);
    }
    at += widths[l] * widths[l + 1] + widths[l + 1];
    h = z;
  }
  long double total = 0;
  for (const long double z : h) total += std::exp(z);
  return std::log(total) - h[batch.labels[static_cast<std::size_t>(sample)]];
}

TEST(Perceptron, LossIsTheDefinition) {
  const std::vector<Index> widths = {9, 6, 5, 4};
  for (const std::string& name : activation_names()) {
    const Activation phi = activation_named(name);
    const auto net = perceptron(widths, phi);
    const Batch batch = random_batch(9, 23, 4);
    const Eigen::VectorXd theta = random_theta(*net);
    long double expected = 0;
    for (Index j = 0; j < batch.size; ++j) expected += plain_loss(widths, phi, theta, batch, j);
    const auto wanted = static_cast<double>(expected);
    EXPECT_NEAR(net->forward(theta.data(), batch).loss, wanted, 500 * kUnitRoundoff * wanted)
        << name;
  }
}

// Every class has p = 1 / K: the loss is ln K, hidden layers have no gradient.
TEST(Perceptron, AtZeroTheLossIsTheLogarithmOfTheClasses) {
  const auto net = perceptron({9, 6, 10}, Activation::tanh);
  const Batch batch = random_batch(9, 20, 10);
  const Eigen::VectorXd theta = Eigen::VectorXd::Zero(net->parameter_count());
  Eigen::VectorXd gradient = theta;
  EXPECT_NEAR(net->forward(theta.data(), batch).loss, 20 * std::log(10.0), 60 * kUnitRoundoff * 50);
  net->add_gradient(theta.data(), batch, gradient.data());
  EXPECT_EQ(gradient.head(9 * 6 + 6).cwiseAbs().maxCoeff(), 0);
}

// exp(800) overflows.
TEST(Perceptron, LargeOutputsDoNotOverflow) {
  const auto net = perceptron({1, 3}, Activation::tanh);
  Eigen::VectorXd theta(6);
  theta << 800, -800, 0, 0, 0, 0;
  Batch batch = random_batch(1, 1, 3);
  batch.inputs(0, 0) = 1;
  batch.labels[0] = 2;
  EXPECT_EQ(net->forward(theta.data(), batch).loss, 800);
}

TEST(Perceptron, LargeArgumentsOfASigmoidDoNotOverflow) {
  const auto sigmoid = activation(Activation::sigmoid, 1);
  Matrix x(1, 4);
  x << -800, 800, 0, std::nan("");
  Matrix y(1, 4);
  sigmoid->forward(nullptr, x, y);
  EXPECT_LE(y(0, 0), std::numeric_limits<double>::min()) << "e^-800 is below it";
  EXPECT_EQ(y(0, 1), 1);
  EXPECT_EQ(y(0, 2), 0.5);
  EXPECT_TRUE(std::isnan(y(0, 3)));
}

TEST(Perceptron, EqualOutputsCountAsTheFirstClass) {
  const auto net = perceptron({4, 3}, Activation::tanh);
  const Batch batch = random_batch(4, 9, 3);  // labels 0, 0, ... as 3 j mod 3
  Batch mixed = batch;
  mixed.labels = {0, 1, 2, 0, 1, 2, 0, 1, 2};
  const Eigen::VectorXd theta = Eigen::VectorXd::Zero(net->parameter_count());
  EXPECT_EQ(net->forward(theta.data(), batch).correct, 9U);
  EXPECT_EQ(net->forward(theta.data(), mixed).correct, 3U);
  const Eigen::VectorXd nan = Eigen::VectorXd::Constant(net->parameter_count(), std::nan(""));
  EXPECT_EQ(net->forward(nan.data(), batch).correct, 0U);
}

Vector start(const Network& net, const std::string& name, double scale = 1) {
  return start_of(net, {{"start", testing::word(name)}, {"weight_scale", testing::number(scale)}},
                  7);
}

double mean_square(const Vector& theta, const Fan& fan) {
  double square = 0;
  for (std::uint64_t i = fan.offset; i < fan.offset + fan.count; ++i) square += theta[i] * theta[i];
  return square / static_cast<double>(fan.count);
}

// The sample variance of m normals has a standard error of sqrt(2 / m) of it.
TEST(Starts, HaveTheStatedVariances) {
  const auto net = perceptron({300, 200, 10}, Activation::relu);
  for (const Fan& fan : net->fans()) {
    const double gain_squared = fan.out == 10 ? 1 : 2;
    const double error = 5 * std::sqrt(2 / static_cast<double>(fan.count));
    const double xavier = gain_squared * 2 / (fan.in + fan.out);
    EXPECT_NEAR(mean_square(start(*net, "xavier"), fan), xavier, error * xavier);
    EXPECT_NEAR(mean_square(start(*net, "xavier", 10), fan), 100 * xavier, 100 * error * xavier);
    const double he = gain_squared / fan.in;
    EXPECT_NEAR(mean_square(start(*net, "he"), fan), he, error * he);
    EXPECT_NEAR(mean_square(start(*net, "lecun"), fan), 1 / fan.in, error / fan.in);
    EXPECT_EQ(mean_square(start(*net, "zero"), fan), 0);
  }
  const Vector theta = start(*net, "xavier");
  for (const Block& block : net->blocks()) {
    if (block.role != BlockRole::bias) continue;
    for (std::uint64_t i = 0; i < block.shape[0]; ++i) EXPECT_EQ(theta[block.offset + i], 0);
  }
}

TEST(Starts, SparseOnesHaveFifteenWeightsAUnit) {
  const auto net = perceptron({300, 20, 10}, Activation::tanh);
  const Vector theta = start(*net, "sparse");
  for (const Fan& fan : net->fans()) {
    const auto width = static_cast<std::uint64_t>(fan.in);
    for (std::uint64_t row = fan.offset; row < fan.offset + fan.count; row += width) {
      int kept = 0;
      for (std::uint64_t i = row; i < row + width; ++i) kept += theta[i] == 0 ? 0 : 1;
      EXPECT_EQ(kept, 15);
    }
  }
}

TEST(HiddenWidths, AreReadOrRefused) {
  EXPECT_EQ(hidden_widths("32"), (std::vector<Index>{32}));
  EXPECT_EQ(hidden_widths("64-32-4096"), (std::vector<Index>{64, 32, 4096}));
  EXPECT_TRUE(hidden_widths("none").empty());
  std::string too_deep = "1";
  for (int l = 0; l < 64; ++l) too_deep += "-1";
  for (const std::string& text :
       {std::string(), std::string("0"), std::string("-3"), std::string("4097"), std::string("64-"),
        std::string("-64"), std::string("64--32"), std::string("64,32"), std::string("6.4"),
        std::string("many"), too_deep, std::string("99999999999999999999")})
    EXPECT_THROW(hidden_widths(text), ProblemError) << text;
}

}  // namespace
}  // namespace ravine::problems::nets
