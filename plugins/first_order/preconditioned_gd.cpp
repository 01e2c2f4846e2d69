// Preconditioned gradient descent x <- x - eta P^-1 g with a constant P: the Hessian at the first
// step's x, or its diagonal. P has to be positive definite. Taken anew where a new stage of the
// objective has made the curvature stale. The diagonal is read from the dense Hessian too, n^2
// doubles of scratch that only such steps touch.
// State: n^2 doubles (n for the diagonal). Traffic: n^2 + 5n doubles a step (4n for the diagonal).
#include <Eigen/Cholesky>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/dense.hpp"

namespace {

using Matrix = Eigen::Map<Eigen::MatrixXd>;

class PreconditionedGd {
  static constexpr std::array kNeeds{RAVINE_EXTENSION_HESSIAN};
  static constexpr const char* kPreconditioners[] = {"hessian", "hessian_diagonal"};
  enum Preconditioner : std::uint8_t { kHessian, kDiagonal };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "preconditioned_gd",
      .name = "Preconditioned gradient descent",
      .author = "Ravine",
      .summary = "x <- x - eta P^-1 g, P the Hessian at the start or its diagonal",
      .paper = "J. Nocedal, S. J. Wright, Numerical Optimization, 2nd ed., Springer (2006)",
      .needs_extensions = kNeeds};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1, .tune_low = 1e-3, .tune_high = 2}),
      ravine::sdk::choice("preconditioner", "P: the Hessian at the start, or its diagonal",
                          kPreconditioners, kHessian)};

  explicit PreconditionedGd(const ravine::sdk::Start& start)
      : eta_(start.setting("learning_rate")),
        kind_(static_cast<Preconditioner>(start.count_setting("preconditioner"))),
        size_(ravine::sdk::dense_size(start.n())),
        p_(kind_ == kHessian ? start.n() * start.n() : start.n()),
        g_(start.n()),
        h_(kind_ == kHessian ? 0 : start.n() * start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (!ready_)
      if (const auto status = prepare(f, x); status != RAVINE_OK) return status;
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    const double eta = eta_ * step.multiplier;
    if (kind_ == kDiagonal) {
      for (std::size_t i = 0; i < x.size(); ++i) x[i] -= eta * (g_[i] / p_[i]);
      return RAVINE_OK;
    }
    Eigen::Map<Eigen::VectorXd> d(g_.data(), size_);
    const Matrix l(p_.data(), size_, size_);
    l.triangularView<Eigen::Lower>().solveInPlace(d);
    l.triangularView<Eigen::Lower>().transpose().solveInPlace(d);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] -= eta * g_[i];
    return RAVINE_OK;
  }

  std::int32_t stage(const ravine_stage& stage, std::span<const double>) {
    if ((stage.changed & RAVINE_STALE_CURVATURE) != 0) ready_ = false;
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(p_, ready_);
  }

 private:
  std::int32_t prepare(const ravine::sdk::Function& f, std::span<const double> x) {
    const std::size_t n = x.size();
    if (kind_ == kHessian) {
      if (const auto status = f.hessian(x, p_); status != RAVINE_OK) return status;
      Matrix h(p_.data(), size_, size_);
      Eigen::LLT<Eigen::Ref<Eigen::MatrixXd>> factor(h);  // in place: the lower triangle becomes L
      if (factor.info() != Eigen::Success || !h.allFinite()) refuse();
    } else {
      if (const auto status = f.hessian(x, h_); status != RAVINE_OK) return status;
      for (std::size_t i = 0; i < n; ++i) {
        p_[i] = h_[i * n + i];
        if (!(p_[i] > 0) || !std::isfinite(p_[i])) refuse();
      }
    }
    ready_ = true;
    return RAVINE_OK;
  }
  [[noreturn]] void refuse() const {
    throw ravine::sdk::Refused(kind_ == kHessian
                                   ? "the Hessian at the start is not positive definite"
                                   : "the Hessian's diagonal at the start is not positive");
  }

  double eta_;
  Preconditioner kind_;
  Eigen::Index size_;
  ravine::sdk::Vector p_;      // Cholesky's L in the lower triangle, or the diagonal
  bool ready_ = false;         // whether p_ is that
  ravine::sdk::Vector g_, h_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("preconditioned_gd", "1.0", PreconditionedGd)
