#include "problems/nets/layers/recurrent.hpp"

#include <algorithm>
#include <cmath>

namespace ravine::problems::nets {
namespace {

using Map = Eigen::Map<RowMajor>;
using ConstMap = Eigen::Map<const RowMajor>;

// Step t of what is kept: hidden x (steps m), a step's samples side by side.
auto at(Matrix& kept, Index t, Index m) { return kept.middleCols(t * m, m); }

class Recurrent final : public Layer {
 public:
  Recurrent(Index features, Index steps, Index hidden)
      : features_(features), steps_(steps), hidden_(hidden) {}

  [[nodiscard]] Index inputs() const override { return features_ * steps_; }
  [[nodiscard]] Index outputs() const override { return hidden_; }
  [[nodiscard]] Index parameter_count() const override { return b() + hidden_; }

  [[nodiscard]] std::vector<Block> blocks() const override {
    const auto h = static_cast<std::uint64_t>(hidden_);
    const auto f = static_cast<std::uint64_t>(features_);
    return {{"w", 0, {h, f}, BlockRole::matrix, false},
            {"u", h * f, {h, h}, BlockRole::matrix, false},
            {"b", h * f + h * h, {h}, BlockRole::bias, true}};
  }

  [[nodiscard]] std::vector<Fan> fans() const override {
    const auto h = static_cast<double>(hidden_);
    const auto w = static_cast<std::uint64_t>(u());
    // A gain of 1: with tanh's 5/3 the state would saturate within a few steps.
    return {{0, w, static_cast<double>(features_), h, 1},
            {w, static_cast<std::uint64_t>(hidden_ * hidden_), h, h, 1}};
  }

  void forward(const double* theta, const In& x, Out y) override {
    const Index m = x.cols();
    fit(h_, m);
    for (Index t = 0; t < steps_; ++t) {
      auto z = at(h_, t, m);
      z.noalias() = w_of(theta) * x.middleRows(t * features_, features_);
      if (t > 0) z.noalias() += u_of(theta) * at(h_, t - 1, m);
      z.colwise() += b_of(theta);
      for (Index j = 0; j < m; ++j)
        for (Index i = 0; i < hidden_; ++i) z(i, j) = std::tanh(z(i, j));
    }
    y = at(h_, steps_ - 1, m);
  }

  // dz_t = (1 - h_t^2) dh_t, dh_{t-1} = U' dz_t; dz_ keeps them for R.
  void backward(const double* theta, const In& x, const In& /*y*/, const In& dy, Out* dx,
                double* gradient) override {
    const Index m = x.cols();
    fit(dz_, m);
    for (Index t = steps_ - 1; t >= 0; --t) {
      auto dz = at(dz_, t, m);
      if (t == steps_ - 1)
        dz = dy;
      else
        dz.noalias() = u_of(theta).transpose() * at(dz_, t + 1, m);
      dz.array() *= 1 - at(h_, t, m).array().square();
      w_of(gradient).noalias() += dz * x.middleRows(t * features_, features_).transpose();
      if (t > 0) u_of(gradient).noalias() += dz * at(h_, t - 1, m).transpose();
      b_of(gradient) += dz.rowwise().sum();
      if (dx != nullptr)
        dx->middleRows(t * features_, features_).noalias() = w_of(theta).transpose() * dz;
    }
  }

  void tangent(const double* theta, const double* v, const In& x, const In& /*y*/, const In* rx,
               Out ry) override {
    const Index m = x.cols();
    fit(rh_, m);
    for (Index t = 0; t < steps_; ++t) {
      auto rz = at(rh_, t, m);
      rz.noalias() = w_of(v) * x.middleRows(t * features_, features_);
      if (rx != nullptr) rz.noalias() += w_of(theta) * rx->middleRows(t * features_, features_);
      if (t > 0) {
        rz.noalias() += u_of(v) * at(h_, t - 1, m);
        rz.noalias() += u_of(theta) * at(rh_, t - 1, m);
      }
      rz.colwise() += b_of(v);
      rz.array() *= 1 - at(h_, t, m).array().square();
    }
    ry = at(rh_, steps_ - 1, m);
  }

  // R{dz_t} = (1 - h_t^2) R{dh_t} - 2 h_t R{h_t} dh_t, R{dh_t} = V_U' dz_{t+1} + U' R{dz_{t+1}},
  // and dh_t is U' dz_{t+1} again: 1 - h_t^2 may be 0, so that dz_t does not tell it.
  void tangent_backward(const double* theta, const double* v, const In& x, const In& /*y*/,
                        const In& dy, const In* rx, const In& /*ry*/, const In& rdy, Out* rdx,
                        double* hv) override {
    const Index m = x.cols();
    fit(rdz_, m);
    if (dh_.cols() < m) dh_.resize(hidden_, m);
    auto dh = dh_.leftCols(m);
    for (Index t = steps_ - 1; t >= 0; --t) {
      auto rdz = at(rdz_, t, m);
      if (t == steps_ - 1) {
        dh = dy;
        rdz = rdy;
      } else {
        dh.noalias() = u_of(theta).transpose() * at(dz_, t + 1, m);
        rdz.noalias() = u_of(v).transpose() * at(dz_, t + 1, m);
        rdz.noalias() += u_of(theta).transpose() * at(rdz_, t + 1, m);
      }
      const auto h = at(h_, t, m).array();
      rdz = (1 - h.square()) * rdz.array() - 2 * h * at(rh_, t, m).array() * dh.array();
      const auto dz = at(dz_, t, m);
      w_of(hv).noalias() += rdz * x.middleRows(t * features_, features_).transpose();
      if (rx != nullptr)
        w_of(hv).noalias() += dz * rx->middleRows(t * features_, features_).transpose();
      if (t > 0) {
        u_of(hv).noalias() += rdz * at(h_, t - 1, m).transpose();
        u_of(hv).noalias() += dz * at(rh_, t - 1, m).transpose();
      }
      b_of(hv) += rdz.rowwise().sum();
      if (rdx == nullptr) continue;
      rdx->middleRows(t * features_, features_).noalias() = w_of(v).transpose() * dz;
      rdx->middleRows(t * features_, features_).noalias() += w_of(theta).transpose() * rdz;
    }
  }

 private:
  [[nodiscard]] Index u() const { return hidden_ * features_; }
  [[nodiscard]] Index b() const { return u() + hidden_ * hidden_; }
  [[nodiscard]] ConstMap w_of(const double* theta) const { return {theta, hidden_, features_}; }
  [[nodiscard]] Map w_of(double* theta) const { return {theta, hidden_, features_}; }
  [[nodiscard]] ConstMap u_of(const double* theta) const { return {theta + u(), hidden_, hidden_}; }
  [[nodiscard]] Map u_of(double* theta) const { return {theta + u(), hidden_, hidden_}; }
  [[nodiscard]] Eigen::Map<const Eigen::VectorXd> b_of(const double* theta) const {
    return {theta + b(), hidden_};
  }
  [[nodiscard]] Eigen::Map<Eigen::VectorXd> b_of(double* theta) const {
    return {theta + b(), hidden_};
  }

  void fit(Matrix& kept, Index m) const {
    if (kept.cols() < steps_ * m) kept.resize(hidden_, steps_ * m);
  }

  Index features_, steps_, hidden_;
  Matrix h_, dz_, rh_, rdz_, dh_;
};

}  // namespace

std::unique_ptr<Layer> recurrent(Index features, Index steps, Index hidden) {
  return std::make_unique<Recurrent>(features, steps, hidden);
}

}  // namespace ravine::problems::nets
