// Conjugate directions (Hestenes and Stiefel 1952, sections 4 and 5): the exact minimum along one
// of n directions a step, which are conjugate for the dense Hessian at the start. The method
// itself, for any other set too, is in ravine/sdk/conjugate_directions.hpp. State: n^2 + 2 n
// doubles. Traffic: 4 n doubles a step; 2 n^2 at the start and n^3 flops.
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "ravine/sdk.hpp"
#include "ravine/sdk/conjugate_directions.hpp"
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
        walk_(start.host(), start.n()),
        h_(start.n() * start.n()),
        hd_(directions_ == kEigenvectors ? 0 : start.n() * start.n()),
        curvature_(start.n()) {
    ravine::sdk::refuse_batches(start);
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step&, std::span<double> x) {
    const std::size_t n = x.size();
    return walk_.step(
        f, x,
        [&](std::span<double> d) {
          const auto status = f.hessian(x, {h_.data(), h_.size()});
          if (status != RAVINE_OK) return status;
          return directions_ == kEigenvectors ? eigenvectors(d) : gram_schmidt(n, d);
        },
        [&](std::span<const double> d, std::span<double> hd) {
          for (std::size_t i = 0; i < n; ++i) hd[i] = ravine::sdk::dot(row(h_, n, i), d);
          return std::int32_t{RAVINE_OK};
        });
  }

  std::int32_t stage(const ravine_stage&, std::span<const double>) {
    walk_.forget();
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    walk_.state(archive);
  }

 private:
  static std::span<double> row(std::span<double> m, std::size_t n, std::size_t i) {
    return m.subspan(i * n, n);
  }
  [[nodiscard]] std::int32_t indefinite() const {
    return ravine::sdk::no_progress(*host_, "the Hessian at the start is not definite");
  }
  // Columns of Eigen's are the directions one after another.
  [[nodiscard]] std::int32_t eigenvectors(std::span<double> d) const {
    const Eigen::Map<const Eigen::MatrixXd> h(h_.data(), size_, size_);
    if (!h.allFinite()) return indefinite();
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> eigen(h);
    if (eigen.info() != Eigen::Success || !(eigen.eigenvalues()(0) > 0)) return indefinite();
    Eigen::Map<Eigen::MatrixXd>(d.data(), size_, size_) = eigen.eigenvectors();
    return RAVINE_OK;
  }
  // Modified Gram-Schmidt in the product u'H v.
  std::int32_t gram_schmidt(std::size_t n, std::span<double> all) {
    // What rounding leaves of a curvature that is 0, for a direction of length 1.
    double nothing = 0;
    for (std::size_t i = 0; i < n; ++i) nothing += std::fabs(h_[i * n + i]);
    nothing *= std::pow(static_cast<double>(n) * std::numeric_limits<double>::epsilon(), 2);
    for (std::size_t k = 0; k < n; ++k) {
      const auto d = row(all, n, k);
      std::fill(d.begin(), d.end(), 0.0);
      d[k] = 1;
      if (directions_ == kGramSchmidtRandom) {
        const auto status = host_->random_normal(host_, "directions", k * n, n, d.data());
        if (status != RAVINE_OK) return status;
      }
      for (std::size_t j = 0; j < k; ++j)
        ravine::sdk::add_scaled(d, -ravine::sdk::dot(d, row(hd_, n, j)) / curvature_[j],
                                row(all, n, j));
      const auto hd = row(hd_, n, k);
      for (std::size_t i = 0; i < n; ++i) hd[i] = ravine::sdk::dot(row(h_, n, i), d);
      curvature_[k] = ravine::sdk::dot(d, hd);
      if (!(curvature_[k] > nothing * ravine::sdk::dot(d, d))) return indefinite();
    }
    return RAVINE_OK;
  }

  const ravine_host* host_;
  Directions directions_;
  Eigen::Index size_;
  ravine::sdk::ConjugateDirections walk_;
  ravine::sdk::Vector h_, hd_, curvature_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("conjugate_directions", "1.0", ConjugateDirections)
