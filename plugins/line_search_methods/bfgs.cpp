// BFGS with the dense inverse M = B^-1 (Nocedal and Wright 2006, Algorithm 6.1):
//   M <- (I - rho s y') M (I - rho y s') + rho s s',  rho = 1 / y's,  d = -M g,
// and beside it PSB, Powell's symmetric Broyden update of B itself, the symmetric B nearest to the
// last one (Frobenius norm) with B s = y:
//   B <- B + (r s' + s r') / s's - (s'r) s s' / (s's)^2,  r = y - B s,  B d = -g.
// B of PSB need not be definite; where it is not, d = -|B|^-1 g, with |B| having the eigenvalues'
// absolute values, none below 1e-8 times the largest. And a lecture's misprint of BFGS, for B,
//   B <- B + y y' / y's + B s s' B / s'B s,
// with a plus where BFGS has a minus: the new B s is y + 2 B s, not y, so that B learns no
// curvature and only ever grows, and the directions shrink. State: n^2 + 3 n doubles, M (or B), d,
// g and x. Traffic: 3 n^2 doubles a step (those of B: n^3 / 3 multiplications more), and the
// search's.
#include <Eigen/Cholesky>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/dense.hpp"
#include "ravine/sdk/eigensystem.hpp"
#include "ravine/sdk/known_point.hpp"
#include "ravine/sdk/line_search/line_search.hpp"

namespace {

using ravine::sdk::dot;

constexpr double kCurvature = 1e-10;  // y's <= this |y| |s| is skipped
constexpr double kDamping = 0.2;      // Powell (1978): y's is made this times s'Bs at least
constexpr double kFloor = 1e-8;

class Bfgs {
  static constexpr const char* kUpdates[] = {"bfgs", "psb", "plus_sign"};
  enum Update : std::uint8_t { kBfgs, kPsb, kPlusSign };
  static constexpr const char* kSafeguards[] = {"skip", "damp"};
  enum Safeguard : std::uint8_t { kSkip, kDamp };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "bfgs",
      .name = "BFGS",
      .author = "Ravine",
      .summary = "d = -M g, M the dense BFGS inverse Hessian, with a line search",
      .paper =
          "C. G. Broyden, J. Inst. Maths. Applics. 6 (1970); R. Fletcher, Comput. J. 13 (1970); D. "
          "Goldfarb, Math. Comp. 24 (1970); D. F. Shanno, Math. Comp. 24 (1970); M. J. D. Powell, "
          "A new algorithm for unconstrained optimization, in Nonlinear Programming (1970), for "
          "PSB; J. Nocedal, S. J. Wright, Numerical Optimization, 2nd ed., Springer (2006)",
      .needs = RAVINE_VALUE | RAVINE_GRADIENT,
      .uses = RAVINE_HESSIAN_VECTORS,
      .traits = 0};
  static constexpr std::array kParameters{
      ravine::sdk::choice("update",
                          "of the inverse Hessian by BFGS, or of the Hessian by PSB or by a "
                          "misprint of BFGS, + B s s'B / s'B s for -, which breaks the secant "
                          "equation: its B only grows",
                          kUpdates, kBfgs),
      ravine::sdk::choice(
          "safeguard",
          "where y's is not positive enough: skip the update (y's <= 1e-10 |s| |y|) "
          "or damp it (y's < 0.2 s'Bs) as Powell did",
          kSafeguards, kSkip, "update = bfgs"),
      ravine::sdk::boolean("scale_first",
                           "before the first update, scale M = I to y's / y'y I; without it and "
                           "with exact searches a quadratic sees conjugate gradients",
                           true),
      ravine::sdk::LineSearch::curvature(0.9), ravine::sdk::LineSearch::choice()};

  explicit Bfgs(const ravine::sdk::Start& start)
      : update_(static_cast<Update>(start.count_setting("update"))),
        safeguard_(static_cast<Safeguard>(start.count_setting("safeguard"))),
        scale_first_(start.flag("scale_first")),
        n_(start.n()),
        size_(ravine::sdk::dense_size(n_)),
        matrix_(n_ * n_),
        d_(n_),
        here_(n_),
        line_(start),
        s_(n_),
        y_(n_),
        u_(n_),
        factor_(update_ == kBfgs ? 0 : size_),
        eigen_(update_ == kPsb ? size_ : 0),
        magnitude_(update_ == kPsb ? size_ : 0),
        along_(update_ == kPsb ? size_ : 0) {}

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    const bool continues =
        here_.known && f.ticket() == RAVINE_FULL && ravine::sdk::same(x, here_.x);
    if (const auto status = here_.look(f, x); status != RAVINE_OK) return status;
    if (ravine::sdk::max_norm(here_.g) == 0) return RAVINE_CONVERGED;
    if (!updated_)
      start_afresh();
    else if (!continues)
      find_direction();
    std::copy(x.begin(), x.end(), s_.begin());
    y_ = here_.g;

    // Without curvature the gradient's length says nothing of a step's; at most 1 far from x*.
    const auto first_step = [&] {
      return updated_ ? 1.0 : std::min(1.0, 1 / ravine::sdk::norm(here_.g));
    };
    auto status = line_.search(f, x, here_.f, here_.g, d_, first_step());
    if (status == RAVINE_NO_PROGRESS && updated_) {
      start_afresh();
      status = line_.search(f, x, here_.f, here_.g, d_, first_step());
    }
    if (status != RAVINE_OK) return status;
    here_.keep(f, x);
    for (std::size_t i = 0; i < n_; ++i) {
      s_[i] = x[i] - s_[i];
      u_[i] = line_.step() * y_[i];  // -B s, as s = -step M g
      y_[i] = here_.g[i] - y_[i];
    }
    switch (update_) {
      case kPsb:
        update_psb();
        break;
      case kPlusSign:
        update_plus_sign();
        break;
      case kBfgs:
        update_bfgs();
    }
    return RAVINE_OK;
  }

  std::int32_t stage(const ravine_stage& stage, std::span<const double>) {
    here_.forget();
    if ((stage.changed & RAVINE_STALE_CURVATURE) != 0) updated_ = false;
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(matrix_, d_, updated_);
    here_.state(archive);
  }

 private:
  [[nodiscard]] std::span<double> row(std::size_t i) {
    return std::span(matrix_).subspan(i * n_, n_);
  }
  void set_to_identity(double scale) {
    std::fill(matrix_.begin(), matrix_.end(), 0.0);
    for (std::size_t i = 0; i < n_; ++i) row(i)[i] = scale;
  }
  // M = I, d = -g.
  void start_afresh() {
    set_to_identity(1);
    updated_ = false;
    for (std::size_t i = 0; i < n_; ++i) d_[i] = -here_.g[i];
  }
  void find_direction() {
    if (update_ != kBfgs) return solve();
    for (std::size_t i = 0; i < n_; ++i) d_[i] = -dot(row(i), here_.g);
  }

  // M from s and y, and d = -M g in the same pass over M. u_ is -B s.
  void update_bfgs() {
    double ys = dot(y_, s_);
    if (safeguard_ == kDamp) {
      const double sbs = -dot(s_, u_);
      if (ys < kDamping * sbs) {
        const double theta = (1 - kDamping) * sbs / (sbs - ys);
        for (std::size_t i = 0; i < n_; ++i) y_[i] = theta * y_[i] - (1 - theta) * u_[i];
        ys = dot(y_, s_);
      }
    }
    const double yy = dot(y_, y_);
    const double rho = 1 / ys;
    if (!(ys > kCurvature * ravine::sdk::norm(s_) * std::sqrt(yy)) || !std::isfinite(rho))
      return find_direction();
    if (!updated_ && scale_first_) set_to_identity(ys / yy);
    updated_ = true;

    for (std::size_t i = 0; i < n_; ++i) u_[i] = dot(row(i), y_);  // M y
    const double c = rho + rho * rho * dot(y_, u_);
    for (std::size_t i = 0; i < n_; ++i) {
      const auto m = row(i);
      for (std::size_t j = 0; j < n_; ++j)
        m[j] += c * (s_[i] * s_[j]) - rho * (s_[i] * u_[j] + u_[i] * s_[j]);
      d_[i] = -dot(m, here_.g);
    }
  }

  void update_psb() {
    const double ss = dot(s_, s_);
    const double ys = dot(y_, s_);
    if (!(ss > 0) || !std::isfinite(1 / ss) || !std::isfinite(ys)) return find_direction();
    if (!updated_ && scale_first_ && ys > 0) set_to_identity(dot(y_, y_) / ys);
    updated_ = true;
    for (std::size_t i = 0; i < n_; ++i) u_[i] = y_[i] - dot(row(i), s_);  // r
    const double c = dot(s_, u_) / (ss * ss);
    for (std::size_t i = 0; i < n_; ++i) {
      const auto b = row(i);
      for (std::size_t j = 0; j < n_; ++j)
        b[j] += (u_[i] * s_[j] + s_[i] * u_[j]) / ss - c * (s_[i] * s_[j]);
    }
    solve();
  }
  // B stays definite: it gains two positive terms.
  void update_plus_sign() {
    const double ys = dot(y_, s_);
    for (std::size_t i = 0; i < n_; ++i) u_[i] = dot(row(i), s_);  // B s
    if (!(ys > kCurvature * ravine::sdk::norm(s_) * ravine::sdk::norm(y_)) ||
        !std::isfinite(1 / ys))
      return find_direction();
    if (!updated_ && scale_first_) {
      const double gamma = dot(y_, y_) / ys;
      set_to_identity(gamma);
      for (std::size_t i = 0; i < n_; ++i) u_[i] = gamma * s_[i];
    }
    updated_ = true;
    const double sbs = dot(s_, u_);
    for (std::size_t i = 0; i < n_; ++i) {
      const auto b = row(i);
      for (std::size_t j = 0; j < n_; ++j) b[j] += y_[i] * y_[j] / ys + u_[i] * u_[j] / sbs;
    }
    solve();
  }
  // B d = -g. A B that is not definite is PSB's, or has overflown.
  void solve() {
    const Eigen::Map<const Eigen::MatrixXd> b(matrix_.data(), size_, size_);
    const Eigen::Map<const Eigen::VectorXd> g(here_.g.data(), size_);
    Eigen::Map<Eigen::VectorXd> d(d_.data(), size_);
    d = -g;
    if (factor_.compute(b).info() == Eigen::Success) {
      factor_.solveInPlace(d);
      return;
    }
    if (update_ != kPsb || !eigen_.compute(b)) return;
    magnitude_ = eigen_.eigenvalues().cwiseAbs();
    const double floor = kFloor * magnitude_.maxCoeff();
    if (!(floor > 0)) return;
    along_.noalias() = eigen_.eigenvectors().transpose() * d;
    along_.array() /= magnitude_.array().max(floor);
    d.noalias() = eigen_.eigenvectors() * along_;
  }

  Update update_;
  Safeguard safeguard_;
  bool scale_first_;
  std::size_t n_;
  Eigen::Index size_;           // n as Eigen counts
  ravine::sdk::Vector matrix_;  // M, or B
  ravine::sdk::Vector d_;       // the next direction
  bool updated_ = false;        // whether the matrix knows anything
  ravine::sdk::KnownPoint here_;
  ravine::sdk::LineSearch line_;
  // Scratch; the factor for updates of B, the last three for PSB.
  ravine::sdk::Vector s_, y_, u_;
  Eigen::LLT<Eigen::MatrixXd> factor_;
  ravine::sdk::Eigensystem eigen_;
  Eigen::VectorXd magnitude_, along_;
};

}  // namespace

RAVINE_PLUGIN("bfgs", "1.0", Bfgs)
