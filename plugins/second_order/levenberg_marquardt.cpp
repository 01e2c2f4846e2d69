// Levenberg-Marquardt (Levenberg 1944, Marquardt 1963; More 1978; Nielsen 1999) for a sum of
// squares, r'r for the residuals r with Jacobian J: s solves (J'J + lambda D^2) s = -J'r. With
// rho = (decrease of r'r) / (decrease of |r + J s|^2), x + s is taken where rho exceeds
// `acceptance`. A step is one trial: where it is refused, x stays. Terms of f that are no squares
// are left out. By default More's form, MINPACK's: lambda is what keeps |D s| within a trust
// region's radius. Damping that is itself moved up and down needs thousands of steps in the valleys
// that this form passes in hundreds (NIST's MGH10). See damping.hpp, and
// damped_least_squares.hpp for the problems in s.
// State: (m + 2) n + m doubles. Traffic: some 4 (m + n) n doubles a step, 2 (m + n) n^2 flops.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "plugins/second_order/damped_least_squares.hpp"
#include "plugins/second_order/damping.hpp"
#include "ravine/sdk.hpp"
#include "ravine/sdk/dense.hpp"
#include "ravine/sdk/no_progress.hpp"
#include "ravine/sdk/one_function.hpp"
#include "ravine/sdk/residuals.hpp"

namespace {

using ravine::levenberg_marquardt::DampedLeastSquares;
using ravine::levenberg_marquardt::Damping;
using ravine::levenberg_marquardt::Trial;
using ravine::levenberg_marquardt::Update;

constexpr double kEpsilon = 2.220446049250313e-16;
constexpr std::size_t kEntries = 100'000'000;  // of J: 800 MB

class LevenbergMarquardt {
  static constexpr std::array kNeeds{RAVINE_EXTENSION_RESIDUALS};
  static constexpr const char* kScalings[] = {"more", "marquardt", "identity"};
  enum Scaling : std::uint8_t { kMore, kMarquardt, kIdentity };
  static constexpr const char* kUpdates[] = {"trust_region", "nielsen", "tenfold"};

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "levenberg_marquardt",
      .name = "Levenberg-Marquardt",
      .author = "Ravine",
      .summary = "(J'J + lambda D^2) s = -J'r for sums of squares; no learning rate",
      .paper =
          "D. W. Marquardt, An algorithm for least-squares estimation of nonlinear "
          "parameters, J. SIAM 11 (1963); J. J. More, The Levenberg-Marquardt algorithm: "
          "implementation and theory, LNM 630 (1978); H. B. Nielsen, Damping parameter in "
          "Marquardt's method, IMM-REP-1999-05 (1999)",
      .needs = 0,
      .traits = 0,
      .needs_extensions = kNeeds};
  static constexpr std::array kParameters{
      ravine::sdk::choice(
          "update",
          "lambda: trust_region: that of |D s| = radius, which follows rho; nielsen: "
          "times max(1/3, 1 - (2 rho - 1)^3) where the step is taken, else times 2, "
          "4, 8, ...; tenfold: a tenth, else times ten",
          kUpdates, 0),
      // MINPACK's 100 loses one of NIST's 54 regressions (BoxBOD, start 1), 30 and less none.
      ravine::sdk::real({.name = "initial_radius",
                         .meaning = "radius of the first step, relative to |D x| unless that is 0",
                         .value = 10,
                         .minimum = 0,
                         .tune_low = 0.1,
                         .tune_high = 100,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG,
                         .condition = "update = trust_region"}),
      ravine::sdk::real({.name = "initial_damping",
                         .meaning = "lambda of the first step, relative to D^2",
                         .value = 1e-3,
                         .minimum = 0,
                         .tune_low = 1e-6,
                         .tune_high = 1,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG,
                         .condition = "update = nielsen or tenfold"}),
      ravine::sdk::choice("scaling",
                          "D^2: more: the largest diagonal of J'J so far; marquardt: that at x; "
                          "identity: I times the largest entry of the first",
                          kScalings, kMore),
      ravine::sdk::real({.name = "acceptance",
                         .meaning = "a step is taken where r'r falls by more than this times what "
                                    "the linear model promised",
                         .value = 1e-4,
                         .minimum = 0,
                         .maximum = 1,
                         .tune_low = 1e-6,
                         .tune_high = 0.2,
                         .open = RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG})};

  explicit LevenbergMarquardt(const ravine::sdk::Start& start)
      : residuals_(start),
        host_(&start.host()),
        scaling_(static_cast<Scaling>(start.count_setting("scaling"))),
        damping_(static_cast<Update>(start.count_setting("update")),
                 start.setting("initial_radius"), start.setting("initial_damping")),
        acceptance_(start.setting("acceptance")),
        n_(ravine::sdk::dense_size(start.n())),
        m_(static_cast<Eigen::Index>(entries(residuals_.count(), start.n()))),
        at_(start.n()),
        r_(residuals_.count()),
        j_(residuals_.count() * start.n()),
        scale_(start.n()),
        g_(n_),
        d_(n_),
        model_(m_, n_),
        trial_x_(start.n()),
        trial_r_(residuals_.count()) {
    ravine::sdk::refuse_batches(start);
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    if (const auto status = look(f, x); status != RAVINE_OK) return status;
    const double rr = ravine::sdk::dot(r_, r_);
    set_gradient_and_scale();
    if (ravine::sdk::max_norm({g_.data(), x.size()}) == 0) return RAVINE_CONVERGED;
    if (!std::isfinite(rr) || !g_.allFinite())
      return ravine::sdk::no_progress(*host_, "the residuals or their Jacobian are not finite");
    const Eigen::Map<const Eigen::ArrayXd> at(x.data(), n_);
    model_.factor(Eigen::Map<const RowMajor>(j_.data(), m_, n_),
                  Eigen::Map<const Eigen::VectorXd>(r_.data(), m_), d_);
    damping_.solve(model_, (d_ * at).matrix().norm());
    const Eigen::VectorXd& z = model_.z();  // D s
    for (std::size_t i = 0; i < x.size(); ++i) {
      const auto k = static_cast<Eigen::Index>(i);
      trial_x_[i] = x[i] + z[k] / d_[k];
    }
    if (!z.allFinite() || ravine::sdk::same(trial_x_, x))
      return ravine::sdk::no_progress(*host_, "the step is below the rounding of x");

    const auto status = residuals_.residuals(f, trial_x_, trial_r_);
    if (status != RAVINE_OK && status != RAVINE_OUT_OF_DOMAIN) return status;
    Trial trial;
    const double length = z.norm();
    const double squares = model_.linear_squares();
    const double damping = damping_.lambda() * length * length;
    const double actual = rr - ravine::sdk::dot(trial_r_, trial_r_);
    if (status == RAVINE_OK && std::isfinite(actual)) {
      // r'r - |r + J s|^2 = |J s|^2 + 2 lambda |D s|^2, since (J'J + lambda D^2) s = -J'r.
      const double predicted = squares + 2 * damping;
      const double noise = rounding_of_squares(x, rr);
      // Where no s promises more, a method that converges takes ever shorter steps, until they too
      // are rounding.
      const bool at_end = model_.largest_decrease() < noise && std::fabs(actual) < noise;
      if (at_end && length >= last_at_end_) return RAVINE_CONVERGED;
      last_at_end_ = ravine::sdk::kInfinity;
      if (at_end) last_at_end_ = length;
      trial.rho = at_end ? 1 : actual / predicted;
      trial.decrease = actual / rr;
    }
    trial.slope = -(squares + damping) / rr;
    trial.taken = trial.rho > acceptance_;
    damping_.update(trial, length);
    if (!trial.taken) return RAVINE_OK;
    std::copy(trial_x_.begin(), trial_x_.end(), x.begin());
    r_.swap(trial_r_);
    keep(f, x);
    return RAVINE_OK;
  }

  std::int32_t stage(const ravine_stage&, std::span<const double>) {
    r_known_ = false;
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(damping_, last_at_end_, scale_, scaled_, at_, r_, j_, r_known_, j_known_);
  }

 private:
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  static std::size_t entries(std::size_t m, std::size_t n) {
    if (n > 0 && m > kEntries / n)
      throw ravine::sdk::Refused("keeps the dense Jacobian: m n = " + std::to_string(m) + " x " +
                                 std::to_string(n) + " is above " + std::to_string(kEntries));
    return m;
  }

  // r and J at x; asks for what is not known: only of the full objective, and where the host left
  // x alone.
  std::int32_t look(const ravine::sdk::Function& f, std::span<const double> x) {
    if (!r_known_ || f.ticket() != RAVINE_FULL || !ravine::sdk::same(x, at_)) {
      r_known_ = false;
      if (const auto status = residuals_.residuals(f, x, r_); status != RAVINE_OK) return status;
      keep(f, x);
    }
    if (j_known_) return RAVINE_OK;
    const auto status = residuals_.jacobian(f, x, j_);
    j_known_ = status == RAVINE_OK;
    return status;
  }
  void keep(const ravine::sdk::Function& f, std::span<const double> x) {
    std::copy(x.begin(), x.end(), at_.begin());
    r_known_ = f.ticket() == RAVINE_FULL;
    j_known_ = false;
  }

  // g = J'r, and D; a column of J that is 0 leaves its D at 1, if it has none from before.
  void set_gradient_and_scale() {
    const Eigen::Map<const RowMajor> j(j_.data(), m_, n_);
    g_.noalias() = j.transpose() * Eigen::Map<const Eigen::VectorXd>(r_.data(), m_);
    Eigen::Map<Eigen::ArrayXd> squares(scale_.data(), n_);
    if (scaling_ != kIdentity || !scaled_) {
      d_ = j.colwise().squaredNorm().transpose().array();
      if (scaling_ == kIdentity)
        squares = n_ > 0 ? d_.maxCoeff() : 0;
      else if (scaling_ == kMore && scaled_)
        squares = squares.max(d_);
      else
        squares = d_;
      squares = (squares == 0).select(1, squares);
      scaled_ = true;
    }
    d_ = squares.sqrt();
  }

  // Of r'r by rounding: of its sum, and of x in each residual. Below it no decrease can be told:
  // rho is then 1.
  [[nodiscard]] double rounding_of_squares(std::span<const double> x, double rr) const {
    double sum = 0;
    for (std::size_t i = 0; i < r_.size(); ++i) {
      double terms = 0;
      for (std::size_t k = 0; k < x.size(); ++k) terms += std::fabs(j_[i * x.size() + k] * x[k]);
      sum += std::fabs(r_[i]) * terms;
    }
    return kEpsilon * (10 * rr + 2 * sum);
  }

  ravine::sdk::Residuals residuals_;
  const ravine_host* host_;
  Scaling scaling_;
  Damping damping_;
  double acceptance_;
  double last_at_end_ = ravine::sdk::kInfinity;  // |D s| of a step whose promise was rounding
  Eigen::Index n_, m_;
  ravine::sdk::Vector at_, r_, j_;  // r and J at at_, where they are known
  ravine::sdk::Vector scale_;       // the diagonal of D^2
  bool r_known_ = false, j_known_ = false, scaled_ = false;
  // Scratch.
  Eigen::VectorXd g_;
  Eigen::ArrayXd d_;
  DampedLeastSquares model_;
  ravine::sdk::Vector trial_x_, trial_r_;
};

}  // namespace

RAVINE_PLUGIN("levenberg_marquardt", "1.0", LevenbergMarquardt)
