// How Levenberg-Marquardt chooses lambda, step by step.
#pragma once

#include <algorithm>
#include <cstdint>

#include "plugins/second_order/damped_least_squares.hpp"

namespace ravine::levenberg_marquardt {

enum class Update : std::uint8_t { trust_region, nielsen, tenfold };

/// How r'r changed from x to x + s, relative to r'r but for rho.
struct Trial {
  double rho = -1;
  double decrease = -100;  ///< below -99 r is ten times as long, or not finite
  double slope = 0;        ///< half of the derivative along s, at x
  bool taken = false;
};

class Damping {
 public:
  Damping(Update update, double initial_radius, double initial_damping)
      : update_(update),
        initial_radius_(initial_radius),
        lambda_(update == Update::trust_region ? 0 : initial_damping) {}

  [[nodiscard]] double lambda() const { return lambda_; }

  /// Leaves D s in the model; length_of_x is |D x|.
  void solve(DampedLeastSquares& model, double length_of_x) {
    if (update_ != Update::trust_region) {
      model.solve(lambda_);
      return;
    }
    if (radius_ == 0) radius_ = initial_radius_ * (length_of_x > 0 ? length_of_x : 1);
    lambda_ = model.solve_within(radius_, lambda_);
    if (!moved_) radius_ = std::min(radius_, model.z().norm());
  }

  void update(const Trial& trial, double length_of_s) {
    moved_ = moved_ || trial.taken;
    if (update_ == Update::trust_region) {
      trust_region(trial, length_of_s);
      return;
    }
    if (update_ == Update::nielsen)
      nielsen(trial);
    else
      lambda_ *= trial.taken ? 0.1 : 10;
    lambda_ = std::max(lambda_, kSmallest);
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(lambda_, nu_, radius_, moved_);
  }

 private:
  static constexpr double kSmallest = 1e-16;  // as Ceres has it: J may lack rank

  // More 1978, Algorithm 7.1, as in MINPACK's lmder. Where r'r fell by less than a quarter of what
  // was promised: to the minimum of the parabola through both values and the slope, between a tenth
  // and a half; where by three quarters, or nothing bounded s: to twice |D s|.
  void trust_region(const Trial& trial, double length) {
    if (trial.rho <= 0.25) {
      double factor = 0.5;
      if (trial.decrease < 0) factor *= trial.slope / (trial.slope + 0.5 * trial.decrease);
      if (!(factor >= 0.1) || trial.decrease <= -99) factor = 0.1;
      radius_ = factor * std::min(radius_, 10 * length);
      lambda_ /= factor;
    } else if (lambda_ == 0 || trial.rho >= 0.75) {
      radius_ = 2 * length;
      lambda_ *= 0.5;
    }
  }

  void nielsen(const Trial& trial) {
    if (trial.taken) {
      const double t = 2 * trial.rho - 1;
      lambda_ *= std::max(1.0 / 3, 1 - t * t * t);
      nu_ = 2;
    } else {
      lambda_ *= nu_;
      nu_ *= 2;
    }
  }

  Update update_;
  double initial_radius_;
  double lambda_;
  double nu_ = 2;      ///< what the next refusal multiplies lambda by
  double radius_ = 0;  ///< 0: not yet known
  bool moved_ = false;
};

}  // namespace ravine::levenberg_marquardt
