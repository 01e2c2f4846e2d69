#include "problems/nets/layers/activation.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace ravine::problems::nets {
namespace {

// Each has phi, of one number or of many, and phi' and phi'' from x and y = phi(x). A number's
// place must not show in its bits: what Eigen does to a packet of numbers in another way than to a
// single one is done to packets alone, or not by Eigen.
struct Tanh {
  static double value(double x) { return std::tanh(x); }
  static double first(double /*x*/, double y) { return 1 - y * y; }
  static double second(double /*x*/, double y) { return -2 * y * (1 - y * y); }
};

// e^-|x|, which never overflows, four at a time: Eigen's own exponential for every number, the last
// ones too.
struct Sigmoid {
  using Four = Eigen::Array4d;
  static void values(const double* x, double* y, Index count) {
    for (Index i = 0; i < count; i += 4) {
      const Index some = std::min<Index>(4, count - i);
      Four in = Four::Zero();
      std::copy_n(x + i, some, in.data());
      const Four e = (-in.abs()).exp();
      const Four out = (in >= 0).select(Four::Ones(), e) / (1 + e) + 0 * in;  // a NaN stays one
      std::copy_n(out.data(), some, y + i);
    }
  }
  static double first(double /*x*/, double y) { return y * (1 - y); }
  static double second(double /*x*/, double y) { return y * (1 - y) * (1 - 2 * y); }
};

struct Relu {
  static double value(double x) { return x <= 0 ? 0 : x; }  // a NaN stays one
  static double first(double x, double /*y*/) { return x > 0 ? 1 : 0; }
  static double second(double /*x*/, double /*y*/) { return 0; }
};

struct Gelu {
  static double density(double x) {
    return std::exp(-0.5 * x * x) * (std::numbers::inv_sqrtpi / std::numbers::sqrt2);
  }
  static double distribution(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }
  static double value(double x) { return x * distribution(x); }
  static double first(double x, double /*y*/) { return distribution(x) + x * density(x); }
  static double second(double x, double /*y*/) { return (2 - x * x) * density(x); }
};

struct Linear {
  static double value(double x) { return x; }
  static double first(double /*x*/, double /*y*/) { return 1; }
  static double second(double /*x*/, double /*y*/) { return 0; }
};

template <class Phi>
class Pointwise final : public Layer {
 public:
  explicit Pointwise(Index features) : features_(features) {}

  [[nodiscard]] Index inputs() const override { return features_; }
  [[nodiscard]] Index outputs() const override { return features_; }

  void forward(const double* /*theta*/, const In& x, Out y) override {
    if constexpr (requires { Phi::values(x.data(), y.data(), x.size()); })
      Phi::values(x.data(), y.data(), x.size());
    else
      std::transform(x.data(), x.data() + x.size(), y.data(), Phi::value);
  }

  void backward(const double* /*theta*/, const In& x, const In& y, const In& dy, Out* dx,
                double* /*gradient*/) override {
    if (dx == nullptr) return;
    const Index size = x.size();
    for (Index i = 0; i < size; ++i)
      dx->data()[i] = Phi::first(x.data()[i], y.data()[i]) * dy.data()[i];
  }

  void tangent(const double* /*theta*/, const double* /*v*/, const In& x, const In& y, const In* rx,
               Out ry) override {
    if (rx == nullptr) {
      ry.setZero();
      return;
    }
    const Index size = x.size();
    for (Index i = 0; i < size; ++i)
      ry.data()[i] = Phi::first(x.data()[i], y.data()[i]) * rx->data()[i];
  }

  // dx = phi'(x) dy, so R{dx} = phi'' R{x} dy + phi' R{dy}.
  void tangent_backward(const double* /*theta*/, const double* /*v*/, const In& x, const In& y,
                        const In& dy, const In* rx, const In& /*ry*/, const In& rdy, Out* rdx,
                        double* /*hv*/) override {
    if (rdx == nullptr) return;
    const Index size = x.size();
    for (Index i = 0; i < size; ++i) {
      const double a = x.data()[i];
      const double b = y.data()[i];
      rdx->data()[i] = Phi::first(a, b) * rdy.data()[i];
      if (rx != nullptr) rdx->data()[i] += Phi::second(a, b) * rx->data()[i] * dy.data()[i];
    }
  }

 private:
  Index features_;
};

}  // namespace

const std::vector<std::string>& activation_names() {
  static const std::vector<std::string> names = {"tanh", "sigmoid", "relu", "gelu", "linear"};
  return names;
}

Activation activation_named(const std::string& name) {
  const auto& names = activation_names();
  return static_cast<Activation>(std::find(names.begin(), names.end(), name) - names.begin());
}

double gain(Activation activation) {
  switch (activation) {
    case Activation::tanh:
      return 5.0 / 3;
    case Activation::relu:
    case Activation::gelu:
      return std::numbers::sqrt2;
    case Activation::sigmoid:
    case Activation::linear:
      break;
  }
  return 1;
}

std::unique_ptr<Layer> activation(Activation activation, Index features) {
  switch (activation) {
    case Activation::tanh:
      return std::make_unique<Pointwise<Tanh>>(features);
    case Activation::sigmoid:
      return std::make_unique<Pointwise<Sigmoid>>(features);
    case Activation::relu:
      return std::make_unique<Pointwise<Relu>>(features);
    case Activation::gelu:
      return std::make_unique<Pointwise<Gelu>>(features);
    case Activation::linear:
      break;
  }
  return std::make_unique<Pointwise<Linear>>(features);
}

}  // namespace ravine::problems::nets
