// Newton's method with a regularized dense Hessian and Armijo backtracking (Nocedal and Wright
// 2006, sections 3.4 and 3.1): (H + lambda I) d = -g, with the lambda that makes the matrix
// definite.
#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/known_point.hpp"

namespace {

using Vector = Eigen::Map<Eigen::VectorXd>;

constexpr double kC1 = 1e-4;         // Armijo: f(x + a d) <= f(x) + c1 a g'd
constexpr int kHalvings = 60;        // 2^-60 of a Newton step is below an ulp of it
constexpr double kRounding = 1e-14;  // values closer than this times |f| are equal

class Newton {
  static constexpr std::array kNeeds{RAVINE_EXTENSION_HESSIAN};

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "newton",
      .name = "Newton",
      .author = "Ravine",
      .summary = "(H + lambda I) d = -g where H is not definite, with Armijo backtracking",
      .paper = "J. Nocedal, S. J. Wright, Numerical Optimization, 2nd ed., Springer (2006)",
      .needs = RAVINE_VALUE | RAVINE_GRADIENT,
      .traits = 0,
      .needs_extensions = kNeeds};
  static constexpr std::array kParameters{
      ravine::sdk::real({.name = "damping",
                         .meaning = "added to the diagonal of every Hessian",
                         .value = 0,
                         .minimum = 0,
                         .tune_low = 1e-12,
                         .tune_high = 1e6,
                         .open = RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG}),
      ravine::sdk::real({.name = "curvature_floor",
                         .meaning = "where H is not definite, its smallest eigenvalue is raised to "
                                    "this times its largest in absolute value",
                         .value = 1e-3,
                         .minimum = 0,
                         .maximum = 1,
                         .tune_low = 1e-8,
                         .tune_high = 1,
                         .open = RAVINE_OPEN_MINIMUM,
                         .scale = RAVINE_LOG})};

  explicit Newton(const ravine::sdk::Start& start)
      : damping_(start.setting("damping")),
        floor_(start.setting("curvature_floor")),
        here_(start.n()),
        size_(static_cast<Eigen::Index>(start.n())),
        h_(size_, size_),
        d_(size_),
        trial_x_(start.n()),
        trial_g_(start.n()) {
    // Eigen blocks its products by the caches that it finds: fixed sizes give the same bits on
    // every machine.
    Eigen::setCpuCacheSizes(32 << 10, 512 << 10, 4 << 20);
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    if (const auto status = here_.look(f, x); status != RAVINE_OK) return status;
    if (ravine::sdk::max_norm(here_.g) == 0) return RAVINE_CONVERGED;
    const std::span<double> h(h_.data(), static_cast<std::size_t>(h_.size()));
    if (const auto status = f.hessian(x, h); status != RAVINE_OK) return status;
    if (!h_.allFinite() || !find_direction()) return RAVINE_NO_PROGRESS;
    return backtrack(f, x);
  }

  std::int32_t stage(const ravine_stage&, std::span<const double>) {
    here_.forget();
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    here_.state(archive);
  }

 private:
  // d = -(H + lambda I)^-1 g; false where no lambda gives a finite descent direction.
  bool find_direction() {
    const Vector g(here_.g.data(), size_);
    h_.diagonal().array() += damping_;
    Eigen::LLT<Eigen::MatrixXd> factor(h_);
    if (factor.info() != Eigen::Success) {
      const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(h_, Eigen::EigenvaluesOnly);
      if (eigen.info() != Eigen::Success) return false;
      const double largest = eigen.eigenvalues().cwiseAbs().maxCoeff();
      // Below its largest eigenvalue's last bits a spectrum is noise; for H = 0 any multiple of I.
      const double delta = largest > 0 ? floor_ * largest : 1;
      h_.diagonal().array() += delta - eigen.eigenvalues()(0);
      factor.compute(h_);
      if (factor.info() != Eigen::Success) return false;
    }
    d_ = factor.solve(-g);
    slope_ = g.dot(d_);
    return slope_ < 0 && std::isfinite(slope_);
  }

  std::int32_t backtrack(const ravine::sdk::Function& f, std::span<double> x) {
    const double noise = kRounding * std::fabs(here_.f);
    double alpha = 1;
    for (int trial = 0; trial <= kHalvings; ++trial, alpha /= 2) {
      for (std::size_t i = 0; i < x.size(); ++i)
        trial_x_[i] = x[i] + alpha * d_[static_cast<Eigen::Index>(i)];
      double trial_f = 0;
      const auto status = f.value_and_gradient(trial_x_, trial_f, trial_g_);
      if (status == RAVINE_OUT_OF_DOMAIN) continue;
      if (status != RAVINE_OK) return status;
      if (!(trial_f <= here_.f + kC1 * alpha * slope_ + noise) || !std::isfinite(trial_f)) continue;
      std::copy(trial_x_.begin(), trial_x_.end(), x.begin());
      here_.f = trial_f;
      here_.g.swap(trial_g_);
      here_.keep(f, x);
      return RAVINE_OK;
    }
    return RAVINE_NO_PROGRESS;
  }

  double damping_, floor_;
  ravine::sdk::KnownPoint here_;
  Eigen::Index size_;
  // Scratch.
  Eigen::MatrixXd h_;
  Eigen::VectorXd d_;
  double slope_ = 0;
  ravine::sdk::Vector trial_x_, trial_g_;
};

}  // namespace

RAVINE_PLUGIN("newton", "1.0", Newton)
