#include "harness/measure/gradient_error.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "harness/measure/batches.hpp"

namespace ravine::harness {
namespace {

using problems::Answer;

constexpr std::uint64_t kMostSamples = 10'000;

/// Means of |g_of - g|^2.
class Errors {
 public:
  Errors(problems::Problem& problem, std::span<const double> x)
      : problem_(problem),
        stage_(problem.facts().stages.size() - 1),
        x_(x),
        g_(x.size()),
        part_(x.size()) {
    ok_ = problem_.evaluate({stage_}, x_, nullptr, g_.data()) == Answer::ok;
  }

  void add(std::span<const std::uint64_t> samples) {
    ok_ =
        ok_ && problem_.evaluate({stage_, samples, false}, x_, nullptr, part_.data()) == Answer::ok;
    for (std::size_t i = 0; i < g_.size() && ok_; ++i)
      sum_ += (part_[i] - g_[i]) * (part_[i] - g_[i]);
    ++count_;
  }

  /// Of what was added since the last call; NaN where an evaluation failed.
  double root_of_mean() {
    const double mean = sum_ / static_cast<double>(count_);
    sum_ = 0;
    count_ = 0;
    return ok_ ? std::sqrt(mean) : std::nan("");
  }

 private:
  problems::Problem& problem_;
  std::uint64_t stage_;
  std::span<const double> x_;
  std::vector<double> g_, part_;
  bool ok_ = false;
  double sum_ = 0;
  std::uint64_t count_ = 0;
};

}  // namespace

void measure_gradient_error(problems::Problem& problem, std::span<const double> x,
                            const BatchRule& rule, std::uint64_t seed, std::uint64_t count,
                            Area& area) {
  if (rule.sample_count == 0 || rule.size == 0 || count == 0) return;
  Errors errors(problem, x);
  const std::uint64_t samples =
      rule.fresh ? kMostSamples : std::min(rule.sample_count, kMostSamples);
  for (std::uint64_t i = 0; i < samples; ++i) errors.add({&i, 1});
  const double noise = errors.root_of_mean();
  Batches batches(rule, seed);
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t ticket = batches.draw();
    errors.add(batches.samples(ticket));
    batches.release(ticket);
  }
  const double error = errors.root_of_mean();
  if (!std::isfinite(noise) || !std::isfinite(error)) return;
  area.gradient_noise = noise;
  area.gradient_error = error;
  area.has_gradient_error = 1;
}

}  // namespace ravine::harness
