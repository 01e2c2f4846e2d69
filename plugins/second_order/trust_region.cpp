// Trust-region Newton with truncated conjugate gradients (Steihaug 1983; Nocedal and Wright 2006,
// Algorithms 4.1 and 7.2; constants of SciPy's trust-ncg): conjugate gradients on H p = -g from
// p = 0, until the residual is at most min(1/2, sqrt|g|) |g|, or the path leaves |p| <= Delta or
// meets d'Hd <= 0: then p is the better of the two points where the line along d meets the sphere.
// With rho = (decrease of f) / (decrease of the model), x + p is taken where rho > eta, and
// Delta <- Delta / 4 where rho < 1/4, min(2 Delta, Delta_max) where rho > 3/4 and |p| = Delta. A
// step is one trial: where it is refused, x stays.
// State: 2 n doubles. Traffic: some 11 n doubles for each product, and the product's.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/known_point.hpp"
#include "ravine/sdk/legal.hpp"
#include "ravine/sdk/no_progress.hpp"

namespace {

// Below this times |f| neither decrease can be told from rounding: rho = 0/0 is then 1.
constexpr double kRounding = 10 * 2.220446049250313e-16;

class TrustRegion {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "trust_region",
      .name = "Trust-region Newton-CG",
      .author = "Ravine",
      .summary = "Steihaug's truncated conjugate gradients in a trust region; no learning rate",
      .paper =
          "T. Steihaug, The conjugate gradient method and trust regions in large scale "
          "optimization, SIAM J. Numer. Anal. 20 (1983)",
      .needs = RAVINE_VALUE | RAVINE_GRADIENT | RAVINE_HESSIAN_VECTORS,
      .traits = 0};
  static constexpr std::array kParameters{
      ravine::sdk::real({.name = "initial_radius",
                         .meaning = "Delta of the first step",
                         .value = 1,
                         .minimum = 0,
                         .tune_low = 1e-3,
                         .tune_high = 1e2,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG}),
      ravine::sdk::real({.name = "max_radius",
                         .meaning = "Delta never exceeds it; at least initial_radius",
                         .value = 1000,
                         .minimum = 0,
                         .tune_low = 1e2,
                         .tune_high = 1e6,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG}),
      ravine::sdk::real({.name = "eta",
                         .meaning = "a step is taken where f falls by more than eta times what the "
                                    "model promised",
                         .value = 0.15,
                         .minimum = 0,
                         .maximum = 0.25,
                         .tune_low = 1e-4,
                         .tune_high = 0.2,
                         .open = RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG})};

  explicit TrustRegion(const ravine::sdk::Start& start)
      : host_(&start.host()),
        initial_(start.setting("initial_radius")),
        largest_(start.setting("max_radius")),
        eta_(start.setting("eta")),
        radius_(initial_),
        here_(start.n()),
        p_(start.n()),
        r_(start.n()),
        d_(start.n()),
        hd_(start.n()),
        trial_x_(start.n()),
        trial_g_(start.n()) {
    if (initial_ > largest_)
      throw ravine::sdk::Refused(
          "initial_radius = " + ravine::sdk::text(initial_) +
          " is not legal: it must be in (0, max_radius = " + ravine::sdk::text(largest_) + "]");
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    if (const auto status = here_.look(f, x); status != RAVINE_OK) return status;
    if (ravine::sdk::max_norm(here_.g) == 0) return RAVINE_CONVERGED;
    const double g_norm = ravine::sdk::norm(here_.g);
    if (!std::isfinite(g_norm) || !std::isfinite(here_.f))
      return ravine::sdk::no_progress(*host_, "f or its gradient is not finite");
    bool at_boundary = false;
    if (const auto status = solve(f, x, g_norm, at_boundary); status != RAVINE_OK) return status;

    double predicted = 0;  // -g'p - 1/2 p'Hp, where H p = r - g
    for (std::size_t i = 0; i < x.size(); ++i) predicted -= p_[i] * (here_.g[i] + r_[i]) / 2;
    for (std::size_t i = 0; i < x.size(); ++i) trial_x_[i] = x[i] + p_[i];
    if (!(predicted > 0)) return ravine::sdk::no_progress(*host_, "the model does not fall");
    if (ravine::sdk::same(trial_x_, x))
      return ravine::sdk::no_progress(*host_, "the step is below the rounding of x");

    double trial_f = 0;
    const auto status = f.value_and_gradient(trial_x_, trial_f, trial_g_);
    if (status != RAVINE_OK && status != RAVINE_OUT_OF_DOMAIN) return status;
    double rho = -1;
    if (status == RAVINE_OK && std::isfinite(trial_f)) {
      const double actual = here_.f - trial_f;
      const double noise = kRounding * std::fabs(here_.f);
      rho = predicted < noise && std::fabs(actual) < noise ? 1 : actual / predicted;
    }
    if (rho < 0.25)
      radius_ /= 4;
    else if (rho > 0.75 && at_boundary)
      radius_ = std::min(2 * radius_, largest_);
    if (!(rho > eta_)) return RAVINE_OK;
    std::copy(trial_x_.begin(), trial_x_.end(), x.begin());
    here_.f = trial_f;
    here_.g.swap(trial_g_);
    here_.keep(f, x);
    return RAVINE_OK;
  }

  std::int32_t stage(const ravine_stage&, std::span<const double>) {
    here_.forget();
    radius_ = initial_;
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(radius_);
    here_.state(archive);
  }

 private:
  // p, and r = g + H p.
  std::int32_t solve(const ravine::sdk::Function& f, std::span<const double> x, double g_norm,
                     bool& at_boundary) {
    const std::size_t n = x.size();
    const double tolerance = std::min(0.5, std::sqrt(g_norm)) * g_norm;
    for (std::size_t i = 0; i < n; ++i) {
      p_[i] = 0;
      r_[i] = here_.g[i];
      d_[i] = -here_.g[i];
    }
    double rr = ravine::sdk::dot(r_, r_);
    // Exact arithmetic ends after n; rounding may need more, and must not go on for ever.
    for (std::size_t k = 0; k < 10 * n; ++k) {
      if (const auto status = f.hessian_vector(x, d_, hd_); status != RAVINE_OK) return status;
      const double curvature = ravine::sdk::dot(d_, hd_);
      const double pp = ravine::sdk::dot(p_, p_);
      const double pd = ravine::sdk::dot(p_, d_);
      const double dd = ravine::sdk::dot(d_, d_);
      double alpha = rr / curvature;
      // |p + alpha d| without the vector; not < Delta for NaN.
      at_boundary = !(curvature > 0 && std::sqrt(pp + alpha * (2 * pd + alpha * dd)) < radius_);
      if (at_boundary) alpha = to_boundary(pp, pd, dd, rr, curvature);
      for (std::size_t i = 0; i < n; ++i) {
        p_[i] += alpha * d_[i];
        r_[i] += alpha * hd_[i];
      }
      const double rr_next = ravine::sdk::dot(r_, r_);
      if (at_boundary || std::sqrt(rr_next) < tolerance) break;
      const double beta = rr_next / rr;
      for (std::size_t i = 0; i < n; ++i) d_[i] = beta * d_[i] - r_[i];
      rr = rr_next;
    }
    return RAVINE_OK;
  }

  // The root t of |p + t d| = Delta: of the two the one with the smaller model where the curvature
  // is not positive, else the one ahead. Along d the model is -t r'r + t^2/2 d'Hd.
  [[nodiscard]] double to_boundary(double pp, double pd, double dd, double rr,
                                   double curvature) const {
    const double c = pp - radius_ * radius_;
    const double root = std::sqrt(std::max(0.0, pd * pd - dd * c));
    const double q = pd + std::copysign(root, pd);
    const double one = -q / dd;
    const double other = q == 0 ? 0 : -c / q;
    const double ahead = std::max(one, other);
    const double behind = std::min(one, other);
    const auto model = [&](double t) { return t * (t * curvature / 2 - rr); };
    return curvature <= 0 && model(behind) < model(ahead) ? behind : ahead;
  }

  const ravine_host* host_;
  double initial_, largest_, eta_;
  double radius_;  // Delta
  ravine::sdk::KnownPoint here_;
  ravine::sdk::Vector p_, r_, d_, hd_, trial_x_, trial_g_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("trust_region", "1.0", TrustRegion)
