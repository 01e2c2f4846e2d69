// Convex quadratics of any dimension with a prescribed spectrum, aligned with the axes or rotated.
#include <algorithm>
#include <cmath>
#include <optional>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/linear/hadamard.hpp"
#include "problems/linear/reduce.hpp"
#include "problems/linear/spectrum.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

// Of the rotation of instance 0: digits of pi.
constexpr std::uint64_t kCanonicalKey = 0x243F6A8885A308D3;

/// Aligned with the axes, coordinates do not see each other.
class QuadraticCursor final : public Cursor {
 public:
  QuadraticCursor(std::span<const double> d, std::span<const double> c, std::span<const double> x)
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

/// f(x) = 1/2 (x - c)' Q D Q' (x - c), gradient Q D Q' (x - c), c = x*. No matrix is formed: D is a
/// vector, Q the identity or a HadamardRotation. One evaluation costs O(n), rotated O(n log n).
class Quadratic final : public Problem {
 public:
  Quadratic(const Parameters& parameters, const Instance& instance)
      : facts_(plain_facts(quadratic_family(), whole(parameters, "n"))) {
    const std::uint64_t n = facts_.n;
    d_ = spectrum(parameters.at("spectrum").text, n, real(parameters, "kappa"),
                  whole(parameters, "distinct"));
    const bool canonical = instance.index == 0;
    if (parameters.at("rotation").text == "hadamard")
      q_.emplace(n, canonical ? kCanonicalKey : instance.seed);
    const Stream shift(instance.seed, "quadratic/shift");
    const Stream start(instance.seed, "quadratic/start");
    std::vector<double>& x0 = facts_.x0;
    std::vector<double>& c = facts_.x_star;
    x0.resize(n);
    c.resize(n);
    for (std::uint64_t i = 0; i < n; ++i) {
      c[i] = canonical ? 0 : shift.normal(i);
      x0[i] = canonical ? 1 : start.normal(i);
    }
    if (q_) q_->apply(x0);
    for (std::uint64_t i = 0; i < n; ++i) x0[i] += c[i];
    facts_.f_star = 0;
    const double mu = d_.front();
    const double L = d_.back();
    facts_.constants.insert({{"mu", mu}, {"L", L}, {"kappa", L / mu}});
    facts_.rounding_floor = rounding_floor();
    facts_.offers_partials = !q_;  // rotated, a coordinate costs as much as a gradient
    y_ = std::vector<double>();  // a worker that shares this problem has scratch memory of its own
  }

  [[nodiscard]] const Facts& facts() const override { return facts_; }

  Answer evaluate(const Objective& objective, std::span<const double> x, double* value,
                  double* gradient) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    if (gradient == nullptr) {
      if (value != nullptr) *value = value_at(x);
      return Answer::ok;
    }
    // In the caller's memory, so that a worker touches no more than it must.
    const std::span<double> y(gradient, x.size());
    subtract_center(x, y);
    if (value != nullptr) *value = 0.5 * weighted_squares(d_, y);
    scale_and_rotate(y);
    return Answer::ok;
  }

  Answer hessian_vectors(const Objective& objective, std::span<const double> x, const double* v,
                         std::uint64_t count, double* hv) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    const std::size_t n = x.size();
    for (std::uint64_t k = 0; k < count; ++k) {
      const std::span<double> y(hv + k * n, n);
      std::copy_n(v + k * n, n, y.begin());
      if (q_) q_->apply_transposed(y);
      scale_and_rotate(y);
    }
    return Answer::ok;
  }

  Answer hessian(const Objective& objective, std::span<const double> x, double* h) override {
    if (!facts_.offers_hessian) return Answer::not_supported;
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    const std::size_t n = x.size();
    for (std::size_t j = 0; j < n; ++j) {
      const std::span<double> y(h + j * n, n);
      std::ranges::fill(y, 0.0);
      y[j] = 1;
      if (q_) q_->apply_transposed(y);
      scale_and_rotate(y);
    }
    // Rounding leaves Q D Q' e_j asymmetric in the last bits.
    for (std::size_t j = 0; j < n; ++j)
      for (std::size_t i = 0; i < j; ++i)
        h[j * n + i] = h[i * n + j] = 0.5 * (h[j * n + i] + h[i * n + j]);
    return Answer::ok;
  }

  std::unique_ptr<Cursor> cursor(const Objective& objective, std::span<const double> x) override {
    if (!facts_.offers_partials || admit(facts_, objective, x) != Answer::ok) return nullptr;
    return std::make_unique<QuadraticCursor>(d_, facts_.x_star, x);
  }

 private:
  // y := Q'(x - c)
  void subtract_center(std::span<const double> x, std::span<double> y) const {
    const std::vector<double>& c = facts_.x_star;
    for (std::size_t i = 0; i < y.size(); ++i) y[i] = x[i] - c[i];
    if (q_) q_->apply_transposed(y);
  }

  // y := Q D y
  void scale_and_rotate(std::span<double> y) const {
    for (std::size_t i = 0; i < y.size(); ++i) y[i] *= d_[i];
    if (q_) q_->apply(y);
  }

  [[nodiscard]] double value_at(std::span<const double> x) {
    if (!q_) return 0.5 * weighted_squares(d_, x, facts_.x_star);
    y_.resize(x.size());
    subtract_center(x, y_);
    return 0.5 * weighted_squares(d_, y_);
  }

  // The last update of a method is rounded to the doubles about c, so that x - c is left with up to
  // u |c_j| in each entry, u = 2^-53: f is then up to 1/2 sum_j A_jj (u c_j)^2, with A = Q D Q'.
  // Rotated, A_jj is taken as its mean tr(D) / n, which the rotation's flatness makes near. With
  // c = 0 doubles are as dense as wanted and the floor is 0. (A method whose steps are gradient / L
  // stops moving earlier, where |A (x - c)|_j < L u |c_j|: that is the method's, not the
  // problem's.)
  [[nodiscard]] double rounding_floor() {
    const double f0 = value_at(facts_.x0);
    const auto n = static_cast<double>(facts_.n);
    const std::vector<double>& c = facts_.x_star;
    const double curved = q_ ? sum(d_) / n * dot(c, c) : weighted_squares(d_, c);
    return 0.5 * kUnitRoundoff * kUnitRoundoff * curved / f0;
  }

  Facts facts_;
  std::vector<double> d_;
  std::optional<HadamardRotation> q_;
  std::vector<double> y_;  ///< scratch of a value without a gradient: Q'(x - c)
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::uint64_t n = whole(parameters, "n");
  const std::uint64_t distinct = whole(parameters, "distinct");
  const bool conditioned = real(parameters, "kappa") > 1;
  if (n == 1 && conditioned)
    throw ProblemError("parameter 'kappa' of problem 'quadratic' must be 1 for n = 1");
  if (parameters.at("spectrum").text == "clusters" &&
      (distinct > n || (conditioned && distinct < 2)))
    throw ProblemError(
        "parameter 'distinct' of problem 'quadratic' must be from 2 (from 1 for kappa = 1) to n "
        "= " +
        std::to_string(n) + ", not " + std::to_string(distinct));
  return std::make_unique<Quadratic>(parameters, instance);
}

}  // namespace

Family quadratic_family() {
  Family family;
  family.id = "quadratic";
  family.summary = "convex quadratic with a prescribed spectrum, up to ten million variables";
  family.citation =
      "Polyak, Some methods of speeding up the convergence of iteration methods, USSR "
      "Computational Mathematics and Mathematical Physics 4(5), 1964, 1-17";
  using enum ParameterType;
  family.parameters = {
      dimension_parameter(1, "100"),
      {"kappa", real, "100", 1, 1e12, {}, "condition number; eigenvalues lie in [1, kappa]"},
      {"spectrum", choice, "log", 0, 0, spectrum_names(), "how the eigenvalues are spaced"},
      {"distinct", integer, "5", 1, 1e7, {}, "number of distinct eigenvalues of 'clusters'"},
      {"rotation", choice, "none", 0, 0, {"none", "hadamard"}, "orientation of the axes"},
  };
  family.make = make;
  return family;
}

}  // namespace ravine::problems
