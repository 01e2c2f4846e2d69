#include "problems/regressions/generated.hpp"

#include <algorithm>
#include <cmath>

#include "problems/linear/reduce.hpp"
#include "problems/linear/spectrum.hpp"

namespace ravine::problems {

Generator::Generator(const GeneratedSpec& spec, const std::string& purpose)
    : spec_(spec),
      deviations_(spectrum("log", spec.n, spec.condition, 1)),
      rotation_(rotation(spec.rotation, spec.n, spec.seed)),
      weights_(spec.n * spec.classes),
      scores_(spec.classes),
      features_(spec.seed, "regression/features, " + purpose),
      noise_(spec.seed, "regression/noise, " + purpose) {
  for (double& s : deviations_) s = std::sqrt(s);
  const Stream target(spec.seed, "regression/weights");
  std::vector<double> column(spec.n);
  for (std::uint64_t k = 0; k < spec.classes; ++k) {
    for (std::uint64_t j = 0; j < spec.n; ++j)
      column[j] =
          target.normal(k * spec.n + j) / std::sqrt(static_cast<double>(spec.n)) / deviations_[j];
    if (rotation_) rotation_->apply(column);
    for (std::uint64_t j = 0; j < spec.n; ++j) weights_[j * spec.classes + k] = column[j];
  }
}

double Generator::sample(std::uint64_t i, double* x) {
  const std::uint64_t n = spec_.n;
  const std::uint64_t classes = spec_.classes;
  for (std::uint64_t j = 0; j < n; ++j) x[j] = deviations_[j] * features_.normal(i * n + j);
  if (rotation_) rotation_->apply({x, n});
  if (spec_.rule == LabelRule::arg_max) {
    std::ranges::fill(scores_, 0.0);
    for (std::uint64_t j = 0; j < n; ++j)
      for (std::uint64_t k = 0; k < classes; ++k) scores_[k] += x[j] * weights_[j * classes + k];
    const bool anyhow = noise_.uniform(2 * i) < spec_.noise;
    const auto best = std::ranges::max_element(scores_) - scores_.begin();
    return static_cast<double>(anyhow ? noise_.below(2 * i + 1, classes)
                                      : static_cast<std::uint64_t>(best));
  }
  const double score = dot({x, n}, weights_);
  if (spec_.rule == LabelRule::real) return score + spec_.noise * noise_.normal(i);
  const bool turned = noise_.uniform(i) < spec_.noise;
  return (score >= 0) != turned ? 1 : -1;
}

void DrawnRows::resize(std::uint64_t count, std::uint64_t columns) {
  values_.resize(count * columns);
  labels_.resize(count);
  view_.count = count;
  view_.columns = columns;
  view_.values = values_;
  view_.labels = labels_;
}

void DrawnRows::draw(Generator& generator, std::span<const std::uint64_t> indices) {
  const std::uint64_t p = generator.columns();
  resize(indices.size(), p);
  for (std::size_t i = 0; i < indices.size(); ++i)
    labels_[i] = generator.sample(indices[i], &values_[i * p]);
}

void DrawnRows::draw(Generator& generator, std::uint64_t count) {
  const std::uint64_t p = generator.columns();
  resize(count, p);
  for (std::uint64_t i = 0; i < count; ++i) labels_[i] = generator.sample(i, &values_[i * p]);
}

}  // namespace ravine::problems
