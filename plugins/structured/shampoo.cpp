// Shampoo (Gupta, Koren and Singer 2018, Algorithm 1): for a matrix L += G G', R += G' G and
// X -= eta L^-1/4 G R^-1/4, both started at epsilon I.
// - Every block of two dimensions is a matrix, whatever its role; one of more is the matrix of its
//   first dimension by all others. Everything else is a vector: one side, L^-1/2 g, which is
//   AdaGrad with the full matrix.
// - A side longer than its limit is left alone (identity). The other one then has exponent -1/2,
//   as Shampoo of one side; with none left the block is AdaGrad with the diagonal,
//   g / sqrt(epsilon + sum g^2).
// - Roots are taken every `frequency` steps, the first time in the first.
// State: 2 (r^2 + c^2) doubles for r x c, and n for diagonal AdaGrad. Traffic: 4 r c (r + c) flops
// a step, and some 10 (r^3 + c^3) each time that roots are taken.
#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "ravine/sdk.hpp"
#include "ravine/sdk/blocks.hpp"
#include "ravine/sdk/dense.hpp"

namespace {

using Matrix = Eigen::Map<Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;

class Shampoo {
  static constexpr const char* kGrafts[] = {"none", "sgd", "adagrad"};
  enum Graft : std::uint8_t { kNone, kSgd, kAdagrad };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "shampoo",
      .name = "Shampoo",
      .author = "Ravine",
      .summary = "L += G G'; R += G' G; X <- X - eta L^-1/4 G R^-1/4",
      .paper =
          "V. Gupta, T. Koren, Y. Singer, Shampoo: preconditioned stochastic tensor optimization, "
          "ICML (2018); N. Agarwal et al., Disentangling adaptive gradient methods from learning "
          "rates, arXiv 2002.11803 (2020) for grafting"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-2, .tune_low = 1e-4, .tune_high = 10}),
      ravine::sdk::real({.name = "epsilon",
                         .meaning = "times I, what L and R start at",
                         .value = 1e-12,
                         .minimum = 0,
                         .tune_low = 1e-12,
                         .tune_high = 1e-2,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .scale = RAVINE_LOG}),
      ravine::sdk::integer({.name = "frequency",
                            .meaning = "steps from one computation of the roots to the next",
                            .value = 1,
                            .minimum = 1,
                            .maximum = 1e9,
                            .tune_low = 1,
                            .tune_high = 100,
                            .scale = RAVINE_LOG,
                            .unit = "steps"}),
      ravine::sdk::choice("graft",
                          "whose step's length a block's step is given: its own, gradient "
                          "descent's, or that of AdaGrad with the diagonal",
                          kGrafts, kNone),
      ravine::sdk::integer({.name = "side_limit",
                            .meaning = "sides of matrices longer than this are left alone",
                            .value = 1024,
                            .minimum = 0,
                            .maximum = ravine::sdk::kDenseLimit,
                            .tune_low = 128,
                            .tune_high = 4096}),
      ravine::sdk::integer({.name = "vector_limit",
                            .meaning = "vectors longer than this are AdaGrad's with the diagonal",
                            .value = 128,
                            .minimum = 0,
                            .maximum = ravine::sdk::kDenseLimit,
                            .tune_low = 16,
                            .tune_high = 1024})};

  explicit Shampoo(const ravine::sdk::Start& start)
      : eta_(start.setting("learning_rate")),
        epsilon_(start.setting("epsilon")),
        frequency_(start.count_setting("frequency")),
        graft_(static_cast<Graft>(start.count_setting("graft"))),
        g_(start.n()) {
    const ravine_task& task = start.task();
    const std::size_t side = start.count_setting("side_limit");
    const std::size_t vector = start.count_setting("vector_limit");
    std::size_t entries = 0, square = 0;
    bool diagonal = graft_ == kAdagrad;
    const auto add = [&](std::size_t first, std::size_t size, std::size_t rows, bool matrix) {
      const std::size_t cols = size / std::max<std::size_t>(rows, 1);
      const std::size_t limit = matrix ? side : vector;
      Part part{first, rows, cols, side_of(rows <= limit ? rows : 0, square), {}};
      part.right = side_of(matrix && cols <= limit ? cols : 0, square);
      diagonal = diagonal || part.sides() == 0;
      entries = std::max(entries, size);
      parts_.push_back(part);
    };
    if (task.block_count == 0) add(0, start.n(), start.n(), false);
    for (std::uint64_t i = 0; i < task.block_count; ++i) {
      const ravine_block& b = *task.blocks[i];
      const std::size_t size = ravine::sdk::block_size(b);
      const bool matrix = b.dimension_count >= 2;
      add(b.offset, size, matrix ? b.dimensions[0] : size, matrix);
    }
    squares_ = ravine::sdk::Vector(diagonal ? start.n() : 0);
    for (auto* v : {&statistics_, &roots_}) *v = ravine::sdk::Vector(square);
    for (auto* v : {&half_, &u_}) *v = ravine::sdk::Vector(entries);
    for (const Part& part : parts_)
      for (const Side& s : {part.left, part.right})
        of(s, statistics_).diagonal().setConstant(epsilon_);
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    for (std::size_t i = 0; i < squares_.size(); ++i) squares_[i] += g_[i] * g_[i];
    const bool renew = t_++ % frequency_ == 0;
    for (const Part& part : parts_) {
      if (part.sides() > 0) {
        accumulate(part);
        for (const Side& s : {part.left, part.right})
          if (renew) take_root(s, -0.5 / part.sides());
      }
      direction(part);
      const double rate = eta_ * step.multiplier * grafted(part);
      double* const to = x.data() + part.first;
      for (std::size_t i = 0; i < part.size(); ++i) to[i] -= rate * u_[i];
    }
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(statistics_, roots_, squares_, t_);
  }

 private:
  struct Side {
    std::size_t at = 0, size = 0;  // in statistics_ and roots_; size 0: the identity
    std::size_t eigensystem = 0;
  };
  struct Eigensystem {
    explicit Eigensystem(Eigen::Index n) : of(n), powers(n), scaled(n, n) {}
    Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> of;
    Eigen::VectorXd powers;
    Eigen::MatrixXd scaled;  // eigenvectors times powers
  };
  struct Part {
    std::size_t first, rows, cols;
    Side left, right;
    [[nodiscard]] std::size_t size() const { return rows * cols; }
    [[nodiscard]] int sides() const { return (left.size > 0) + (right.size > 0); }
  };

  Side side_of(std::size_t size, std::size_t& at) {
    const Eigen::Index n = ravine::sdk::dense_size(size);
    const auto same =
        std::find_if(eigensystems_.begin(), eigensystems_.end(),
                     [n](const Eigensystem& eigen) { return eigen.powers.size() == n; });
    const Side side{at, size, static_cast<std::size_t>(same - eigensystems_.begin())};
    if (size > 0 && same == eigensystems_.end()) eigensystems_.emplace_back(n);
    at += size * size;
    return side;
  }

  static Matrix of(const Side& side, ravine::sdk::Vector& v) {
    const auto size = static_cast<Eigen::Index>(side.size);
    return {v.data() + side.at, size, size};
  }
  static Matrix of(const Part& part, double* values) {
    return {values, static_cast<Eigen::Index>(part.rows), static_cast<Eigen::Index>(part.cols)};
  }

  void accumulate(const Part& part) {
    const Matrix g = of(part, g_.data() + part.first);
    if (part.left.size > 0) of(part.left, statistics_).noalias() += g * g.transpose();
    if (part.right.size > 0) of(part.right, statistics_).noalias() += g.transpose() * g;
  }

  // The statistics' power; eigenvalues below epsilon, the least that there are, are roundings.
  void take_root(const Side& side, double exponent) {
    if (side.size == 0) return;
    Matrix root = of(side, roots_);
    const Matrix statistics = of(side, statistics_);
    Eigensystem& eigen = eigensystems_[side.eigensystem];
    if (!statistics.allFinite() || eigen.of.compute(statistics).info() != Eigen::Success) {
      root.setConstant(std::numeric_limits<double>::quiet_NaN());
      return;
    }
    eigen.powers = eigen.of.eigenvalues().cwiseMax(epsilon_).array().pow(exponent);
    eigen.scaled.noalias() = eigen.of.eigenvectors() * eigen.powers.asDiagonal();
    root.noalias() = eigen.scaled * eigen.of.eigenvectors().transpose();
  }

  // u = L^. G R^., or AdaGrad's.
  void direction(const Part& part) {
    const Matrix g = of(part, g_.data() + part.first);
    Matrix half = of(part, half_.data()), u = of(part, u_.data());
    if (part.sides() == 0) {
      for (std::size_t i = 0; i < part.size(); ++i) u_[i] = adagrad(part.first + i);
      return;
    }
    if (part.left.size > 0)
      half.noalias() = of(part.left, roots_) * g;
    else
      half = g;
    if (part.right.size > 0)
      u.noalias() = half * of(part.right, roots_);
    else
      u = half;
  }
  [[nodiscard]] double adagrad(std::size_t i) const {
    return g_[i] / std::sqrt(epsilon_ + squares_[i]);
  }

  // What the step is multiplied by so that it is as long as the other method's.
  double grafted(const Part& part) {
    if (graft_ == kNone) return 1;
    for (std::size_t i = 0; i < part.size(); ++i)
      half_[i] = graft_ == kSgd ? g_[part.first + i] : adagrad(part.first + i);
    const double own = ravine::sdk::norm({u_.data(), part.size()});
    return own == 0 ? 0 : ravine::sdk::norm({half_.data(), part.size()}) / own;
  }

  double eta_, epsilon_;
  std::uint64_t frequency_;
  Graft graft_;
  std::vector<Part> parts_;
  ravine::sdk::Vector statistics_, roots_;  // L and R of all parts, and their powers
  ravine::sdk::Vector squares_;             // sum g^2, where AdaGrad with the diagonal is needed
  std::uint64_t t_ = 0;                     // steps done
  // Scratch.
  ravine::sdk::Vector g_, half_, u_;
  std::vector<Eigensystem> eigensystems_;  // one for each size of a side
};

}  // namespace

RAVINE_PLUGIN("shampoo", "1.0", Shampoo)
