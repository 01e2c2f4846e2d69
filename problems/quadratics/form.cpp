#include "problems/quadratics/form.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "problems/facts.hpp"
#include "problems/linear/dense_by_products.hpp"
#include "problems/linear/reduce.hpp"

namespace ravine::problems {
namespace {

/// Aligned with the axes, coordinates do not see each other.
class SeparableCursor final : public Cursor {
 public:
  SeparableCursor(std::span<const double> d, std::span<const double> c, std::span<const double> x)
      : d_(d), c_(c), x_(x.begin(), x.end()) {}
  Answer partial(std::uint64_t i, double* first, double* second) override {
    if (first != nullptr) *first = d_[i] * (x_[i] - c_[i]);
    if (second != nullptr) *second = d_[i];
    return Answer::ok;
  }
  Answer move(std::uint64_t i, double delta) override {
    x_[i] += delta;
    return Answer::ok;
  }

 private:
  std::span<const double> d_, c_;
  std::vector<double> x_;
};

// y := x - c
void subtract(std::span<const double> x, std::span<const double> c, std::span<double> y) {
  std::size_t i = 0;
  for (; i + kLanes <= y.size(); i += kLanes) {
    lanes::Pack entries;
    lanes::Pack center;
    lanes::load(entries, &x[i]);
    lanes::load(center, &c[i]);
    lanes::store(&y[i], entries - center);
  }
  for (; i < y.size(); ++i) y[i] = x[i] - c[i];
}

}  // namespace

QuadraticForm::QuadraticForm(Facts facts, std::vector<double> d, std::unique_ptr<Rotation> q)
    : facts_(std::move(facts)),
      d_(std::move(d)),
      q_(std::move(q)),
      residuals_(d_, facts_.x_star, q_.get(), 0) {
  facts_.f_star = 0;
  const double mu = d_.front();
  const double L = d_.back();
  std::size_t distinct = 1;
  for (std::size_t i = 1; i < d_.size(); ++i) distinct += d_[i] != d_[i - 1] ? 1U : 0U;
  facts_.constants.insert(
      {{"mu", mu}, {"L", L}, {"kappa", L / mu}, {"distinct", static_cast<double>(distinct)}});
  facts_.shape = Shape::quadratic;
  facts_.rounding_floor = rounding_floor();
  facts_.offers_partials = !q_;  // rotated, a coordinate costs as much as a gradient
  y_ = std::vector<double>();    // a worker that shares this problem has scratch memory of its own
}

Answer QuadraticForm::evaluate(const Objective& objective, std::span<const double> x, double* value,
                               double* gradient) {
  if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
  if (gradient == nullptr) {
    if (value != nullptr) *value = value_at(x);
    return Answer::ok;
  }
  // In the caller's memory, so that a worker touches no more than it must.
  double squares = 0;
  if (!q_) {
    squares = scaled_difference(d_, x, facts_.x_star, gradient);
  } else {
    const std::span<double> y(gradient, x.size());
    subtract(x, facts_.x_star, y);
    q_->apply_transposed(y);
    squares = scale_in_place(d_, y);
    q_->apply(y);
  }
  if (value != nullptr) *value = 0.5 * squares;
  return Answer::ok;
}

Answer QuadraticForm::hessian_vectors(const Objective& objective, std::span<const double> x,
                                      const double* v, std::uint64_t count, double* hv) {
  if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
  const std::size_t n = x.size();
  for (std::uint64_t k = 0; k < count; ++k) {
    std::copy_n(v + k * n, n, hv + k * n);
    multiply({hv + k * n, n});
  }
  return Answer::ok;
}

Answer QuadraticForm::hessian(const Objective& objective, std::span<const double> x, double* h) {
  if (!facts_.offers_hessian) return Answer::not_supported;
  if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
  dense_by_products(x.size(), h, [&](double* row) { multiply({row, x.size()}); });
  return Answer::ok;
}

std::unique_ptr<Cursor> QuadraticForm::cursor(const Objective& objective,
                                              std::span<const double> x) {
  if (!facts_.offers_partials || admit(facts_, objective, x) != Answer::ok) return nullptr;
  return std::make_unique<SeparableCursor>(d_, facts_.x_star, x);
}

void QuadraticForm::measure_components() {
  if (facts_.constants.at("distinct") > kMostComponents)
    throw ProblemError("components = \"each\" of problem '" + facts_.family + "' is for at most " +
                       std::to_string(kMostComponents) +
                       " different eigenvalues: write spectrum = \"distinct\" and groups = 5");
  for (std::size_t i = 0; i < d_.size(); ++i) {
    if (i > 0 && d_[i] == d_[i - 1]) continue;
    const std::string number = std::to_string(facts_.metrics.size() + 1);
    facts_.constants["lambda_" + number] = d_[i];
    facts_.metrics.push_back({"component_" + number, "1", false});
  }
}

Answer QuadraticForm::measure(std::span<const double> x, std::span<double> metrics) {
  if (facts_.metrics.empty()) return Answer::not_supported;
  if (const Answer answer = admit(facts_, {}, x); answer != Answer::ok) return answer;
  y_.resize(x.size());
  subtract(x, facts_.x_star, y_);
  if (q_) q_->apply_transposed(y_);
  std::size_t at = 0;
  double squares = 0;
  for (std::size_t i = 0; i < d_.size(); ++i) {
    squares += y_[i] * y_[i];
    if (i + 1 < d_.size() && d_[i + 1] == d_[i]) continue;
    metrics[at++] = std::sqrt(squares);
    squares = 0;
  }
  return Answer::ok;
}

// y := Q D Q' y
void QuadraticForm::multiply(std::span<double> y) {
  if (q_) q_->apply_transposed(y);
  for (std::size_t i = 0; i < y.size(); ++i) y[i] *= d_[i];
  if (q_) q_->apply(y);
}

double QuadraticForm::value_at(std::span<const double> x) {
  if (!q_) return 0.5 * weighted_squares(d_, x, facts_.x_star);
  y_.resize(x.size());
  subtract(x, facts_.x_star, y_);
  q_->apply_transposed(y_);
  return 0.5 * weighted_squares(d_, y_);
}

// The last update of a method is rounded to the doubles about c, so that x - c is left with up to
// u |c_j| in each entry, u = 2^-53: f is then up to 1/2 sum_j A_jj (u c_j)^2, with A = Q D Q'.
// Rotated, A_jj is taken as its mean tr(D) / n, which the rotation's flatness makes near. With
// c = 0 doubles are as dense as wanted and the floor is 0. (A method whose steps are gradient / L
// stops moving earlier, where |A (x - c)|_j < L u |c_j|: that is the method's, not the problem's.)
double QuadraticForm::rounding_floor() {
  const double f0 = value_at(facts_.x0);
  const auto n = static_cast<double>(facts_.n);
  const std::vector<double>& c = facts_.x_star;
  const double curved = q_ ? sum(d_) / n * dot(c, c) : weighted_squares(d_, c);
  return 0.5 * kUnitRoundoff * kUnitRoundoff * curved / f0;
}

}  // namespace ravine::problems
