#include "problems/quadratics/shifted.hpp"

#include <algorithm>
#include <utility>

#include "problems/facts.hpp"
#include "problems/formula/known.hpp"
#include "problems/linear/dense_by_products.hpp"
#include "problems/linear/reduce.hpp"

namespace ravine::problems {

ShiftedQuadratics::ShiftedQuadratics(Facts facts, std::vector<double> d,
                                     std::unique_ptr<Rotation> q, Shifts shifts)
    : facts_(std::move(facts)),
      d_(std::move(d)),
      q_(std::move(q)),
      shifts_(std::move(shifts)),
      training_(moments_of(shifts_.z, facts_.n)),
      all_(shifts_.fresh ? Moments{shifts_.centre, shifts_.variance} : training_),
      test_(moments_of(shifts_.test, facts_.n)),
      y_(facts_.n),
      one_(facts_.n) {
  add_facts();
}

void ShiftedQuadratics::add_facts() {
  const std::size_t n = facts_.n;
  facts_.sample_count = shifts_.z.size() / n;
  facts_.fresh_samples = static_cast<bool>(shifts_.fresh);
  facts_.x_star = all_.mean;
  if (q_) q_->apply(facts_.x_star);
  facts_.f_star = 0.5 * dot(d_, all_.variance);
  if (!facts_.fresh_samples) residuals_.emplace(d_, facts_.x_star, q_.get(), *facts_.f_star);
  double noise = 0;
  for (std::size_t j = 0; j < n; ++j) noise += d_[j] * d_[j] * all_.variance[j];
  facts_.constants.insert({{"mu", d_.front()},
                           {"L", d_.back()},
                           {"kappa", d_.back() / d_.front()},
                           {"N", static_cast<double>(facts_.sample_count)},
                           {"noise", noise}});
  facts_.shape = Shape::quadratic;
  facts_.metrics.push_back({"training_loss", "1", false});
  if (!shifts_.test.empty()) facts_.metrics.push_back({"test_loss", "1", false});
  if (!shifts_.centre.empty()) {
    facts_.metrics.push_back({"fresh_risk", "1", false});
    facts_.metrics.push_back({"gap", "1", false});
  }
  facts_.rounding_floor = rounding_floor_at(*this);
}

ShiftedQuadratics::Moments ShiftedQuadratics::moments_of(std::span<const double> z, std::size_t n) {
  if (z.empty()) return {};
  Moments m{std::vector<double>(n), std::vector<double>(n)};
  const std::size_t count = z.size() / n;
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t j = 0; j < n; ++j) m.mean[j] += z[i * n + j];
  for (double& mean : m.mean) mean /= static_cast<double>(count);
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      const double apart = z[i * n + j] - m.mean[j];
      m.variance[j] += apart * apart;
    }
  for (double& variance : m.variance) variance /= static_cast<double>(count);
  return m;
}

// The mean over all samples with these moments, at y = Q'x.
double ShiftedQuadratics::loss(const Moments& moments, std::span<const double> y) const {
  return 0.5 * weighted_squares(d_, y, moments.mean) + 0.5 * dot(d_, moments.variance);
}

std::span<const double> ShiftedQuadratics::sample(std::uint64_t i) {
  if (!shifts_.fresh) return std::span(shifts_.z).subspan(i * facts_.n, facts_.n);
  shifts_.fresh(i, one_);
  return one_;
}

Answer ShiftedQuadratics::evaluate(const Objective& objective, std::span<const double> x,
                                   double* value, double* gradient) {
  if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
  const std::size_t n = x.size();
  std::ranges::copy(x, y_.begin());
  if (q_) q_->apply_transposed(y_);
  if (objective.full) {
    if (value != nullptr) *value = loss(all_, y_);
    if (gradient != nullptr)
      for (std::size_t j = 0; j < n; ++j) gradient[j] = d_[j] * (y_[j] - all_.mean[j]);
  } else {
    if (gradient != nullptr) std::fill_n(gradient, n, 0.0);
    const double share = 1 / static_cast<double>(objective.samples.size());
    double squares = 0;
    for (const std::uint64_t i : objective.samples) {
      const std::span<const double> z = sample(i);
      if (value != nullptr) squares += weighted_squares(d_, y_, z);
      if (gradient == nullptr) continue;
      for (std::size_t j = 0; j < n; ++j) gradient[j] += y_[j] - z[j];
    }
    if (value != nullptr) *value = 0.5 * squares * share;
    if (gradient != nullptr)
      for (std::size_t j = 0; j < n; ++j) gradient[j] *= d_[j] * share;
  }
  if (gradient != nullptr && q_) q_->apply({gradient, n});
  return Answer::ok;
}

// A, whatever the samples.
Answer ShiftedQuadratics::hessian_vectors(const Objective& objective, std::span<const double> x,
                                          const double* v, std::uint64_t count, double* hv) {
  if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
  const std::size_t n = x.size();
  for (std::uint64_t k = 0; k < count; ++k) {
    std::copy_n(v + k * n, n, hv + k * n);
    multiply({hv + k * n, n});
  }
  return Answer::ok;
}

// y := A y
void ShiftedQuadratics::multiply(std::span<double> y) {
  if (q_) q_->apply_transposed(y);
  for (std::size_t j = 0; j < y.size(); ++j) y[j] *= d_[j];
  if (q_) q_->apply(y);
}

Answer ShiftedQuadratics::hessian(const Objective& objective, std::span<const double> x,
                                  double* h) {
  if (!facts_.offers_hessian) return Answer::not_supported;
  if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
  dense_by_products(x.size(), h, [&](double* row) { multiply({row, x.size()}); });
  return Answer::ok;
}

Answer ShiftedQuadratics::measure(std::span<const double> x, std::span<double> metrics) {
  std::ranges::copy(x, y_.begin());
  if (q_) q_->apply_transposed(y_);
  std::size_t k = 0;
  const double training = loss(training_, y_);
  metrics[k++] = training;
  if (!shifts_.test.empty()) metrics[k++] = loss(test_, y_);
  if (!shifts_.centre.empty()) {
    const double risk = loss({shifts_.centre, shifts_.variance}, y_);
    metrics[k++] = risk;
    metrics[k] = risk - training;
  }
  return Answer::ok;
}

}  // namespace ravine::problems
