#include "harness/average/average.hpp"

#include <algorithm>
#include <cmath>

namespace ravine::harness {

// In the order of Average::Kind.
const std::vector<AverageKind>& average_catalog() {
  static const std::vector<AverageKind> catalog{
      {.id = "polyak",
       .summary = "The mean of all iterates",
       .formula = "xbar_k = xbar_(k-1) + (x_k - xbar_(k-1)) / k",
       .citation = "Polyak and Juditsky, SIAM J. Control and Optimization 30 (1992) 838-855",
       .parameters = {}},
      {.id = "tail",
       .summary =
           "The mean of the iterates after a share of the trial's iterations; x itself before",
       .formula = "the mean of x_k over k > start K, K the trial's iterations",
       .citation = "Rakhlin, Shamir and Sridharan, ICML 2012 (suffix averaging)",
       .parameters = {real_parameter("start", 0.5, {0, 1, false, true},
                                     "share of the iterations that is left out")}},
      {.id = "ema",
       .summary = "An exponential mean with bias correction",
       .formula =
           "v_k = beta v_(k-1) + (1 - beta) x_k from v_0 = 0; the point is v_k / (1 - beta^k)",
       .citation = "Kingma and Ba, Adam, ICLR 2015, section 7.2",
       .parameters = {real_parameter("beta", 0.999, {0, 1, false, true},
                                     "1 / (1 - beta) is about how many iterates count")}}};
  return catalog;
}

const AverageKind* find_average(const std::string& id) {
  const auto& catalog = average_catalog();
  const auto found = std::find_if(catalog.begin(), catalog.end(),
                                  [&](const AverageKind& kind) { return kind.id == id; });
  return found == catalog.end() ? nullptr : &*found;
}

std::string average_text(const AverageSpec& spec) {
  return spec.empty() ? "" : part_text(spec, find_average(spec.name)->parameters);
}

Average::Average(const AverageSpec& spec, std::size_t n, std::uint64_t horizon) {
  if (spec.empty()) return;
  kind_ = static_cast<Kind>(find_average(spec.name) - average_catalog().data());
  if (kind_ == Kind::tail)
    first_ =
        static_cast<std::uint64_t>(std::floor(spec["start"] * static_cast<double>(horizon))) + 1;
  if (kind_ == Kind::ema) {
    weight_ = ExponentialWeight(spec["beta"]);
    corrected_.resize(n);
  }
  sum_.resize(n);
}

std::span<const double> Average::add(std::span<const double> x) {
  ++iteration_;
  if (kind_ == Kind::none || iteration_ < first_) return x;
  ++count_;
  if (kind_ == Kind::ema) {
    add_exponential(x);
    return corrected_;
  }
  add_mean(x);
  return sum_;
}

void Average::add_mean(std::span<const double> x) {
  const auto k = static_cast<double>(count_);
  double* mean = sum_.data();
  for (std::size_t i = 0; i < x.size(); ++i) mean[i] += (x[i] - mean[i]) / k;
}

void Average::add_exponential(std::span<const double> x) {
  weight_.advance();
  const double beta = weight_.beta();
  const double sum = weight_.sum();
  double* v = sum_.data();
  double* point = corrected_.data();
  for (std::size_t i = 0; i < x.size(); ++i) {
    v[i] = beta * v[i] + (1 - beta) * x[i];
    point[i] = v[i] / sum;
  }
}

void Average::restart() {
  count_ = 0;
  weight_.restart();
  std::fill(sum_.begin(), sum_.end(), 0.0);
}

}  // namespace ravine::harness
