// A sigmoid fitted to N points,
//   f(w) = 1/N sum of (s(w_1 x_i + w_2) - y_i)^2,  s(z) = 1 / (1 + exp(-z)),
// x_i evenly on [-5, 5]. The labels are exact, y_i = s(1.5 x_i - 1), so that f* = 0, or noisy: 1
// with that probability and else 0. Then f* is what minimizer() finds; but for N = 50 in a third of
// the draws, instance 0 not among them, an infinitely steep step is better and there is no minimum.
//
// Where |w_2| is large all s are 0 or 1, the gradient is of the size exp(-|w_2|) and f is near the
// mean of y_i^2 (w_2 -> -inf) or of (1 - y_i)^2 (w_2 -> inf): plateaus. |s'| <= 1/4 and
// |s''| <= 1/(6 sqrt 3) bound the curvature everywhere by L.
//
// Starts at (0, 0), at (0, -12) or (0, 12) on a plateau, or at (-6, 8), a steep step that falls
// where the data rise; others up to 1 from there in each variable.
#include <algorithm>
#include <array>
#include <numbers>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/formula/known.hpp"
#include "problems/landscapes/sigmoid_sum.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

constexpr double kTrue[] = {1.5, -1};

class SigmoidResiduals final : public Residuals {
 public:
  explicit SigmoidResiduals(const SigmoidSum& sum) : sum_(sum) {}
  [[nodiscard]] std::uint64_t count() const override { return sum_.x.size(); }
  [[nodiscard]] double scale() const override { return 1 / static_cast<double>(sum_.x.size()); }
  Answer residuals(std::span<const double> w, double* r) override {
    for (std::size_t i = 0; i < sum_.x.size(); ++i) r[i] = at(i, w).value - sum_.y[i];
    return Answer::ok;
  }
  Answer jacobian_vector(std::span<const double> w, const double* v, double* jv) override {
    for (std::size_t i = 0; i < sum_.x.size(); ++i)
      jv[i] = at(i, w).first * (sum_.x[i] * v[0] + v[1]);
    return Answer::ok;
  }
  Answer vector_jacobian(std::span<const double> w, const double* u, double* uj) override {
    uj[0] = uj[1] = 0;
    for (std::size_t i = 0; i < sum_.x.size(); ++i) {
      const double slope = at(i, w).first * u[i];
      uj[0] += slope * sum_.x[i];
      uj[1] += slope;
    }
    return Answer::ok;
  }
  Answer jacobian(std::span<const double> w, double* j) override {
    for (std::size_t i = 0; i < sum_.x.size(); ++i) {
      const double slope = at(i, w).first;
      j[2 * i] = slope * sum_.x[i];
      j[2 * i + 1] = slope;
    }
    return Answer::ok;
  }

 private:
  [[nodiscard]] Sigmoid at(std::size_t i, std::span<const double> w) const {
    return Sigmoid(w[0] * sum_.x[i] + w[1]);
  }
  const SigmoidSum& sum_;
};

class SigmoidFitting final : public Problem {
 public:
  SigmoidFitting(const Parameters& parameters, const Instance& instance)
      : facts_(plain_facts(sigmoid_fitting_family(), 2)) {
    const std::uint64_t N = whole(parameters, "samples");
    const bool noisy = parameters.at("labels").text == "noisy";
    add_points(N, noisy, instance);
    set_start(parameters.at("start").text, instance);
    facts_.sample_count = N;
    const double bound = 2 * (1.0 / 16 + 1 / (6 * std::numbers::sqrt3)) * sum_.mean_square();
    facts_.constants.insert({{"N", static_cast<double>(N)}, {"L", bound}});
    double ones = 0, zeros = 0;
    for (const double y : sum_.y) ones += y * y, zeros += (1 - y) * (1 - y);
    const auto count = static_cast<double>(N);
    using enum Landmark::Kind;
    facts_.landmarks = {{"w2 -> -inf", infinity, ones / count, {}},
                        {"w2 -> inf", infinity, zeros / count, {}}};
    if (noisy) facts_.landmarks.push_back({"a step, |w| -> inf", infinity, sum_.best_step(), {}});
    if (const auto w = noisy ? sum_.minimizer() : std::optional(std::to_array(kTrue))) {
      facts_.x_star.assign(w->begin(), w->end());
      facts_.f_star = sum_.at({}, *w).value;
      facts_.rounding_floor = rounding_floor_at(*this);
    }
  }

  [[nodiscard]] const Facts& facts() const override { return facts_; }

  Answer evaluate(const Objective& objective, std::span<const double> w, double* value,
                  double* gradient) override {
    if (const Answer answer = admit(facts_, objective, w); answer != Answer::ok) return answer;
    const SigmoidSum::Expansion e = sum_.at(objective, w);
    if (value != nullptr) *value = e.value;
    if (gradient != nullptr) std::ranges::copy(e.gradient, gradient);
    return Answer::ok;
  }

  Answer hessian_vectors(const Objective& objective, std::span<const double> w, const double* v,
                         std::uint64_t count, double* hv) override {
    if (const Answer answer = admit(facts_, objective, w); answer != Answer::ok) return answer;
    const auto& h = sum_.at(objective, w).hessian;
    for (std::uint64_t k = 0; k < 2 * count; k += 2) {
      hv[k] = h[0] * v[k] + h[1] * v[k + 1];
      hv[k + 1] = h[2] * v[k] + h[3] * v[k + 1];
    }
    return Answer::ok;
  }

  Answer hessian(const Objective& objective, std::span<const double> w, double* h) override {
    if (const Answer answer = admit(facts_, objective, w); answer != Answer::ok) return answer;
    std::ranges::copy(sum_.at(objective, w).hessian, h);
    return Answer::ok;
  }

  Residuals* residuals() override { return &residuals_; }

 private:
  void add_points(std::uint64_t N, bool noisy, const Instance& instance) {
    const Stream labels(instance.index == 0 ? 0 : instance.seed, "sigmoid_fitting/labels");
    for (std::uint64_t i = 0; i < N; ++i) {
      sum_.x.push_back(-5 + 10 * static_cast<double>(i) / static_cast<double>(N - 1));
      const double y = Sigmoid(kTrue[0] * sum_.x[i] + kTrue[1]).value;
      sum_.y.push_back(!noisy ? y : labels.uniform(i) < y ? 1 : 0);
    }
  }

  void set_start(const std::string& name, const Instance& instance) {
    facts_.x0 = {0, 0};
    if (name == "plateau_left") facts_.x0 = {0, -12};
    if (name == "plateau_right") facts_.x0 = {0, 12};
    if (name == "reversed") facts_.x0 = {-6, 8};
    if (instance.index == 0) return;
    const Stream start(instance.seed, "sigmoid_fitting/start");
    for (std::size_t i = 0; i < 2; ++i) facts_.x0[i] += 2 * start.uniform(i) - 1;
  }

  Facts facts_;
  SigmoidSum sum_;
  SigmoidResiduals residuals_{sum_};
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  return std::make_unique<SigmoidFitting>(parameters, instance);
}

}  // namespace

Family sigmoid_fitting_family() {
  Family family;
  family.id = "sigmoid_fitting";
  family.summary = "a sigmoid of two parameters, with plateaus where it is saturated";
  family.citation =
      "the teaching problem of least squares through a sigmoid; its plateaus: Auer, Herbster and "
      "Warmuth, Exponentially many local minima for single neurons, NIPS 1995";
  family.stochastic = true;
  using enum ParameterType;
  family.parameters = {
      {"samples", integer, "50", 2, 1e5, {}, "N, number of points"},
      {"labels", choice, "exact", 0, 0, {"exact", "noisy"}, "values of the sigmoid, or 0 and 1"},
      {"start",
       choice,
       "near",
       0,
       0,
       {"near", "plateau_left", "plateau_right", "reversed"},
       "(0, 0), (0, -12), (0, 12) or (-6, 8)"},
  };
  family.make = make;
  return family;
}

}  // namespace ravine::problems
