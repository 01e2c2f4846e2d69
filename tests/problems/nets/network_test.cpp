// Every layer and loss in a small net: its gradient, Hessian-, Gauss-Newton- and sampled products
// against differences of what they are derivatives of.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "tests/problems/nets/nets.hpp"
#include "tests/problems/support/evaluation.hpp"

namespace ravine::problems::nets {
namespace {

using Eigen::VectorXd;

constexpr Index kSamples = 7;

VectorXd normal(Index n, std::uint64_t key, const std::string& purpose) {
  const auto values = testing::normal_vector(static_cast<std::uint64_t>(n), key, purpose);
  return Eigen::Map<const VectorXd>(values.data(), n);
}

Batch batch_for(const Network& net) {
  Batch batch;
  const Index features = net.layers().inputs();
  batch.size = kSamples;
  batch.inputs =
      Eigen::Map<const Matrix>(normal(features * kSamples, 1, "inputs").data(), features, kSamples);
  batch.targets = Eigen::Map<const Matrix>(normal(kOutputs * kSamples, 1, "targets").data(),
                                           kOutputs, kSamples);
  batch.targets = (1 / (1 + (-batch.targets.array()).exp())).matrix();  // shares
  for (Index j = 0; j < kSamples; ++j) batch.labels.push_back(static_cast<std::uint32_t>(j % 3));
  batch.weights = normal(kSamples, 1, "weights").cwiseAbs();
  return batch;
}

/// Differences of order 8: the error is some h^8 times the ninth derivative, and rounding over h.
constexpr double kEight[] = {4.0 / 5, -1.0 / 5, 4.0 / 105, -1.0 / 280};
constexpr double kStep = 0x1p-11;
template <class Function>
auto derivative(Function f) -> decltype(f(0.0)) {
  auto sum = f(kStep);
  sum = kEight[0] * (f(kStep) - f(-kStep));
  for (int k = 2; k <= 4; ++k) sum += kEight[k - 1] * (f(k * kStep) - f(-k * kStep));
  return sum / kStep;
}

std::vector<Net> all_nets() {
  std::vector<Net> all = nets();
  all.push_back(noisy_net());
  return all;
}

class EveryNet : public ::testing::TestWithParam<Net> {
 protected:
  void SetUp() override {
    net_ = GetParam().make();
    batch_ = batch_for(*net_);
    theta_ = 0.5 * normal(net_->parameter_count(), 2, "theta");
    v_ = normal(theta_.size(), 3, "v");
    v_.normalize();
    w_ = normal(theta_.size(), 4, "w");
    w_.normalize();
  }

  double loss(const VectorXd& theta) { return net_->forward(theta.data(), batch_, pass_).loss; }
  VectorXd gradient(const VectorXd& theta) {
    VectorXd g = VectorXd::Zero(theta.size());
    loss(theta);
    net_->add_gradient(theta.data(), batch_, g.data());
    return g;
  }
  VectorXd hessian_vector(const VectorXd& v) {
    gradient(theta_);
    VectorXd hv = VectorXd::Zero(theta_.size());
    net_->add_hessian_vector(theta_.data(), v.data(), batch_, hv.data());
    return hv;
  }
  VectorXd gauss_newton_vector(const VectorXd& v) {
    loss(theta_);
    VectorXd gv = VectorXd::Zero(theta_.size());
    net_->add_gauss_newton_vector(theta_.data(), v.data(), batch_, gv.data());
    return gv;
  }

  std::unique_ptr<Network> net_;
  Batch batch_;
  Pass pass_{Mode::training, 5};
  VectorXd theta_, v_, w_;
};

/// A head is an output of its own: such nets are held by PyTorch's values and by symmetry.
class NetOfOneOutput : public EveryNet {};
/// The gradient of a sample is its own.
class NetOfSingleSamples : public EveryNet {};

// Steps of up to 4 h = 1/512 along a unit vector keep every kink of relu and of the maxima where it
// is, which a failure here would show first: the errors would be of size h, not 1e-9.
constexpr double kTolerance = 1e-9;

TEST_P(EveryNet, GradientIsTheDerivativeOfTheLoss) {
  const double slope = derivative([&](double h) { return loss(theta_ + h * v_); });
  const VectorXd g = gradient(theta_);
  EXPECT_NEAR(v_.dot(g), slope, kTolerance * g.norm());
  EXPECT_GT(g.norm(), 1e-3);
}

TEST_P(EveryNet, HessianVectorIsTheDerivativeOfTheGradient) {
  const VectorXd expected = derivative([&](double h) { return gradient(theta_ + h * v_); });
  const VectorXd hv = hessian_vector(v_);
  EXPECT_LE((hv - expected).norm(), kTolerance * gradient(theta_).norm());
  const double symmetric = w_.dot(hv) - v_.dot(hessian_vector(w_));
  EXPECT_NEAR(symmetric, 0, 1e-13 * hv.norm() * static_cast<double>(theta_.size()));
}

// w'Gv = sum over samples and exits of (J w)' S (J v), J by differences of the outputs.
TEST_P(NetOfOneOutput, GaussNewtonVectorIsTheLosssCurvatureOfTheOutputs) {
  const auto moved = [&](const VectorXd& along) -> Matrix {
    return derivative([&](double h) -> Matrix {
      loss(theta_ + h * along);
      return net_->outputs();
    });
  };
  const Matrix jv = moved(v_);
  const Matrix jw = moved(w_);
  loss(theta_);
  const Matrix z = net_->outputs();
  Matrix sjv(kOutputs, kSamples);
  const std::unique_ptr<Loss> own = GetParam().loss();
  VectorXd losses(kSamples);
  own->values(z, batch_, losses);
  own->curvature(z, jv, sjv);
  double expected = 0;
  for (Index j = 0; j < kSamples; ++j) expected += batch_.weights[j] * jw.col(j).dot(sjv.col(j));
  const VectorXd gv = gauss_newton_vector(v_);
  EXPECT_NEAR(w_.dot(gv), expected, kTolerance * gv.norm());
  EXPECT_GT(gv.norm(), 1e-3);
}

TEST_P(EveryNet, GaussNewtonMatrixIsSymmetricAndHasNoNegativeCurvature) {
  const VectorXd gv = gauss_newton_vector(v_);
  const VectorXd gw = gauss_newton_vector(w_);
  EXPECT_NEAR(w_.dot(gv), v_.dot(gw), 1e-13 * gv.norm() * static_cast<double>(theta_.size()));
  EXPECT_GE(v_.dot(gv), 0);
  EXPECT_GE(w_.dot(gw), 0);
}

// The loss is a negative logarithm, so the second moment of the sampled gradient is G: for a single
// sample v'Gv = E (g'v)^2. The mean of N draws is off by some sqrt(Var / N).
TEST_P(NetOfSingleSamples, SampledGradientsHaveTheGaussNewtonMatrixAsSecondMoment) {
  batch_.size = 1;
  batch_.weights.setOnes();
  const double expected = v_.dot(gauss_newton_vector(v_));
  loss(theta_);
  const Stream draws(9, "labels");
  constexpr int kDraws = 20000;
  double mean = 0;
  double square = 0;
  double first = 0;
  for (int k = 0; k < kDraws; ++k) {
    VectorXd g = VectorXd::Zero(theta_.size());
    net_->add_sampled_gradient(theta_.data(), batch_, draws,
                               static_cast<std::uint64_t>(k) * kOutputs, g.data());
    const double slope = g.dot(v_);
    first += slope / kDraws;
    mean += slope * slope / kDraws;
    square += std::pow(slope, 4) / kDraws;
  }
  const double deviation = std::sqrt((square - mean * mean) / kDraws);
  EXPECT_NEAR(mean, expected, 5 * deviation);
  EXPECT_GT(mean, 5 * deviation);
  EXPECT_NEAR(first, 0, 5 * std::sqrt(mean / kDraws));  // the score's mean is 0
}

TEST_P(EveryNet, BlocksCoverTheParameters) {
  std::uint64_t next = 0;
  for (const Block& block : net_->blocks()) {
    EXPECT_EQ(block.offset, next) << block.name;
    std::uint64_t size = 1;
    for (const std::uint64_t side : block.shape) size *= side;
    next += size;
  }
  EXPECT_EQ(next, static_cast<std::uint64_t>(net_->parameter_count()));
}

std::vector<Net> nets_where(const std::function<bool(const Net&)>& holds) {
  std::vector<Net> some;
  for (const Net& net : all_nets())
    if (holds(net)) some.push_back(net);
  return some;
}

bool has_one_output(const Net& net) { return net.name != "head"; }

std::string name_of(const ::testing::TestParamInfo<Net>& tested) { return tested.param.name; }

INSTANTIATE_TEST_SUITE_P(Nets, NetOfOneOutput, ::testing::ValuesIn(nets_where(has_one_output)),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Nets, NetOfSingleSamples,
                         ::testing::ValuesIn(nets_where([](const Net& net) {
                           return has_one_output(net) && !net.make()->couples_samples();
                         })),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Nets, EveryNet, ::testing::ValuesIn(all_nets()), name_of);

}  // namespace
}  // namespace ravine::problems::nets
