// Levenberg-Marquardt (Levenberg 1944, Marquardt 1963; More 1978; Nielsen 1999) for a sum of
// squares, r'r for the residuals r with Jacobian J: s solves (J'J + lambda D) s = -J'r, by the QR
// factor of [J; sqrt(lambda D)], which does not square the condition number. With rho = (decrease
// of r'r) / (decrease of |r + J s|^2), x + s is taken where rho exceeds `acceptance`. A step is one
// trial: where it is refused, x stays. Terms of f that are no squares are left out.
// State: (m + 2) n + m doubles. Traffic: some 4 (m + n) n doubles a step, 2 (m + n) n^2 flops.
#include <Eigen/QR>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "ravine/sdk.hpp"
#include "ravine/sdk/dense.hpp"
#include "ravine/sdk/no_progress.hpp"
#include "ravine/sdk/one_function.hpp"
#include "ravine/sdk/residuals.hpp"

namespace {

// Below this times r'r neither decrease can be told from rounding: rho = 0/0 is then 1.
constexpr double kRounding = 10 * 2.220446049250313e-16;
constexpr double kSmallest = 1e-16;            // of lambda, as Ceres has it: J may lack rank
constexpr std::size_t kEntries = 100'000'000;  // of J: 800 MB

class LevenbergMarquardt {
  static constexpr std::array kNeeds{RAVINE_EXTENSION_RESIDUALS};
  static constexpr const char* kScalings[] = {"more", "marquardt", "identity"};
  enum Scaling : std::uint8_t { kMore, kMarquardt, kIdentity };
  static constexpr const char* kUpdates[] = {"nielsen", "tenfold"};
  enum Update : std::uint8_t { kNielsen, kTenfold };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "levenberg_marquardt",
      .name = "Levenberg-Marquardt",
      .author = "Ravine",
      .summary = "(J'J + lambda D) s = -J'r for sums of squares; no learning rate",
      .paper =
          "D. W. Marquardt, An algorithm for least-squares estimation of nonlinear "
          "parameters, J. SIAM 11 (1963); J. J. More, The Levenberg-Marquardt algorithm: "
          "implementation and theory, LNM 630 (1978); H. B. Nielsen, Damping parameter in "
          "Marquardt's method, IMM-REP-1999-05 (1999)",
      .needs = 0,
      .traits = 0,
      .needs_extensions = kNeeds};
  static constexpr std::array kParameters{
      ravine::sdk::real({.name = "initial_damping",
                         .meaning = "lambda of the first step, relative to D",
                         .value = 1e-3,
                         .minimum = 0,
                         .tune_low = 1e-6,
                         .tune_high = 1,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG}),
      ravine::sdk::choice("scaling",
                          "D: more: the largest diagonal of J'J so far; marquardt: that at x; "
                          "identity: I times the largest entry of the first",
                          kScalings, kMore),
      ravine::sdk::choice("update",
                          "lambda: nielsen: times max(1/3, 1 - (2 rho - 1)^3) where the step is "
                          "taken, else times 2, 4, 8, ...; tenfold: a tenth, else times ten",
                          kUpdates, kNielsen),
      ravine::sdk::real({.name = "acceptance",
                         .meaning = "a step is taken where r'r falls by more than this times what "
                                    "the linear model promised",
                         .value = 1e-3,
                         .minimum = 0,
                         .maximum = 1,
                         .tune_low = 1e-6,
                         .tune_high = 0.2,
                         .open = RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG})};

  explicit LevenbergMarquardt(const ravine::sdk::Start& start)
      : residuals_(start),
        host_(&start.host()),
        lambda_(start.setting("initial_damping")),
        scaling_(static_cast<Scaling>(start.count_setting("scaling"))),
        update_(static_cast<Update>(start.count_setting("update"))),
        acceptance_(start.setting("acceptance")),
        n_(ravine::sdk::dense_size(start.n())),
        m_(static_cast<Eigen::Index>(entries(residuals_.count(), start.n()))),
        at_(start.n()),
        r_(residuals_.count()),
        j_(residuals_.count() * start.n()),
        scale_(start.n()),
        a_(m_ + n_, n_),
        b_(m_ + n_),
        g_(n_),
        s_(n_),
        qr_(m_ + n_, n_),
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
    solve();
    for (std::size_t i = 0; i < x.size(); ++i)
      trial_x_[i] = x[i] + s_[static_cast<Eigen::Index>(i)];
    if (!s_.allFinite() || ravine::sdk::same(trial_x_, x))
      return ravine::sdk::no_progress(*host_, "the step is below the rounding of x");

    const auto status = residuals_.residuals(f, trial_x_, trial_r_);
    if (status != RAVINE_OK && status != RAVINE_OUT_OF_DOMAIN) return status;
    double rho = -1;
    const double actual = rr - ravine::sdk::dot(trial_r_, trial_r_);
    if (status == RAVINE_OK && std::isfinite(actual)) {
      // r'r - |r + J s|^2 = s'(lambda D s - g), since (J'J + lambda D) s = -g.
      double predicted = 0;
      for (Eigen::Index i = 0; i < n_; ++i)
        predicted += s_[i] * (lambda_ * scale_[static_cast<std::size_t>(i)] * s_[i] - g_[i]);
      const double noise = kRounding * rr;
      rho = predicted < noise && std::fabs(actual) < noise ? 1 : actual / predicted;
    }
    const bool taken = rho > acceptance_;
    update_damping(rho, taken);
    if (!taken) return RAVINE_OK;
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
    archive(lambda_, nu_, scale_, scaled_, at_, r_, j_, r_known_, j_known_);
  }

 private:
  using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  static std::size_t entries(std::size_t m, std::size_t n) {
    if (n > 0 && m > kEntries / n)
      throw ravine::sdk::Refused("keeps the dense Jacobian: m n = " + std::to_string(m) + " x " +
                                     std::to_string(n) + " is above " + std::to_string(kEntries),
                                 RAVINE_NOT_SUPPORTED);
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
    if (scaling_ == kIdentity && scaled_) return;
    Eigen::Map<Eigen::ArrayXd> d(scale_.data(), n_);
    const Eigen::ArrayXd squares = j.colwise().squaredNorm().transpose().array();
    if (scaling_ == kIdentity)
      d = n_ > 0 ? squares.maxCoeff() : 0;
    else if (scaling_ == kMore && scaled_)
      d = d.max(squares);
    else
      d = squares;
    d = (d == 0).select(1, d);
    scaled_ = true;
  }

  // s = argmin |J s + r|^2 + lambda s'D s.
  void solve() {
    a_.topRows(m_) = Eigen::Map<const RowMajor>(j_.data(), m_, n_);
    a_.bottomRows(n_).setZero();
    a_.bottomRows(n_).diagonal() =
        (lambda_ * Eigen::Map<const Eigen::ArrayXd>(scale_.data(), n_)).sqrt();
    b_.head(m_) = -Eigen::Map<const Eigen::VectorXd>(r_.data(), m_);
    b_.tail(n_).setZero();
    qr_.compute(a_);
    s_ = qr_.solve(b_);
  }

  void update_damping(double rho, bool taken) {
    if (update_ == kTenfold) {
      lambda_ *= taken ? 0.1 : 10;
    } else if (taken) {
      const double t = 2 * rho - 1;
      lambda_ *= std::max(1.0 / 3, 1 - t * t * t);
      nu_ = 2;
    } else {
      lambda_ *= nu_;
      nu_ *= 2;
    }
    lambda_ = std::max(lambda_, kSmallest);
  }

  ravine::sdk::Residuals residuals_;
  const ravine_host* host_;
  double lambda_;
  double nu_ = 2;  // what the next refusal multiplies lambda by
  Scaling scaling_;
  Update update_;
  double acceptance_;
  Eigen::Index n_, m_;
  ravine::sdk::Vector at_, r_, j_;  // r and J at at_, where they are known
  ravine::sdk::Vector scale_;       // the diagonal of D
  bool r_known_ = false, j_known_ = false, scaled_ = false;
  // Scratch.
  Eigen::MatrixXd a_;
  Eigen::VectorXd b_, g_, s_;
  Eigen::HouseholderQR<Eigen::MatrixXd> qr_;
  ravine::sdk::Vector trial_x_, trial_r_;
};

}  // namespace

RAVINE_PLUGIN("levenberg_marquardt", "1.0", LevenbergMarquardt)
