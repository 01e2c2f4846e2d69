// The simplex method of Nelder and Mead (1965) in the form of Lagarias, Reeds, Wright and Wright
// (1998), whose rules for ties make it one algorithm, with their names of the coefficients. One
// step is one iteration: a reflection with what follows it, expansion, contraction or shrink. x is
// the best vertex. f alone decides, by comparisons: NaN and points outside of the domain count as
// +infinity. On mini-batches values of different batches are compared as if they were one function.
// State: n^2 + 3 n doubles. Traffic: about 2 n^2 doubles a step (the centroid).
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

#include "ravine/sdk.hpp"
#include "ravine/sdk/dense_limit.hpp"
#include "ravine/sdk/no_progress.hpp"

namespace {

constexpr ravine_parameter share(const char* name, const char* meaning, double value) {
  return ravine::sdk::real({.name = name,
                            .meaning = meaning,
                            .value = value,
                            .minimum = 0,
                            .maximum = 1,
                            .tune_low = 0.25,
                            .tune_high = 0.95,
                            .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                            .condition = "coefficients = fixed"});
}

class NelderMead {
  static constexpr const char* kCoefficients[] = {"fixed", "adaptive"};

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "nelder_mead",
      .name = "Nelder-Mead",
      .author = "Ravine",
      .summary = "a simplex of n + 1 points reflects, expands, contracts and shrinks",
      .paper =
          "J. A. Nelder, R. Mead, A simplex method for function minimization, The Computer Journal "
          "7 (1965); J. C. Lagarias, J. A. Reeds, M. H. Wright, P. E. Wright, Convergence "
          "properties of the Nelder-Mead simplex method in low dimensions, SIAM J. Optim. 9 "
          "(1998); F. Gao, L. Han, Implementing the Nelder-Mead simplex algorithm with adaptive "
          "parameters, Comput. Optim. Appl. 51 (2012)",
      .needs = RAVINE_VALUE,
      .traits = 0};
  static constexpr std::array kParameters{
      ravine::sdk::choice("coefficients",
                          "as given below, or by n (Gao and Han): 1, 1 + 2/n, 3/4 - 1/(2n), "
                          "1 - 1/n, which for n = 2 are the usual ones",
                          kCoefficients, 0),
      ravine::sdk::real({.name = "reflection",
                         .meaning = "rho: how far beyond the centroid the worst vertex goes",
                         .value = 1,
                         .minimum = 0,
                         .tune_low = 0.5,
                         .tune_high = 2,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .condition = "coefficients = fixed"}),
      ravine::sdk::real({.name = "expansion",
                         .meaning = "chi: how many times as far where that is a new best",
                         .value = 2,
                         .minimum = 1,
                         .tune_low = 1.1,
                         .tune_high = 3,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .condition = "coefficients = fixed"}),
      share("contraction", "gamma: how far from the centroid where reflection fails", 0.5),
      share("shrink", "sigma: what is left of the edges where contraction fails too", 0.5),
      ravine::sdk::real({.name = "relative_edge",
                         .meaning = "first edge along coordinate i, as a multiple of x_i",
                         .value = 0.05,
                         .minimum = 0,
                         .tune_low = 0.01,
                         .tune_high = 1,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG}),
      ravine::sdk::real({.name = "absolute_edge",
                         .meaning = "first edge along coordinate i where x_i = 0",
                         .value = 0.00025,
                         .minimum = 0,
                         .tune_low = 1e-4,
                         .tune_high = 1,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG})};

  explicit NelderMead(const ravine::sdk::Start& start)
      : host_(&start.host()),
        n_(ravine::sdk::within_limit(start.n())),
        rho_(start.setting("reflection")),
        chi_(start.setting("expansion")),
        gamma_(start.setting("contraction")),
        sigma_(start.setting("shrink")),
        relative_edge_(start.setting("relative_edge")),
        absolute_edge_(start.setting("absolute_edge")) {
    if (start.flag("coefficients")) {
      const auto n = static_cast<double>(std::max<std::size_t>(n_, 2));  // sigma = 0 for n = 1
      rho_ = 1;
      chi_ = 1 + 2 / n;
      gamma_ = 0.75 - 1 / (2 * n);
      sigma_ = 1 - 1 / n;
    }
    vertices_ = ravine::sdk::Vector((n_ + 1) * n_);
    f_ = ravine::sdk::Vector(n_ + 1);
    order_.resize(n_ + 1);
    centroid_ = ravine::sdk::Vector(n_);
    reflected_ = ravine::sdk::Vector(n_);
    other_ = ravine::sdk::Vector(n_);
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    if (!begun_) {
      if (const auto status = begin(f, x); status != RAVINE_OK) return status;
    } else if (!ravine::sdk::same(x, best())) {  // the host has moved x: the best vertex goes there
      if (const auto status = value(f, x, f_[order_[0]]); status != RAVINE_OK) return status;
      std::copy(x.begin(), x.end(), vertex(0).begin());
      sort();
    }
    if (collapsed())
      return ravine::sdk::no_progress(*host_, "the simplex has collapsed to a point");
    if (const auto status = iterate(f); status != RAVINE_OK) return status;
    sort();
    std::copy_n(best().begin(), n_, x.begin());
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(vertices_, f_, order_, begun_);
    for (const std::uint64_t i : order_) archive.require(i <= n_);
  }

 private:
  // The rank-th best vertex; valid once the simplex is sorted.
  std::span<double> vertex(std::size_t rank) { return {vertices_.data() + order_[rank] * n_, n_}; }
  std::span<const double> best() { return vertex(0); }

  static std::int32_t value(const ravine::sdk::Function& function, std::span<const double> x,
                            double& f) {
    double found = 0;
    const auto status = function.value(x, found);
    if (status != RAVINE_OK && status != RAVINE_OUT_OF_DOMAIN) return status;
    const bool undefined = status == RAVINE_OUT_OF_DOMAIN || std::isnan(found);
    f = undefined ? std::numeric_limits<double>::infinity() : found;
    return RAVINE_OK;
  }

  std::int32_t begin(const ravine::sdk::Function& f, std::span<const double> x) {
    std::iota(order_.begin(), order_.end(), std::uint64_t{0});
    for (std::size_t j = 0; j <= n_; ++j) {
      const std::span<double> v = vertex(j);
      std::copy(x.begin(), x.end(), v.begin());
      if (j > 0) v[j - 1] = x[j - 1] != 0 ? (1 + relative_edge_) * x[j - 1] : absolute_edge_;
      if (const auto status = value(f, v, f_[j]); status != RAVINE_OK) return status;
    }
    sort();
    begun_ = true;
    return RAVINE_OK;
  }

  // Stable: of equal vertices the older stays ahead, as Lagarias et al. have it. By insertion, as
  // all but one are in order after most steps.
  void sort() {
    const auto less = [&](std::uint64_t a, std::uint64_t b) { return f_[a] < f_[b]; };
    for (auto next = order_.begin(); next != order_.end(); ++next)
      std::rotate(std::upper_bound(order_.begin(), next, *next, less), next, next + 1);
  }

  // Whether every vertex is the best one up to the last bits of each coordinate.
  bool collapsed() {
    constexpr double kUlps = 2 * std::numeric_limits<double>::epsilon();
    for (std::size_t rank = 1; rank <= n_; ++rank)
      for (std::size_t i = 0; i < n_; ++i)
        if (!(std::fabs(vertex(rank)[i] - best()[i]) <= kUlps * std::fabs(best()[i]))) return false;
    return true;
  }

  // into = (1 + t) centroid - t worst
  void along(double t, std::span<double> into) {
    const std::span<const double> worst = vertex(n_);
    for (std::size_t i = 0; i < n_; ++i) into[i] = (1 + t) * centroid_[i] - t * worst[i];
  }

  std::int32_t iterate(const ravine::sdk::Function& f) {
    std::copy_n(best().begin(), n_, centroid_.begin());
    for (std::size_t rank = 1; rank < n_; ++rank)
      for (std::size_t i = 0; i < n_; ++i) centroid_[i] += vertex(rank)[i];
    for (double& c : centroid_) c /= static_cast<double>(n_);

    const double worst = f_[order_[n_]];
    double f_r = 0, f_other = 0;
    along(rho_, reflected_);
    if (const auto status = value(f, reflected_, f_r); status != RAVINE_OK) return status;
    const bool expand = f_r < f_[order_[0]];
    if (!expand && f_r < f_[order_[n_ - 1]]) return replace_worst(reflected_, f_r);
    // Expansion, contraction outside, contraction inside.
    const bool inside = !expand && !(f_r < worst);
    along(expand ? rho_ * chi_ : inside ? -gamma_ : rho_ * gamma_, other_);
    if (const auto status = value(f, other_, f_other); status != RAVINE_OK) return status;
    if (expand)
      return f_other < f_r ? replace_worst(other_, f_other) : replace_worst(reflected_, f_r);
    if (inside ? f_other < worst : f_other <= f_r) return replace_worst(other_, f_other);
    return shrink(f);
  }

  std::int32_t replace_worst(std::span<const double> x, double f) {
    std::copy(x.begin(), x.end(), vertex(n_).begin());
    f_[order_[n_]] = f;
    return RAVINE_OK;
  }

  std::int32_t shrink(const ravine::sdk::Function& f) {
    for (std::size_t rank = 1; rank <= n_; ++rank) {
      const std::span<double> v = vertex(rank);
      for (std::size_t i = 0; i < n_; ++i) v[i] = best()[i] + sigma_ * (v[i] - best()[i]);
      if (const auto status = value(f, v, f_[order_[rank]]); status != RAVINE_OK) return status;
    }
    return RAVINE_OK;
  }

  const ravine_host* host_;
  std::size_t n_;
  double rho_, chi_, gamma_, sigma_;  // reflection, expansion, contraction, shrink
  double relative_edge_, absolute_edge_;
  ravine::sdk::Vector vertices_, f_;  // n + 1 vertices, one after the other, and their values
  std::vector<std::uint64_t> order_;  // of the vertices, best first
  bool begun_ = false;
  ravine::sdk::Vector centroid_, reflected_, other_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("nelder_mead", "1.0", NelderMead)
