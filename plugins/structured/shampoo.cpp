// Shampoo (Gupta, Koren and Singer 2018, Algorithm 1): for a matrix L += G G', R += G' G and
// X -= eta L^-1/4 G R^-1/4, both started at epsilon I.
// - Every block of two dimensions is a matrix, whatever its role; one of more is the matrix of its
//   first dimension by all others. Everything else is a vector: one side, L^-1/2 g, which is
//   AdaGrad with the full matrix.
// - A side longer than its limit is cut into parts of at most that, each tile of the matrix then a
//   matrix of its own (Anil et al. 2020, section 3.2; Shi et al. 2023, section 3.3); or it is left
//   alone (identity), and the other one then has exponent -1/2, as Shampoo of one side. With no
//   side left, as always with a limit of 0, a block is AdaGrad with the diagonal,
//   g / sqrt(epsilon + sum g^2).
// - Roots are taken every `frequency` steps, the first time in the first.
// State: 2 (r^2 + c^2) doubles for a tile of r x c, and n for diagonal AdaGrad. Traffic: 4 r c (r +
// c) flops a step, and some 10 (r^3 + c^3) each time that roots are taken.
#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <span>
#include <vector>

#include "ravine/sdk.hpp"
#include "ravine/sdk/blocks.hpp"
#include "ravine/sdk/dense.hpp"
#include "ravine/sdk/eigensystem.hpp"

namespace {

using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Whole = Eigen::Map<Matrix>;
using Tile = Eigen::Map<Matrix, Eigen::Unaligned, Eigen::OuterStride<>>;

class Shampoo {
  static constexpr const char* kGrafts[] = {"none", "sgd", "adagrad"};
  enum Graft : std::uint8_t { kNone, kSgd, kAdagrad };
  static constexpr const char* kLong[] = {"cut", "identity"};
  enum Long : std::uint8_t { kCut, kIdentity };

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "shampoo",
      .name = "Shampoo",
      .author = "Ravine",
      .summary = "L += G G'; R += G' G; X <- X - eta L^-1/4 G R^-1/4",
      .paper =
          "V. Gupta, T. Koren, Y. Singer, Shampoo: preconditioned stochastic tensor optimization, "
          "ICML (2018); N. Agarwal et al., Disentangling adaptive gradient methods from learning "
          "rates, arXiv 2002.11803 (2020) for grafting; R. Anil et al., Scalable second order "
          "optimization for deep learning, arXiv 2002.09018 (2020) for tiles"};
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
                            .meaning = "sides of matrices longer than this are long",
                            .value = 1024,
                            .minimum = 0,
                            .maximum = ravine::sdk::kDenseLimit,
                            .tune_low = 128,
                            .tune_high = 4096}),
      ravine::sdk::choice("long_sides",
                          "cut into parts that are not, each tile a matrix of its own; or left "
                          "alone (identity)",
                          kLong, kCut),
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
    const bool cut = side > 0 && start.count_setting("long_sides") == kCut;
    std::size_t entries = 0, square = 0;
    bool diagonal = graft_ == kAdagrad;
    const auto add = [&](Part part, std::size_t left_limit, std::size_t right_limit) {
      part.left = side_of(part.rows <= left_limit ? part.rows : 0, square);
      part.right = side_of(part.cols <= right_limit ? part.cols : 0, square);
      diagonal = diagonal || part.sides() == 0;
      entries = std::max(entries, part.size());
      parts_.push_back(part);
    };
    const auto add_vector = [&](std::size_t first, std::size_t size) {
      add({first, size, 1, 1, {}, {}}, vector, 0);
    };
    const auto add_matrix = [&](std::size_t first, std::size_t rows, std::size_t cols) {
      const std::size_t high = cut ? side : std::max<std::size_t>(rows, 1);
      const std::size_t wide = cut ? side : std::max<std::size_t>(cols, 1);
      for (std::size_t i = 0; i < rows; i += high)
        for (std::size_t j = 0; j < cols; j += wide)
          add({first + i * cols + j,
               std::min(high, rows - i),
               std::min(wide, cols - j),
               cols,
               {},
               {}},
              side, side);
    };
    if (task.block_count == 0) add_vector(0, start.n());
    for (std::uint64_t i = 0; i < task.block_count; ++i) {
      const ravine_block& b = *task.blocks[i];
      const std::size_t size = ravine::sdk::block_size(b);
      if (b.dimension_count < 2)
        add_vector(b.offset, size);
      else if (size > 0)
        add_matrix(b.offset, b.dimensions[0], size / b.dimensions[0]);
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
      of(part, x.data()) -= rate * scratch(part, u_);
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
    std::size_t root = 0;          // in root_scratch_
  };
  struct Root {
    explicit Root(Eigen::Index n) : eigen(n), powers(n), scaled(n, n) {}
    ravine::sdk::Eigensystem eigen;
    Eigen::VectorXd powers;
    Eigen::MatrixXd scaled;  // eigenvectors times powers
  };
  // A tile: entry (i, j) is number first + i * stride + j of x.
  struct Part {
    std::size_t first, rows, cols, stride;
    Side left, right;
    [[nodiscard]] std::size_t size() const { return rows * cols; }
    [[nodiscard]] int sides() const { return (left.size > 0) + (right.size > 0); }
  };

  Side side_of(std::size_t size, std::size_t& at) {
    const Eigen::Index n = ravine::sdk::dense_size(size);
    const auto same = std::find_if(root_scratch_.begin(), root_scratch_.end(),
                                   [n](const Root& scratch) { return scratch.powers.size() == n; });
    const Side side{at, size, static_cast<std::size_t>(same - root_scratch_.begin())};
    if (size > 0 && same == root_scratch_.end()) root_scratch_.emplace_back(n);
    at += size * size;
    return side;
  }

  static Whole of(const Side& side, ravine::sdk::Vector& v) {
    const auto size = static_cast<Eigen::Index>(side.size);
    return {v.data() + side.at, size, size};
  }
  static Tile of(const Part& part, double* values) {
    return {values + part.first, static_cast<Eigen::Index>(part.rows),
            static_cast<Eigen::Index>(part.cols),
            Eigen::OuterStride<>(static_cast<Eigen::Index>(part.stride))};
  }
  static Whole scratch(const Part& part, ravine::sdk::Vector& v) {
    return {v.data(), static_cast<Eigen::Index>(part.rows), static_cast<Eigen::Index>(part.cols)};
  }

  void accumulate(const Part& part) {
    const Tile g = of(part, g_.data());
    if (part.left.size > 0) of(part.left, statistics_).noalias() += g * g.transpose();
    if (part.right.size > 0) of(part.right, statistics_).noalias() += g.transpose() * g;
  }

  // The statistics' power; eigenvalues below epsilon, the least that there are, are roundings.
  void take_root(const Side& side, double exponent) {
    if (side.size == 0) return;
    Whole root = of(side, roots_);
    auto& [eigen, powers, scaled] = root_scratch_[side.root];
    if (!eigen.compute(of(side, statistics_))) {
      root.setConstant(std::numeric_limits<double>::quiet_NaN());
      return;
    }
    powers = eigen.eigenvalues().cwiseMax(epsilon_).array().pow(exponent);
    scaled.noalias() = eigen.eigenvectors() * powers.asDiagonal();
    root.noalias() = scaled * eigen.eigenvectors().transpose();
  }

  // u = L^. G R^., or AdaGrad's.
  void direction(const Part& part) {
    const Tile g = of(part, g_.data());
    Whole half = scratch(part, half_), u = scratch(part, u_);
    if (part.sides() == 0) {
      adagrad(part, u);
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
  void adagrad(const Part& part, Whole u) {
    const auto g = of(part, g_.data()).array(), squares = of(part, squares_.data()).array();
    u = g / (epsilon_ + squares).sqrt();
  }

  // What the step is multiplied by so that it is as long as the other method's.
  double grafted(const Part& part) {
    if (graft_ == kNone) return 1;
    Whole other = scratch(part, half_);
    if (graft_ == kSgd)
      other = of(part, g_.data());
    else
      adagrad(part, other);
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
  // One for each size of a side; Eigen's solvers do not move before they have solved something.
  std::deque<Root> root_scratch_;
};

}  // namespace

RAVINE_PLUGIN("shampoo", "1.0", Shampoo)
