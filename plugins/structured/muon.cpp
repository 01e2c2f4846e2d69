// Muon (Jordan et al. 2024): a matrix's momentum is replaced by an approximately orthogonal matrix
// of the same singular vectors, found by Newton and Schulz's iteration with a quintic whose
// coefficients trade exactness for a steep start: singular values in [.01, 1] land in
// [.682, 1.134]. Matrices are the blocks of role "matrix" with two dimensions. All others,
// embeddings and output layers among them, as the authors advise, and problems without blocks, are
// AdamW's, with a rate of its own that the schedule multiplies as well; learning_rate is then
// without effect. State: 3 n doubles, of which a matrix touches n. Traffic: 5 n doubles a step, and
// 5 products of 4 r^2 c + 2 r^3 flops for r <= c.
#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ravine/sdk.hpp"
#include "ravine/sdk/blocks.hpp"
#include "ravine/sdk/dense.hpp"
#include "ravine/sdk/moments.hpp"
#include "ravine/sdk/momentum.hpp"

namespace {

using Matrix = Eigen::Map<Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>;

class Muon {
  static constexpr const char* kScales[] = {"original", "match_rms_adamw"};
  enum Scale : std::uint8_t { kOriginal, kMatchRms };
  static constexpr const char* kMatrices = "the task has a block of role matrix";

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "muon",
      .name = "Muon",
      .author = "Ravine",
      .summary = "B <- beta B + (1 - beta) G; X <- X - eta s orthogonalized(G + beta (B - G))",
      .paper =
          "K. Jordan et al., Muon: an optimizer for hidden layers in neural networks (2024); "
          "J. Liu et al., Muon is scalable for LLM training, arXiv 2502.16982 (2025)"};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 0.02,
                                  .tune_low = 1e-3,
                                  .tune_high = 0.1,
                                  .meaning = "learning rate of the matrices: the spectral norm of "
                                             "a step, about; without effect on a task that has "
                                             "none",
                                  .condition = kMatrices}),
      ravine::sdk::momentum({.value = 0.95, .name = "momentum", .condition = kMatrices}),
      ravine::sdk::boolean("nesterov", "orthogonalize (1 - beta) G + beta B in place of B", true,
                           kMatrices),
      ravine::sdk::choice("scale",
                          "of a step of r x c: sqrt(max(1, r / c)), or 0.2 sqrt(max(r, c)), which "
                          "makes its entries as large as AdamW's",
                          kScales, kOriginal, kMatrices),
      ravine::sdk::integer({.name = "iterations",
                            .meaning = "of Newton and Schulz",
                            .value = 5,
                            .minimum = 1,
                            .maximum = 100,
                            .tune_low = 3,
                            .tune_high = 10,
                            .unit = "iterations",
                            .condition = kMatrices}),
      ravine::sdk::real({.name = "norm_floor",
                         .meaning = "matrices are divided by their Frobenius norm, or this",
                         .value = 1e-7,
                         .minimum = 0,
                         .tune_low = 1e-12,
                         .tune_high = 1e-6,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,  // G may be 0
                         .scale = RAVINE_LOG,
                         .condition = kMatrices}),
      ravine::sdk::learning_rate(
          {.meaning =
               "learning rate of AdamW on everything else; where all is matrices, it, the two "
               "betas and epsilon are without effect",
           .name = "adamw_learning_rate"}),
      ravine::sdk::beta1(),
      ravine::sdk::beta2(),
      ravine::sdk::epsilon(1e-8, "added to the root of the second moment"),
      ravine::sdk::weight_decay({.meaning = "lambda: the share of x that a step takes away, times "
                                            "the learning rate of the block"})};

  explicit Muon(const ravine::sdk::Start& start)
      : eta_(start.setting("learning_rate")),
        beta_(start.setting("momentum")),
        nesterov_(start.flag("nesterov")),
        scale_(static_cast<Scale>(start.count_setting("scale"))),
        iterations_(start.count_setting("iterations")),
        floor_(start.setting("norm_floor")),
        adamw_rate_(start.setting("adamw_learning_rate")),
        epsilon_(start.setting("epsilon")),
        moments_(start),
        g_(start.n()) {
    sort_blocks(start);
    std::size_t entries = 0, square = 0, last = 0;
    for (const Block& b : matrices_) {
      entries = std::max(entries, b.size());
      square = std::max(square, static_cast<std::size_t>(b.small * b.small));
      last = b.offset + b.size();
    }
    b_ = ravine::sdk::Vector(last);
    for (auto* v : {&x_, &next_}) *v = ravine::sdk::Vector(entries);
    for (auto* v : {&gram_, &polynomial_}) *v = ravine::sdk::Vector(square);
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (const auto status = f.gradient(x, g_); status != RAVINE_OK) return status;
    moments_.begin_step();
    const double rate = adamw_rate_ * step.multiplier;
    moments_.apply_decoupled(g_, x, others_, rate, moments_.adam(rate, epsilon_));
    for (const Block& block : matrices_)
      step_matrix(block, eta_ * step.multiplier, x.subspan(block.offset, block.size()));
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    moments_.state(archive);
    archive(b_);
  }

 private:
  struct Block {
    std::size_t offset, rows, cols;
    Eigen::Index small;  // the lesser of them
    double lambda;
    [[nodiscard]] std::size_t size() const { return rows * cols; }
  };

  void sort_blocks(const ravine::sdk::Start& start) {
    const double lambda = start.setting("weight_decay");
    const ravine_task& task = start.task();
    if (task.block_count == 0) others_.push_back({0, start.n(), lambda});
    for (std::uint64_t i = 0; i < task.block_count; ++i) {
      const ravine_block& b = *task.blocks[i];
      const double own = b.exempt_from_decay != 0 ? 0 : lambda;
      if (b.role == RAVINE_BLOCK_MATRIX && b.dimension_count == 2)
        matrices_.push_back({b.offset, b.dimensions[0], b.dimensions[1],
                             ravine::sdk::dense_size(std::min(b.dimensions[0], b.dimensions[1])),
                             own});
      else
        others_.push_back({b.offset, b.offset + ravine::sdk::block_size(b), own});
    }
  }

  void step_matrix(const Block& block, double eta, std::span<double> x) {
    const double* const g = g_.data() + block.offset;
    double* const b = b_.data() + block.offset;
    double* const u = x_.data();
    const double beta = beta_, ahead = nesterov_ ? beta_ : 1;  // (1 - beta) G + beta B, or B
    for (std::size_t i = 0; i < x.size(); ++i) {
      b[i] = beta * b[i] + (1 - beta) * g[i];
      u[i] = (1 - ahead) * g[i] + ahead * b[i];
    }
    const double* const o = orthogonalize(block);
    const auto r = static_cast<double>(block.rows), c = static_cast<double>(block.cols);
    const double scale = eta * (scale_ == kOriginal ? std::sqrt(std::max(1.0, r / c))
                                                    : 0.2 * std::sqrt(std::max(r, c)));
    const double keep = 1 - eta * block.lambda;
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = keep * x[i] - scale * o[i];
  }

  // X / |X|_F, then X <- a X + (b A + c A^2) X with A = X X', of the matrix in x_; the result is
  // there. The iteration is the same for X', so it works on the smaller of X X' and X' X.
  const double* orthogonalize(const Block& block) {
    constexpr double kA = 3.4445, kB = -4.7750, kC = 2.0315;
    const std::span<double> entries(x_.data(), block.size());
    const double length = std::max(ravine::sdk::norm(entries), floor_);
    for (double& v : entries) v /= length;
    const auto rows = static_cast<Eigen::Index>(block.rows);
    const auto cols = static_cast<Eigen::Index>(block.cols);
    Matrix gram(gram_.data(), block.small, block.small);
    Matrix polynomial(polynomial_.data(), block.small, block.small);
    for (std::size_t k = 0; k < iterations_; ++k) {
      Matrix x(x_.data(), rows, cols), next(next_.data(), rows, cols);
      if (rows <= cols)
        gram.noalias() = x * x.transpose();
      else
        gram.noalias() = x.transpose() * x;
      polynomial.noalias() = kC * gram * gram;
      polynomial += kB * gram;
      if (rows <= cols)
        next.noalias() = polynomial * x;
      else
        next.noalias() = x * polynomial;
      next += kA * x;
      x_.swap(next_);
    }
    return x_.data();
  }

  double eta_, beta_;
  bool nesterov_;
  Scale scale_;
  std::size_t iterations_;
  double floor_, adamw_rate_, epsilon_;
  std::vector<Block> matrices_;
  std::vector<ravine::sdk::DecayedPart> others_;
  ravine::sdk::Moments moments_;  // of the others
  ravine::sdk::Vector b_;         // the matrices' momentum, 0 at the start, up to the last of them
  ravine::sdk::Vector g_, x_, next_, gram_, polynomial_;  // scratch
};

}  // namespace

RAVINE_PLUGIN("muon", "1.0", Muon)
