// Averages of iterates: a trial may judge the average of an optimizer's points in place of its last
// one, while the optimizer goes on from its own.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "harness/schedule/part.hpp"

namespace ravine::harness {

struct AverageKind {
  std::string id, summary, formula, citation;
  std::vector<PartParameter> parameters;
};

/// The averages there are; adding one costs an entry here and its case in Average::add.
const std::vector<AverageKind>& average_catalog();
/// Null when no average has this name.
const AverageKind* find_average(const std::string& id);

/// An average in force; no name: none.
struct AverageSpec : PartSpec {};

/// "" for none, or the average with all its parameters.
std::string average_text(const AverageSpec& spec);

/// v <- beta v + (1 - beta) s from v = 0, and v / (1 - beta^t), which is a weighted mean of what
/// was seen: the weights (1 - beta) beta^(t - i) of v itself sum to 1 - beta^t only.
class ExponentialWeight {
 public:
  explicit ExponentialWeight(double beta) : beta_(beta) {}
  void advance() { power_ *= beta_; }
  void restart() { power_ = 1; }
  [[nodiscard]] double beta() const { return beta_; }
  [[nodiscard]] double sum() const { return 1 - power_; }  ///< of the weights so far

 private:
  double beta_, power_ = 1;
};

/// The average of the points of one trial. Allocates in its constructor only.
class Average {
 public:
  /// Of points of n coordinates; `horizon` is the trial's number of iterations.
  Average(const AverageSpec& spec, std::size_t n, std::uint64_t horizon);

  [[nodiscard]] bool is_on() const { return kind_ != Kind::none; }

  /// The iterate of iteration k = 1, 2, ...: called once for each. The point to judge in its place,
  /// of which the memory is this object's or x's own: good until the next call.
  std::span<const double> add(std::span<const double> x);

  /// The iterates to come belong to another objective: those so far are forgotten, though they
  /// count for where a tail begins.
  void restart();

 private:
  enum class Kind { polyak, tail, ema, none };
  void add_mean(std::span<const double> x);
  void add_exponential(std::span<const double> x);

  Kind kind_ = Kind::none;
  std::uint64_t first_ = 1;  ///< the first iteration that enters
  std::uint64_t iteration_ = 0, count_ = 0;
  ExponentialWeight weight_{0};
  std::vector<double> sum_, corrected_;  ///< mean or v, and v over the sum of its weights
};

}  // namespace ravine::harness
