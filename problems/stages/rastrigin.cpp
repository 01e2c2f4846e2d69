// Rastrigin's function and its continuation from a convex function to it.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/random/stream.hpp"
#include "problems/text/number.hpp"

namespace ravine::problems {
namespace {

constexpr double kPi = std::numbers::pi;
constexpr double kBox = 5.12;  // instances but 0 start uniformly in [-5.12, 5.12]^n

/// One wave and its derivatives by x, Ae = A e: see below.
double slope(double Ae, double x) {
  return 2 * x + 4 * kPi * Ae * std::sin(kPi * x) * std::cos(kPi * x);
}
double curvature(double Ae, double x) { return 2 + 4 * kPi * kPi * Ae * std::cos(2 * kPi * x); }

/// Coordinates do not see each other.
class RastriginCursor final : public Cursor {
 public:
  RastriginCursor(double Ae, std::span<const double> x) : Ae_(Ae), x_(x.begin(), x.end()) {}
  Answer partial(std::uint64_t i, double* first, double* second) override {
    if (first != nullptr) *first = slope(Ae_, x_[i]);
    if (second != nullptr) *second = curvature(Ae_, x_[i]);
    return Answer::ok;
  }
  Answer move(std::uint64_t i, double delta) override {
    x_[i] += delta;
    return Answer::ok;
  }

 private:
  double Ae_;
  std::vector<double> x_;
};

/// f(x) = A n + sum of x_i^2 - A cos 2 pi x_i, and its Gaussian homotopy
///   g(x, t) = E f(x + t Z) = A n + sum of x_i^2 + t^2 - A e cos 2 pi x_i,  e = exp(-2 pi^2 t^2),
/// convex from t = sqrt(ln(2 pi^2 A) / (2 pi^2)) on, 0.5174 for A = 10. Minimum 0 at 0 for t = 0.
///
/// Stage s of k has t = t0 (1 - s / (k - 1)); one stage alone is f itself.
class Rastrigin final : public Problem {
 public:
  Rastrigin(const Parameters& parameters, const Instance& instance)
      : facts_(plain_facts(rastrigin_family(), whole(parameters, "n"))),
        A_(real(parameters, "amplitude")) {
    facts_.offers_partials = true;
    const std::uint64_t n = facts_.n;
    const Stream start(instance.seed, "rastrigin/start");
    facts_.x0.resize(n);
    for (std::uint64_t i = 0; i < n; ++i) {
      // Inside the basins of the local minima near 3 and -3: descent on f alone ends there, while
      // the first stage leads to 0.
      const double canonical = i % 2 == 0 ? 3.3 : -2.7;
      facts_.x0[i] = instance.index == 0 ? canonical : kBox * (2 * start.uniform(i) - 1);
    }
    facts_.f_star = 0;
    facts_.x_star.assign(n, 0.0);
    facts_.constants["L"] = 2 + 4 * kPi * kPi * A_;  // of every stage: e <= 1
    facts_.stages.clear();
    const std::uint64_t last = whole(parameters, "stages") - 1;
    for (std::uint64_t s = 0; s <= last; ++s) {
      const double t = real(parameters, "t0") * static_cast<double>(last - s) /
                       static_cast<double>(std::max<std::uint64_t>(last, 1));
      facts_.stages.push_back({"t=" + rounded(t, 3), t, false});
    }
  }

  [[nodiscard]] const Facts& facts() const override { return facts_; }

  Answer evaluate(const Objective& objective, std::span<const double> x, double* value,
                  double* gradient) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    const double t = facts_.stages[objective.stage].parameter;
    const double Ae = damped(objective);
    // 1 - cos 2 pi x = 2 sin^2 pi x keeps the digits that A n - A sum cos would cancel near 0.
    double f = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double s = std::sin(kPi * x[i]);
      f += x[i] * x[i] + 2 * Ae * s * s;
      if (gradient != nullptr) gradient[i] = 2 * x[i] + 4 * kPi * Ae * s * std::cos(kPi * x[i]);
    }
    if (value != nullptr) *value = f + static_cast<double>(x.size()) * (t * t + (A_ - Ae));
    return Answer::ok;
  }

  Answer hessian_vectors(const Objective& objective, std::span<const double> x, const double* v,
                         std::uint64_t count, double* hv) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    const std::size_t n = x.size();
    const double Ae = damped(objective);
    for (std::size_t i = 0; i < n; ++i) {
      const double h = curvature(Ae, x[i]);
      for (std::uint64_t k = 0; k < count; ++k) hv[k * n + i] = h * v[k * n + i];
    }
    return Answer::ok;
  }

  Answer hessian(const Objective& objective, std::span<const double> x, double* h) override {
    if (!facts_.offers_hessian) return Answer::not_supported;
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    const std::size_t n = x.size();
    std::fill_n(h, n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) h[i * n + i] = curvature(damped(objective), x[i]);
    return Answer::ok;
  }

  std::unique_ptr<Cursor> cursor(const Objective& objective, std::span<const double> x) override {
    if (admit(facts_, objective, x) != Answer::ok) return nullptr;
    return std::make_unique<RastriginCursor>(damped(objective), x);
  }

 private:
  // A e
  [[nodiscard]] double damped(const Objective& objective) const {
    const double t = facts_.stages[objective.stage].parameter;
    return A_ * std::exp(-2 * kPi * kPi * t * t);
  }

  Facts facts_;
  double A_;
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  return std::make_unique<Rastrigin>(parameters, instance);
}

}  // namespace

Family rastrigin_family() {
  Family family;
  family.id = "rastrigin";
  family.summary = "Rastrigin's lattice of local minima, direct or by Gaussian homotopy";
  family.citation =
      "Rastrigin, Systems of extremal control, Nauka, 1974; homotopy: Mobahi and Fisher, A "
      "theoretical analysis of optimization by Gaussian continuation, AAAI 2015";
  using enum ParameterType;
  family.parameters = {
      dimension_parameter(1, "2"),
      {"amplitude", real, "10", 0, 1e6, {}, "A, height of the waves"},
      {"t0", real, "0.6", 0, 10, {}, "t of the first stage; from 0.5174 on it is convex (A = 10)"},
      {"stages", integer, "1", 1, 1000, {}, "number of stages; 1 is the function itself"},
  };
  family.make = make;
  return family;
}

}  // namespace ravine::problems
