// SAGA (Defazio, Bach and Lacoste-Julien 2014, (1)): a table of the last gradient phi_i seen of
// each sample, and its mean; for the samples of a batch B
//   v = 1/|B| sum_B (g_i(x) - phi_i) + mean(phi),  x <- x - alpha v,  phi_i <- g_i(x) for i in B.
// The first step fills the table with the gradients at the start, which costs a pass. On N samples,
// each L-smooth and mu-strongly convex, drawn one by one with alpha = 1/(3L), the squared distance
// to the minimizer shrinks by 1 - min(1/(4N), mu/(3L)) a step in expectation. A step with the full
// objective is one on all samples: gradient descent, up to rounding.
// State: (N + 1) n doubles, N the number of samples. Traffic: 5 n doubles for each sample of a
// batch and 4 n for the step, beside the samples' gradients.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "ravine/sdk.hpp"
#include "ravine/sdk/legal.hpp"

namespace {

class Saga {
  static constexpr std::array kNeeds{RAVINE_EXTENSION_SAMPLE_GRADIENTS};

 public:
  static constexpr ravine::sdk::About kAbout{
      .id = "saga",
      .name = "SAGA",
      .author = "Ravine",
      .summary =
          "for finite sums with sample gradients: variance reduction by a table of the last ones",
      .paper =
          "A. Defazio, F. Bach, S. Lacoste-Julien, SAGA: a fast incremental gradient method "
          "with support for non-strongly convex composite objectives, NIPS (2014)",
      .needs = RAVINE_BATCHES,
      .needs_extensions = kNeeds};
  static constexpr std::array kParameters{
      ravine::sdk::learning_rate({.value = 1e-2, .tune_low = 1e-5, .tune_high = 10}),
      ravine::sdk::real({.name = "memory_limit",
                         .meaning = "refuses a task whose table takes more: N n doubles",
                         .value = 1024,
                         .minimum = 0,
                         .tune_low = 1024,
                         .tune_high = 1024,
                         .open = RAVINE_OPEN_MINIMUM | RAVINE_OPEN_MAXIMUM,
                         .unit = "MiB"})};

  explicit Saga(const ravine::sdk::Start& start)
      : alpha_(start.setting("learning_rate")),
        count_(start.task().sample_count),
        phi_(table_size(start)),
        mean_(start.n()),
        v_(start.n()),
        all_(count_),
        batch_(),
        g_() {
    std::iota(all_.begin(), all_.end(), std::uint64_t{0});
  }

  std::int32_t step(const ravine::sdk::Function& f, const ravine_step& step, std::span<double> x) {
    if (!filled_)
      if (const auto status = fill(f, x); status != RAVINE_OK) return status;
    if (const auto status = read_batch(f); status != RAVINE_OK) return status;
    if (const auto status = ask(f, f.ticket(), x, g_); status != RAVINE_OK) return status;
    const std::size_t n = x.size();
    std::fill(v_.begin(), v_.end(), 0.0);
    for (std::size_t k = 0; k < batch_.size(); ++k) {
      const double* const g = g_.data() + k * n;
      const double* const phi = phi_.data() + batch_[k] * n;
      for (std::size_t i = 0; i < n; ++i) v_[i] += g[i] - phi[i];
    }
    const double alpha = alpha_ * step.multiplier;
    const auto size = static_cast<double>(batch_.size());
    for (std::size_t i = 0; i < n; ++i) x[i] -= alpha * (v_[i] / size + mean_[i]);
    // A second pass, as a batch may hold a sample twice: v has seen the old phi_i for both.
    const auto all = static_cast<double>(count_);
    for (std::size_t k = 0; k < batch_.size(); ++k) {
      const double* const g = g_.data() + k * n;
      double* const phi = phi_.data() + batch_[k] * n;
      for (std::size_t i = 0; i < n; ++i) {
        mean_[i] += (g[i] - phi[i]) / all;
        phi[i] = g[i];
      }
    }
    return RAVINE_OK;
  }

  template <class Archive>
  void state(Archive& archive) {
    archive(phi_, mean_, filled_);
  }

 private:
  static std::size_t table_size(const ravine::sdk::Start& start) {
    const std::uint64_t count = start.task().sample_count;
    if (count == 0) throw ravine::sdk::Refused("needs a finite sum: the task has no samples");
    const double needed = std::ceil(static_cast<double>(count) * static_cast<double>(start.n()) *
                                    sizeof(double) / (1 << 20));
    const double limit = start.setting("memory_limit");
    if (needed > limit)
      throw ravine::sdk::Refused(
          "a table of N = " + std::to_string(count) +
          " samples by n = " + std::to_string(start.n()) + " variables takes " +
          std::to_string(static_cast<std::uint64_t>(needed)) +
          " MiB, and memory_limit = " + ravine::sdk::text(limit) + " is less");
    return count * start.n();
  }
  static std::int32_t ask(const ravine::sdk::Function& f, std::uint64_t ticket,
                          std::span<const double> x, std::span<double> out) {
    const ravine_oracle* oracle = &f.oracle();
    const auto* extension = static_cast<const ravine_sample_gradients*>(
        oracle->extension(oracle, RAVINE_EXTENSION_SAMPLE_GRADIENTS));
    return extension == nullptr ? RAVINE_NOT_SUPPORTED
                                : extension->gradients(oracle, ticket, x.data(), out.data());
  }

  std::int32_t fill(const ravine::sdk::Function& f, std::span<const double> x) {
    if (const auto status = ask(f, RAVINE_FULL, x, phi_); status != RAVINE_OK) return status;
    const std::size_t n = x.size();
    std::fill(mean_.begin(), mean_.end(), 0.0);
    for (std::size_t k = 0; k < count_; ++k)
      for (std::size_t i = 0; i < n; ++i) mean_[i] += phi_[k * n + i];
    for (double& v : mean_) v /= static_cast<double>(count_);
    filled_ = true;
    return RAVINE_OK;
  }
  // The samples of the step's ticket; grows the scratch where this batch is the largest so far.
  std::int32_t read_batch(const ravine::sdk::Function& f) {
    if (f.ticket() == RAVINE_FULL) {
      batch_ = all_;
    } else {
      std::uint64_t count = 0;
      const ravine_oracle* oracle = &f.oracle();
      batch_.resize(batch_.capacity());
      auto status = oracle->batch_samples(oracle, f.ticket(), batch_.data(), batch_.size(), &count);
      if (status == RAVINE_OK && count > batch_.size()) {
        batch_.resize(count);
        status = oracle->batch_samples(oracle, f.ticket(), batch_.data(), count, &count);
      }
      if (status != RAVINE_OK) return status;
      batch_.resize(count);
    }
    if (g_.size() < batch_.size() * v_.size()) g_ = ravine::sdk::Vector(batch_.size() * v_.size());
    return RAVINE_OK;
  }

  double alpha_;
  std::uint64_t count_;       // N
  ravine::sdk::Vector phi_;   // N x n
  ravine::sdk::Vector mean_;  // of phi
  bool filled_ = false;
  ravine::sdk::Vector v_;  // scratch from here on
  std::vector<std::uint64_t> all_, batch_;
  ravine::sdk::Vector g_;  // gradients of the batch's samples
};

}  // namespace

RAVINE_PLUGIN("saga", "1.0", Saga)
