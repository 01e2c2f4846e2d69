// Newton's method with the dense Hessian (Nocedal and Wright 2006, sections 3.4 and 3.1): a
// direction that descends where H is not definite too, in one of three ways, and Armijo
// backtracking from 1; or the textbook's x <- x - alpha H^-1 g, which does neither. See
// newton_directions.hpp.
// State: 2 n doubles. Traffic: 3 n^2 doubles a step, n^3/3 flops and more where H is not definite.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "plugins/second_order/newton_directions.hpp"
#include "ravine/sdk.hpp"
#include "ravine/sdk/dense.hpp"
#include "ravine/sdk/known_point.hpp"
#include "ravine/sdk/line_search/armijo.hpp"
#include "ravine/sdk/no_progress.hpp"

namespace {

class Newton {
  static constexpr std::array kNeeds{RAVINE_EXTENSION_HESSIAN};
  static constexpr const char* kForms[] = {"shifted", "modified_cholesky", "saddle_free", "pure"};
  enum Form : std::uint8_t { kShifted, kModifiedCholesky, kSaddleFree, kPure };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "newton",
      .name = "Newton",
      .author = "Ravine",
      .summary = "H d = -g, made definite where it is not, with Armijo backtracking; or pure",
      .paper =
          "J. Nocedal, S. J. Wright, Numerical Optimization, 2nd ed., Springer (2006); Y. N. "
          "Dauphin et al., Identifying and attacking the saddle point problem in "
          "high-dimensional non-convex optimization, NIPS (2014)",
      .needs = RAVINE_VALUE | RAVINE_GRADIENT,
      .traits = 0,
      .needs_extensions = kNeeds};
  static constexpr std::array kParameters{
      ravine::sdk::real({.name = "damping",
                         .meaning = "added to the diagonal of every Hessian (saddle_free: of |H|)",
                         .value = 0,
                         .minimum = 0,
                         .tune_low = 1e-12,
                         .tune_high = 1e6,
                         .open = RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG}),
      ravine::sdk::real({.name = "curvature_floor",
                         .meaning = "where H is not definite, its smallest eigenvalue is raised to "
                                    "this times its largest in absolute value; other forms have "
                                    "floors of their own, whatever this is",
                         .value = 1e-3,
                         .minimum = 0,
                         .maximum = 1,
                         .tune_low = 1e-8,
                         .tune_high = 1,
                         .open = RAVINE_OPEN_MINIMUM,
                         .scale = RAVINE_LOG,
                         .condition = "form = shifted"}),
      ravine::sdk::choice("form",
                          "shifted: lambda I added by curvature_floor; modified_cholesky: tau I, "
                          "doubled until it is enough; saddle_free: |H| for H; pure: H as it is, "
                          "and no line search",
                          kForms, kShifted),
      ravine::sdk::real({.name = "step_length",
                         .meaning = "alpha of x - alpha H^-1 g",
                         .value = 1,
                         .minimum = 0,
                         .tune_low = 1e-2,
                         .tune_high = 1,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG,
                         .condition = "form = pure"})};

  explicit Newton(const ravine::sdk::Start& start)
      : host_(&start.host()),
        damping_(start.setting("damping")),
        floor_(start.setting("curvature_floor")),
        form_(static_cast<Form>(start.count_setting("form"))),
        alpha_(start.setting("step_length")),
        here_(start.n()),
        size_(ravine::sdk::dense_size(start.n())),
        h_(size_, size_),
        d_(size_),
        v_(size_),
        cholesky_(size_if(form_ == kShifted || form_ == kModifiedCholesky)),
        eigen_(size_if(form_ == kShifted || form_ == kSaddleFree)),
        lu_(size_if(form_ == kPure)),
        line_(start.n()) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    if (const auto status = here_.look(f, x); status != RAVINE_OK) return status;
    if (ravine::sdk::max_norm(here_.g) == 0) return RAVINE_CONVERGED;
    const std::span<double> h(h_.data(), static_cast<std::size_t>(h_.size()));
    if (const auto status = f.hessian(x, h); status != RAVINE_OK) return status;
    if (!h_.allFinite()) return ravine::sdk::no_progress(*host_, "the Hessian is not finite");
    const ravine::newton::Gradient g(here_.g.data(), size_);
    if (!find_direction(g) || !d_.allFinite())
      return ravine::sdk::no_progress(*host_, "no finite solution of H d = -g");
    if (form_ == kPure) {
      for (std::size_t i = 0; i < x.size(); ++i) x[i] += alpha_ * d_[static_cast<Eigen::Index>(i)];
      return RAVINE_OK;
    }
    const double slope = g.dot(d_);
    if (!(slope < 0 && std::isfinite(slope)))
      return ravine::sdk::no_progress(*host_, "the direction does not descend");
    const auto status = line_.search(f, x, here_.f, here_.g, {d_.data(), x.size()}, 1);
    if (status == RAVINE_OK) here_.keep(f, x);
    if (status != RAVINE_NO_PROGRESS) return status;
    return ravine::sdk::no_progress(*host_, "no step along the direction lowers f");
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
  [[nodiscard]] Eigen::Index size_if(bool needed) const { return needed ? size_ : 0; }

  bool find_direction(const ravine::newton::Gradient& g) {
    if (form_ == kSaddleFree) return ravine::newton::saddle_free(h_, g, damping_, eigen_, v_, d_);
    h_.diagonal().array() += damping_;
    switch (form_) {
      case kModifiedCholesky:
        return ravine::newton::modified_cholesky(h_, g, cholesky_, v_, d_);
      case kPure:
        return ravine::newton::pure(h_, g, lu_, v_, d_);
      default:
        return ravine::newton::shifted(h_, g, floor_, cholesky_, eigen_, d_);
    }
  }

  const ravine_host* host_;
  double damping_, floor_;
  Form form_;
  double alpha_;
  ravine::sdk::KnownPoint here_;
  Eigen::Index size_;
  // Scratch.
  Eigen::MatrixXd h_;
  Eigen::VectorXd d_, v_;
  ravine::newton::Cholesky cholesky_;
  ravine::newton::Eigensystem eigen_;
  Eigen::PartialPivLU<Eigen::MatrixXd> lu_;
  ravine::sdk::Armijo line_;
};

}  // namespace

RAVINE_PLUGIN("newton", "1.0", Newton)
