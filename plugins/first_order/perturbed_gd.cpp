// Gradient descent with noise, which leaves strict saddle points. Forms:
// - every_step: x <- x - eta (g + xi), xi ~ N(0, r^2/n I) at each step (Jin et al. 2021)
// - kick: where |g| <= g_thres and more than t_thres steps have passed since the last kick, first
//   x <- x + xi, xi uniform in the ball of radius r (Jin et al. 2017, Algorithm 1, without its test
//   for termination); a kick costs a second gradient
// State: two counters. Traffic: 4n doubles a step with noise, 3n without.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"

namespace {

class PerturbedGd {
  static constexpr const char* kForms[] = {"every_step", "kick"};
  enum Form : std::uint8_t { kEveryStep, kKick };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "perturbed_gd",
      .name = "Perturbed gradient descent",
      .author = "Ravine",
      .summary = "x <- x - eta (g + xi), xi ~ N(0, r^2/n I), or kicks where the gradient is small",
      .paper =
          "C. Jin, P. Netrapalli, R. Ge, S. M. Kakade, M. I. Jordan, On nonconvex optimization for "
          "machine learning: gradients, stochasticity, and saddle points, J. ACM 68 (2021); C. "
          "Jin, R. Ge, P. Netrapalli, S. M. Kakade, M. I. Jordan, How to escape saddle points "
          "efficiently, ICML (2017)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-2, .tune_low = 1e-5, .tune_high = 10}),
      ravine::sdk::real({.name = "radius",
                         .meaning = "r: the length of the noise, its root mean square or its "
                                    "largest",
                         .value = 1e-2,
                         .minimum = 0,
                         .tune_low = 1e-8,
                         .tune_high = 1,
                         .open = RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG}),
      ravine::sdk::choice("form",
                          "noise in the gradient at each step (2019), or a kick of x where the "
                          "gradient is small (2017)",
                          kForms, kEveryStep),
      ravine::sdk::real({.name = "gradient_threshold",
                         .meaning = "g_thres: a kick needs a gradient of at most this norm",
                         .value = 1e-3,
                         .minimum = 0,
                         .tune_low = 1e-8,
                         .tune_high = 1,
                         .open = RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG,
                         .condition = "form = kick"}),
      ravine::sdk::integer({.name = "pause",
                            .meaning = "t_thres: a kick needs more steps than this since the last",
                            .value = 100,
                            .minimum = 0,
                            .maximum = 1e9,
                            .tune_low = 10,
                            .tune_high = 1000,
                            .unit = "steps",
                            .condition = "form = kick"})};

  explicit PerturbedGd(const ravine::sdk::Start& start)
      : host_(&start.host()),
        eta_(start.setting("learning_rate")),
        r_(start.setting("radius")),
        form_(static_cast<Form>(start.count_setting("form"))),
        threshold_(start.setting("gradient_threshold")),
        pause_(start.count_setting("pause")),
        since_kick_(pause_ + 1),
        g_(start.n()),
        xi_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    const double eta = eta_ * step.multiplier;
    const std::size_t n = x.size();
    if (form_ == kEveryStep) {
      if (const auto status = draw_normal(); status != RAVINE_OK) return status;
      const double sigma = r_ / std::sqrt(static_cast<double>(n));
      for (std::size_t i = 0; i < n; ++i) x[i] -= eta * (g_[i] + sigma * xi_[i]);
    } else {
      if (since_kick_ > pause_ && ravine::sdk::norm(g_) <= threshold_) {
        if (const auto status = kick(x); status != RAVINE_OK) return status;
        if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
        since_kick_ = 0;
      }
      ++since_kick_;
      for (std::size_t i = 0; i < n; ++i) x[i] -= eta * g_[i];
    }
    ++t_;
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(t_, since_kick_);
  }

 private:
  // Step t has words t n ... t n + n - 1 of its stream to itself.
  std::int32_t draw_normal() {
    const std::uint64_t n = xi_.size();
    return host_->random_normal(host_, "noise", t_ * n, n, xi_.data());
  }
  // A direction without preference, and a length whose n-th power is uniform.
  std::int32_t kick(std::span<double> x) {
    double u = 0;
    if (const auto status = draw_normal(); status != RAVINE_OK) return status;
    if (const auto status = host_->random_uniform(host_, "length", t_, 1, &u); status != RAVINE_OK)
      return status;
    const double norm = ravine::sdk::norm(xi_);
    if (norm == 0) return RAVINE_OK;
    const double length = r_ * std::pow(u, 1 / static_cast<double>(x.size()));
    ravine::sdk::add_scaled(x, length / norm, xi_);
    return RAVINE_OK;
  }

  const ravine_host* host_;
  double eta_, r_;
  Form form_;
  double threshold_;
  std::uint64_t pause_;
  std::uint64_t since_kick_;    // steps since the last kick
  std::uint64_t t_ = 0;         // steps done
  ravine::sdk::Vector g_, xi_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("perturbed_gd", "1.0", PerturbedGd)
