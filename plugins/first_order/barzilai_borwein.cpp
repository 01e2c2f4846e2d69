// Barzilai and Borwein's gradient method: x <- x - alpha g with the alpha that fits the last step
// s = x_k - x_{k-1}, y = g_k - g_{k-1} best: BB1 s's / s'y, BB2 s'y / y'y, kept in [1e-10, 1e10];
// where s'y <= 0 the last alpha stays. By default each step is safeguarded by the nonmonotone line
// search of Grippo, Lampariello and Lucidi, as in Raydan 1997: f may rise, but not above the
// largest of its last M values; "raw" takes every step, which converges for convex quadratics and
// may diverge elsewhere. Mini-batches: each step's s and y are of one batch with the line search,
// of two when raw. State: 2n + M doubles. Traffic: 7n doubles a step, 7n more for the line search's
// trial.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/known_point.hpp"
#include "ravine/sdk/legal.hpp"

namespace {

constexpr double kC1 = 1e-4;  // f(x - a g) <= max of the last f - c1 a g'g
constexpr double kSmallest = 1e-10, kLargest = 1e10;
constexpr int kTrials = 60;          // cut to at most a half each: 2^-60 of a step is nothing
constexpr double kRounding = 1e-14;  // values closer than this times |f| are equal

class BarzilaiBorwein {
  static constexpr const char* kLengths[] = {"bb1", "bb2"};
  enum Length : std::uint8_t { kBb1, kBb2 };
  static constexpr const char* kSafeguards[] = {"nonmonotone", "raw"};
  enum Safeguard : std::uint8_t { kNonmonotone, kRaw };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "barzilai_borwein",
      .name = "Barzilai-Borwein",
      .author = "Ravine",
      .summary = "x <- x - alpha g, alpha = s's / s'y or s'y / y'y of the last step",
      .paper =
          "J. Barzilai, J. M. Borwein, Two-point step size gradient methods, IMA J. Numer. Anal. 8 "
          "(1988); M. Raydan, The Barzilai and Borwein gradient method for the large scale "
          "unconstrained minimization problem, SIAM J. Optim. 7 (1997)",
      .needs = RAVINE_VALUE | RAVINE_GRADIENT,  // values for the search; raw asks for none
      .traits = 0};
  static constexpr std::array kParameters{
      ravine::sdk::choice("length", "alpha: s's / s'y, the longer, or s'y / y'y", kLengths, kBb1),
      ravine::sdk::choice("safeguard",
                          "a nonmonotone line search (Grippo, Lampariello, Lucidi 1986), or none",
                          kSafeguards, kNonmonotone),
      ravine::sdk::integer({.name = "memory",
                            .meaning = "M: f may rise up to the largest of its last M values",
                            .value = 10,
                            .minimum = 1,
                            .maximum = 1000,
                            .tune_low = 1,
                            .tune_high = 30,
                            .unit = "steps",
                            .condition = "safeguard = nonmonotone"}),
      ravine::sdk::real({.name = "first_step",
                         .meaning = "alpha of the first step, at least 1e-10 as every alpha; 0: 1 "
                                    "/ max |g_i|, within [1e-10, 1e10]",
                         .value = 0,
                         .minimum = 0,
                         .maximum = kLargest,
                         .tune_low = 1e-5,
                         .tune_high = 1,
                         .scale = RAVINE_LOG})};

  explicit BarzilaiBorwein(const ravine::sdk::Start& start)
      : length_(static_cast<Length>(start.count_setting("length"))),
        raw_(start.count_setting("safeguard") == kRaw),
        first_step_(start.setting("first_step")),
        here_(start.n()),
        values_(start.count_setting("memory")),
        g_(start.n()),
        s_(start.n()),
        y_(start.n()) {
    if (first_step_ != 0 && first_step_ < kSmallest)
      throw ravine::sdk::Refused("first_step = " + ravine::sdk::text(first_step_) +
                                 " is not legal: it must be 0 or in [1e-10, 1e10]");
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    return raw_ ? raw(f, x) : searched(f, x);
  }

  std::int32_t stage(const ravine_stage& stage, std::span<const double>) {
    here_.forget();
    count_ = 0;
    if ((stage.changed & RAVINE_STALE_CURVATURE) != 0) alpha_ = 0;
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    here_.state(archive);
    archive(values_, count_, alpha_);
  }

 private:
  // here_ holds the point before this one, known unless the objective has changed since.
  std::int32_t raw(const ravine::sdk::Function& f, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    if (ravine::sdk::max_norm(g_) == 0) return RAVINE_CONVERGED;
    if (alpha_ == 0)
      alpha_ = first_alpha(g_);
    else if (here_.known)
      fit_alpha(x, g_);
    std::copy(x.begin(), x.end(), here_.x.begin());
    here_.known = true;
    here_.g.swap(g_);
    ravine::sdk::add_scaled(x, -alpha_, here_.g);
    return RAVINE_OK;
  }

  // here_ holds this point, known from the last step's line search.
  std::int32_t searched(const ravine::sdk::Function& f, std::span<double> x) {
    if (const auto status = here_.look(f, x); status != RAVINE_OK) return status;
    if (ravine::sdk::max_norm(here_.g) == 0) return RAVINE_CONVERGED;
    if (alpha_ == 0) alpha_ = first_alpha(here_.g);
    values_[count_++ % values_.size()] = here_.f;
    const auto kept = static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(count_, values_.size()));
    const double ceiling = *std::max_element(values_.begin(), values_.begin() + kept);
    const double noise = kRounding * std::fabs(ceiling);
    const double slope = -ravine::sdk::dot(here_.g, here_.g);

    double a = alpha_;
    for (int trial = 0; trial < kTrials; ++trial) {
      for (std::size_t i = 0; i < x.size(); ++i) s_[i] = x[i] - a * here_.g[i];
      double trial_f = 0;
      const auto status = f.value_and_gradient(s_, trial_f, g_);
      if (status != RAVINE_OK && status != RAVINE_OUT_OF_DOMAIN) return status;
      const bool defined = status == RAVINE_OK && std::isfinite(trial_f);
      if (defined && trial_f <= ceiling + kC1 * a * slope + noise) {
        std::copy(s_.begin(), s_.end(), x.begin());
        fit_alpha(x, g_);
        here_.f = trial_f;
        here_.g.swap(g_);
        here_.keep(f, x);
        return RAVINE_OK;
      }
      // The parabola through f, its slope and the trial says where to look; within [a/10, a/2].
      const double vertex = defined ? -slope * a * a / (2 * (trial_f - here_.f - a * slope)) : 0;
      a = vertex > a / 10 ? std::min(vertex, a / 2) : a / 10;
    }
    return RAVINE_NO_PROGRESS;
  }

  [[nodiscard]] double first_alpha(std::span<const double> g) const {
    return first_step_ > 0 ? first_step_
                           : std::clamp(1 / ravine::sdk::max_norm(g), kSmallest, kLargest);
  }
  // From the point in here_ to x with gradient g.
  void fit_alpha(std::span<const double> x, std::span<const double> g) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      s_[i] = x[i] - here_.x[i];
      y_[i] = g[i] - here_.g[i];
    }
    const double sy = ravine::sdk::dot(s_, y_);
    if (!(sy > 0)) return;
    const double fitted = length_ == kBb1 ? ravine::sdk::dot(s_, s_) / sy  //
                                          : sy / ravine::sdk::dot(y_, y_);
    alpha_ = std::clamp(fitted, kSmallest, kLargest);
  }

  Length length_;
  bool raw_;
  double first_step_;
  ravine::sdk::KnownPoint here_;   // this point, or when raw the one before
  ravine::sdk::Vector values_;     // the last M values of f, in a ring
  std::uint64_t count_ = 0;        // of values, ever
  double alpha_ = 0;               // the next step's; 0: there is none yet
  ravine::sdk::Vector g_, s_, y_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("barzilai_borwein", "1.0", BarzilaiBorwein)
