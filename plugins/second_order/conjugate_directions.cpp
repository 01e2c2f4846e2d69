// Conjugate directions (Hestenes and Stiefel 1952, sections 4 and 5; Nocedal and Wright 2006,
// (5.6) and (5.7)): any n directions with d_i'H d_j = 0 for i != j, and the exact minimum along
// one of them a step, x <- x - (g'd_k / d_k'H d_k) d_k with the gradient g at x. On a quadratic the
// k-th iterate is the minimum over x0 + span(d_1 ... d_k), so that n steps end at x*; there the
// method is done. H is the dense Hessian at the start.
// State: n^2 + 2 n doubles. Traffic: 4 n doubles a step; 2 n^2 at the start and n^3 flops.
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/dense.hpp"
#include "ravine/sdk/no_progress.hpp"
#include "ravine/sdk/one_function.hpp"

namespace {

class ConjugateDirections {
  static constexpr std::array kNeeds{RAVINE_EXTENSION_HESSIAN};
  static constexpr const char* kDirections[] = {"eigenvectors", "gram_schmidt",
                                                "gram_schmidt_random"};
  enum Directions : std::uint8_t { kEigenvectors, kGramSchmidt, kGramSchmidtRandom };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "conjugate_directions",
      .name = "Conjugate directions",
      .author = "Ravine",
      .summary = "exact steps along n directions that are conjugate for the Hessian at the start",
      .paper =
          "M. R. Hestenes, E. Stiefel, Methods of conjugate gradients for solving linear "
          "systems, J. Res. Nat. Bur. Standards 49 (1952)",
      .traits = 0,
      .needs_extensions = kNeeds};
  static constexpr std::array kParameters{ravine::sdk::choice(
      "directions",
      "eigenvectors: those of H, from the flattest on; gram_schmidt: the coordinate axes in order, "
      "each less its part that is not conjugate to those before; gram_schmidt_random: random "
      "normal directions so treated, which reaches every conjugate set",
      kDirections, kEigenvectors)};

  explicit ConjugateDirections(const ravine::sdk::Start& start)
      : host_(&start.host()),
        directions_(static_cast<Directions>(start.count_setting("directions"))),
        size_(ravine::sdk::dense_size(start.n())),
        d_(start.n() * start.n()),
        curvature_(start.n()),
        at_(start.n()),
        h_(start.n() * start.n()),
        hd_(directions_ == kEigenvectors ? 0 : start.n() * start.n()),
        g_(start.n()) {
    ravine::sdk::refuse_batches(start);
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    const std::size_t n = x.size();
    if (begun_ && !ravine::sdk::same(x, at_)) begun_ = false;
    if (begun_ && k_ == n) return RAVINE_CONVERGED;
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    if (ravine::sdk::max_norm(g_) == 0) return RAVINE_CONVERGED;
    if (!begun_) {
      if (const auto status = f.hessian(x, {h_.data(), h_.size()}); status != RAVINE_OK)
        return status;
      bool definite = false;
      const auto status =
          directions_ == kEigenvectors ? eigenvectors(definite) : gram_schmidt(n, definite);
      if (status != RAVINE_OK) return status;
      if (!definite)
        return ravine::sdk::no_progress(*host_, "the Hessian at the start is not definite");
      k_ = 0;
      begun_ = true;
    }
    const std::span<const double> d(d_.data() + k_ * n, n);
    const double alpha = -ravine::sdk::dot(g_, d) / curvature_[k_];
    ravine::sdk::add_scaled(x, alpha, d);
    std::copy(x.begin(), x.end(), at_.begin());
    ++k_;
    return RAVINE_OK;
  }

  std::int32_t stage(const ravine_stage&, std::span<const double>) {
    begun_ = false;
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(d_, curvature_, at_, k_, begun_);
    archive.require(k_ <= at_.size());
  }

 private:
  // Columns of Eigen's are rows of d_.
  std::int32_t eigenvectors(bool& definite) {
    const Eigen::Map<const Eigen::MatrixXd> h(h_.data(), size_, size_);
    if (!h.allFinite()) return RAVINE_OK;
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(h);
    if (eigen.info() != Eigen::Success || !(eigen.eigenvalues()(0) > 0)) return RAVINE_OK;
    Eigen::Map<Eigen::MatrixXd>(d_.data(), size_, size_) = eigen.eigenvectors();
    Eigen::Map<Eigen::VectorXd>(curvature_.data(), size_) = eigen.eigenvalues();
    definite = true;
    return RAVINE_OK;
  }
  // Modified Gram-Schmidt in the product u'H v.
  std::int32_t gram_schmidt(std::size_t n, bool& definite) {
    const auto row = [n](ravine::sdk::Vector& m, std::size_t i) {
      return std::span<double>(m.data() + i * n, n);
    };
    // What rounding leaves of a curvature that is 0, for a direction of length 1.
    double nothing = 0;
    for (std::size_t i = 0; i < n; ++i) nothing += std::fabs(h_[i * n + i]);
    nothing *= std::pow(static_cast<double>(n) * std::numeric_limits<double>::epsilon(), 2);
    for (std::size_t k = 0; k < n; ++k) {
      const auto d = row(d_, k);
      std::fill(d.begin(), d.end(), 0.0);
      d[k] = 1;
      if (directions_ == kGramSchmidtRandom) {
        const auto status = host_->random_normal(host_, "directions", k * n, n, d.data());
        if (status != RAVINE_OK) return status;
      }
      for (std::size_t j = 0; j < k; ++j)
        ravine::sdk::add_scaled(d, -ravine::sdk::dot(d, row(hd_, j)) / curvature_[j], row(d_, j));
      const auto hd = row(hd_, k);
      for (std::size_t i = 0; i < n; ++i) hd[i] = ravine::sdk::dot(row(h_, i), d);
      curvature_[k] = ravine::sdk::dot(d, hd);
      if (!(curvature_[k] > nothing * ravine::sdk::dot(d, d))) return RAVINE_OK;
    }
    definite = true;
    return RAVINE_OK;
  }

  const ravine_host* host_;
  Directions directions_;
  Eigen::Index size_;
  ravine::sdk::Vector d_, curvature_;  // the directions, one a row, and d'H d of each
  ravine::sdk::Vector at_;             // where the last step led
  std::uint64_t k_ = 0;                // directions done
  bool begun_ = false;
  ravine::sdk::Vector h_, hd_, g_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("conjugate_directions", "1.0", ConjugateDirections)
