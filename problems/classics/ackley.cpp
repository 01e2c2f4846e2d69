// Ackley's function, with s = sqrt(sum of x_i^2 / n) and c = sum of cos(2 pi x_i) / n:
//   f = -20 exp(-s / 5) - exp(c) + 20 + e.
// Near the minimum 0 at 0 the four parts cancel: 20 - 20 exp(-s / 5) and e - exp(c) are computed by
// expm1, and 1 - cos as 2 sin^2.
//
// f is not differentiable at 0, where it is a cone, f = 4 s + O(s^2). Gradient and Hessian there
// are defined as those of the second part alone, x / s being taken as 0: a method that steps onto 0
// finds a stationary point.
#include <cmath>
#include <numbers>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/formula/known.hpp"

namespace ravine::problems {
namespace {

constexpr double kPi = std::numbers::pi;

class Ackley final : public Problem {
 public:
  Ackley(std::uint64_t n, const Instance& instance) : facts_(plain_facts(ackley_family(), n)) {
    // In the basin of a minimum near (2, -2, 2, ...); the others in the customary box.
    Known known{.x0 = std::vector<double>(n),
                .x_star = std::vector<double>(n, 0),
                .f_star = 0,
                .spread = 32.768,
                .centre = 0};
    for (std::uint64_t i = 0; i < n; ++i) known.x0[i] = i % 2 == 0 ? 2.2 : -1.8;
    known.fill(facts_, instance);
  }

  [[nodiscard]] const Facts& facts() const override { return facts_; }

  Answer evaluate(const Objective& objective, std::span<const double> x, double* value,
                  double* gradient) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    const Parts at = parts(x);
    if (value != nullptr)
      *value = -20 * std::expm1(-at.s / 5) - std::numbers::e * std::expm1(at.c_minus_1);
    if (gradient == nullptr) return Answer::ok;
    for (std::size_t i = 0; i < x.size(); ++i)
      gradient[i] = at.cone * x[i] + at.wave * std::sin(2 * kPi * x[i]);
    return Answer::ok;
  }

  // With the gradient a x + b sin(2 pi x): a' = -a (1/5 + 1/s) s' and b' = b c'.
  Answer hessian_vectors(const Objective& objective, std::span<const double> x, const double* v,
                         std::uint64_t count, double* hv) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    const std::size_t n = x.size();
    const double entries = static_cast<double>(n);
    const Parts at = parts(x);
    for (std::uint64_t k = 0; k < count; ++k, v += n, hv += n) {
      double along_x = 0, along_sin = 0;
      for (std::size_t i = 0; i < n; ++i) {
        along_x += x[i] * v[i];
        along_sin += std::sin(2 * kPi * x[i]) * v[i];
      }
      const double s_slope = at.s > 0 ? along_x / (entries * at.s) : 0;
      const double cone_slope = at.s > 0 ? -at.cone * (0.2 + 1 / at.s) * s_slope : 0;
      const double wave_slope = -at.wave * (2 * kPi / entries) * along_sin;
      for (std::size_t i = 0; i < n; ++i) {
        hv[i] = at.cone * v[i] + cone_slope * x[i] + wave_slope * std::sin(2 * kPi * x[i]) +
                at.wave * 2 * kPi * std::cos(2 * kPi * x[i]) * v[i];
      }
    }
    return Answer::ok;
  }

  Answer hessian(const Objective& objective, std::span<const double> x, double* h) override {
    if (!facts_.offers_hessian) return Answer::not_supported;
    const std::size_t n = x.size();
    std::vector<double> unit(n);
    for (std::size_t i = 0; i < n; ++i) {
      unit[i] = 1;
      const Answer answer = hessian_vectors(objective, x, unit.data(), 1, h + i * n);
      if (answer != Answer::ok) return answer;
      unit[i] = 0;
    }
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < i; ++j) h[j * n + i] = h[i * n + j];
    return Answer::ok;
  }

 private:
  struct Parts {
    double s, c_minus_1;
    double cone;  ///< the gradient is cone x + wave sin(2 pi x)
    double wave;
  };
  static Parts parts(std::span<const double> x) {
    const double n = static_cast<double>(x.size());
    double squares = 0, missing = 0;
    for (const double entry : x) {
      squares += entry * entry;
      const double sine = std::sin(kPi * entry);
      missing += 2 * sine * sine;
    }
    Parts at{std::sqrt(squares / n), -missing / n, 0, 0};
    at.cone = at.s > 0 ? 4 * std::exp(-at.s / 5) / (n * at.s) : 0;
    at.wave = (2 * kPi / n) * std::exp(1 + at.c_minus_1);
    return at;
  }

  Facts facts_;
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  return std::make_unique<Ackley>(whole(parameters, "n"), instance);
}

}  // namespace

Family ackley_family() {
  Family family;
  family.id = "ackley";
  family.summary = "an almost flat plain of minima around a cone, not differentiable at its tip";
  family.citation =
      "Ackley, A Connectionist Machine for Genetic Hillclimbing, Kluwer, 1987; for any n: Bäck, "
      "Evolutionary Algorithms in Theory and Practice, Oxford University Press, 1996";
  family.parameters = {dimension_parameter(1, "2")};
  family.make = make;
  return family;
}

}  // namespace ravine::problems
