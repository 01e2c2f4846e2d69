// Gains of a PID controller for a lightly damped plant, y'' + 2 zeta y' + y = u, that is to follow
// a unit step from rest:
//   u = P (1 - y) + I z - D y',  z' = 1 - y   (the derivative acts on the measured y, not on the
//   step)
// and f is the integrated squared error with a price for the effort beyond what holds y = 1,
//   f = h sum over k < N of (1 - y_k)^2 + rho (u_k - 1)^2,
// after y, y', z at k h, by the classical Runge-Kutta method, h = 1/20, N = 400. x = (P, I, D).
//
// One term, smooth (a polynomial) in the gains. Gains beyond stability give large values that still
// have their slopes; far beyond, infinity. As a sum of squares: r_{2k} = 1 - y_k, r_{2k+1} = sqrt
// rho (u_k - 1), all of one simulation, and f = h r'r.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

struct ControllerTuning {
  static constexpr bool kSquares = false;
  static constexpr int kSteps = 400;
  static constexpr double kStep = 0.05;
  double zeta, rho;

  template <class T>
  struct State {
    T y, slope, z;
  };

  /// Calls use(1 - y_k, u_k - 1) for each k.
  template <class T, class X, class Use>
  void simulate(const X& x, Use use) const {
    const T P = x[0], I = x[1], D = x[2];
    const auto control = [&](const State<T>& s) { return P * (1 - s.y) + I * s.z - D * s.slope; };
    const auto rate = [&](const State<T>& s) {
      return State<T>{s.slope, control(s) - (2 * zeta) * s.slope - s.y, 1 - s.y};
    };
    const auto ahead = [](const State<T>& s, double step, const State<T>& k) {
      return State<T>{s.y + step * k.y, s.slope + step * k.slope, s.z + step * k.z};
    };
    State<T> s{0, 0, 0};
    for (int k = 0; k < kSteps; ++k) {
      use(1 - s.y, control(s) - 1);
      const State<T> k1 = rate(s), k2 = rate(ahead(s, kStep / 2, k1)),
                     k3 = rate(ahead(s, kStep / 2, k2)), k4 = rate(ahead(s, kStep, k3));
      s = ahead(s, kStep / 6, k1);
      s = ahead(s, kStep / 3, k2);
      s = ahead(s, kStep / 3, k3);
      s = ahead(s, kStep / 6, k4);
    }
  }

  [[nodiscard]] std::size_t terms() const { return 1; }
  template <class T, class X>
  T term(std::size_t, const X& x) const {
    T sum = 0;
    simulate<T>(
        x, [&](const T& error, const T& effort) { sum += square(error) + rho * square(effort); });
    return kStep * sum;
  }
};

class ControllerResiduals final : public Residuals {
 public:
  explicit ControllerResiduals(const ControllerTuning& f) : f_(f), root_(std::sqrt(f.rho)) {}
  [[nodiscard]] std::uint64_t count() const override {
    return std::uint64_t{2} * ControllerTuning::kSteps;
  }
  [[nodiscard]] double scale() const override { return ControllerTuning::kStep; }
  Answer residuals(std::span<const double> x, double* r) override {
    if (x.size() != 3) return Answer::failed;
    f_.simulate<double>(x, [&](double error, double effort) {
      *r++ = error;
      *r++ = root_ * effort;
    });
    return Answer::ok;
  }
  Answer jacobian_vector(std::span<const double> x, const double* v, double* jv) override {
    if (x.size() != 3) return Answer::failed;
    f_.simulate<Dual<1>>(formula::Directed{x.data(), v},
                         [&](const Dual<1>& error, const Dual<1>& effort) {
                           *jv++ = error.d[0];
                           *jv++ = root_ * effort.d[0];
                         });
    return Answer::ok;
  }
  Answer vector_jacobian(std::span<const double> x, const double* u, double* uj) override {
    if (x.size() != 3) return Answer::failed;
    std::fill_n(uj, 3, 0.0);
    slopes(x, [&](const Dual<3>& error, const Dual<3>& effort) {
      for (std::size_t i = 0; i < 3; ++i) uj[i] += u[0] * error.d[i] + u[1] * (root_ * effort.d[i]);
      u += 2;
    });
    return Answer::ok;
  }
  Answer jacobian(std::span<const double> x, double* j) override {
    if (x.size() != 3) return Answer::failed;
    slopes(x, [&](const Dual<3>& error, const Dual<3>& effort) {
      for (const double d : error.d) *j++ = d;
      for (const double d : effort.d) *j++ = root_ * d;
    });
    return Answer::ok;
  }

 private:
  template <class Use>
  void slopes(std::span<const double> x, Use use) const {
    std::array<Dual<3>, 3> gains;
    for (std::size_t i = 0; i < 3; ++i) {
      gains[i] = x[i];
      gains[i].d[i] = 1;
    }
    f_.simulate<Dual<3>>(gains, use);
  }

  ControllerTuning f_;
  double root_;
};

class ControllerTuningProblem final : public FormulaProblem<ControllerTuning> {
 public:
  ControllerTuningProblem(const ControllerTuning& f, Facts facts)
      : FormulaProblem(f, std::move(facts)), residuals_(f) {}
  Residuals* residuals() override { return &residuals_; }

 private:
  ControllerResiduals residuals_;
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const ControllerTuning f{real(parameters, "damping"), real(parameters, "effort")};
  // Within stability: all starts drawn have P in [0.5, 1.5], I in [0.1, 0.3], D in [0.2, 0.8].
  Known known{.x0 = {1, 0.2, 0.5}, .x_star = {}, .spread = 0};
  if (instance.index != 0) {
    const Stream start(instance.seed, "controller_tuning/start");
    for (std::size_t i = 0; i < 3; ++i) known.x0[i] *= 0.5 + start.uniform(i);
  }
  // By Newton's method in 60 digits from where 60 random starts of a simplex search all ended.
  if (f.zeta == 0.2 && f.rho == 0.1) {
    known.f_star = 0.72349025874255033236;
    known.x_star = {3.0598676446034011944, 1.4475679361976731416, 2.0585587726752156788};
  }
  Facts facts = plain_facts(controller_tuning_family(), 3);
  known.fill(facts, instance);
  return std::make_unique<ControllerTuningProblem>(f, std::move(facts));
}

}  // namespace

Family controller_tuning_family() {
  Family family;
  family.id = "controller_tuning";
  family.summary = "PID gains by the integrated squared error of a simulated step response";
  family.citation =
      "Åström and Hägglund, PID Controllers: Theory, Design and Tuning, 2nd edition, Instrument "
      "Society of America, 1995; plant and weights are this catalogue's";
  using enum ParameterType;
  family.parameters = {
      {"damping", real, "0.2", 0.01, 2, {}, "zeta; f* is known for the defaults"},
      {"effort", real, "0.1", 1e-3, 10, {}, "rho, price of the squared control"},
  };
  family.make = make;
  return family;
}

}  // namespace ravine::problems
