// Conjugate gradients (Hestenes and Stiefel 1952; Nocedal and Wright 2006, Algorithm 5.2) on the
// quadratic model at the point x0 where they begin, f(x0) + g'p + 1/2 p'H p for p = x - x0, by
// products H(x0) d alone. A step is one iteration, r the model's gradient:
//   alpha = r'r / d'Hd;  x <- x + alpha d;  r_next = r + alpha H d;
//   beta = r_next'r_next / r'r;  d <- -r_next + beta d.
// On a quadratic x0 does not matter, and exact arithmetic ends in n steps. A point that the host
// moved, or another stage, begins anew.
// State: 4 n doubles. Traffic: 11 n doubles a step, and the product's.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/no_progress.hpp"
#include "ravine/sdk/one_function.hpp"

namespace {

// The residual of the recursion drifts from g + H (x - x0), which replaces it this often; where it
// is this share away, the direction has lost its meaning too and begins anew.
constexpr std::uint64_t kRefresh = 50;
constexpr double kLost = 0.1;

class LinearCg {
 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "linear_cg",
      .name = "Conjugate gradients",
      .author = "Ravine",
      .summary = "conjugate gradients on the quadratic model at the start; no learning rate",
      .paper =
          "M. R. Hestenes, E. Stiefel, Methods of conjugate gradients for solving linear "
          "systems, J. Res. Nat. Bur. Standards 49 (1952)",
      .needs = RAVINE_GRADIENT | RAVINE_HESSIAN_VECTORS,
      .traits = 0};
  static constexpr std::array kParameters{ravine::sdk::integer(
      {.name = "passes",
       .meaning = "ends after this many times n steps; 1 is enough in exact arithmetic",
       .value = 10,
       .minimum = 1,
       .maximum = 1e6,
       .tune_low = 1,
       .tune_high = 100,
       .scale = RAVINE_LOG})};

  explicit LinearCg(const ravine::sdk::Start& start)
      : host_(&start.host()),
        limit_(start.count_setting("passes") * start.n()),
        x0_(start.n()),
        at_(start.n()),
        r_(start.n()),
        d_(start.n()),
        hd_(start.n()) {
    ravine::sdk::refuse_batches(start);
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    if (!begun_ || !ravine::sdk::same(x, at_))
      if (const auto status = begin(f, x); status != RAVINE_OK) return status;
    if (rr_ == 0) {
      if (ravine::sdk::max_norm(r_) == 0) return RAVINE_CONVERGED;
      return ravine::sdk::no_progress(*host_, "r'r is below the smallest number");
    }
    if (k_ == limit_) return ravine::sdk::no_progress(*host_, "has done its passes of n steps");
    if (const auto status = f.hessian_vector(x0_, d_, hd_); status != RAVINE_OK) return status;
    const double curvature = ravine::sdk::dot(d_, hd_);
    if (!(curvature > 0))
      return ravine::sdk::no_progress(*host_, std::isnan(curvature)
                                                  ? "d'Hd is not a number"
                                                  : "no positive curvature: d'Hd <= 0");
    const double alpha = rr_ / curvature;
    for (std::size_t i = 0; i < x.size(); ++i) {
      x[i] += alpha * d_[i];
      r_[i] += alpha * hd_[i];
    }
    bool lost = false;
    if (++k_ % kRefresh == 0)
      if (const auto status = refresh(f, x, lost); status != RAVINE_OK) return status;
    const double rr = ravine::sdk::dot(r_, r_);
    const double beta = lost ? 0 : rr / rr_;
    for (std::size_t i = 0; i < x.size(); ++i) d_[i] = beta * d_[i] - r_[i];
    rr_ = rr;
    std::copy(x.begin(), x.end(), at_.begin());
    return RAVINE_OK;
  }

  std::int32_t stage(const ravine_stage&, std::span<const double>) {
    begun_ = false;
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(x0_, at_, r_, d_, rr_, k_, begun_);
  }

 private:
  std::int32_t begin(const ravine::sdk::Function& f, std::span<const double> x) {
    begun_ = false;
    if (const auto status = f.gradient(x, r_); status != RAVINE_OK) return status;
    std::copy(x.begin(), x.end(), x0_.begin());
    for (std::size_t i = 0; i < x.size(); ++i) d_[i] = -r_[i];
    rr_ = ravine::sdk::dot(r_, r_);
    k_ = 0;
    begun_ = true;
    return RAVINE_OK;
  }
  // r = g(x0) + H (x - x0); at_ and hd_ serve as scratch.
  std::int32_t refresh(const ravine::sdk::Function& f, std::span<const double> x, bool& lost) {
    for (std::size_t i = 0; i < x.size(); ++i) at_[i] = x[i] - x0_[i];
    if (const auto status = f.hessian_vector(x0_, at_, hd_); status != RAVINE_OK) return status;
    if (const auto status = f.gradient(x0_, at_); status != RAVINE_OK) return status;
    double drift = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double r = at_[i] + hd_[i];
      drift += (r - r_[i]) * (r - r_[i]);
      r_[i] = r;
    }
    lost = drift > kLost * kLost * ravine::sdk::dot(r_, r_);
    return RAVINE_OK;
  }

  const ravine_host* host_;
  std::uint64_t limit_;
  ravine::sdk::Vector x0_, at_;  // where the model was made, and where the last step led
  ravine::sdk::Vector r_, d_;    // the model's gradient at x, and the direction
  double rr_ = 0;                // r'r
  std::uint64_t k_ = 0;          // steps on this model
  bool begun_ = false;
  ravine::sdk::Vector hd_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("linear_cg", "1.0", LinearCg)
