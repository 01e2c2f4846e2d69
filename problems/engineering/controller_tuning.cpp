// Gains of a PID controller for a lightly damped plant, y'' + 2 zeta y' + y = u, that is to follow
// a unit step from rest:
//   u = P (1 - y) + I z - D y',  z' = 1 - y   (the derivative acts on the measured y, not on the
//   step)
// and f is the integrated squared error with a price for the effort beyond what holds y = 1,
//   f = h sum over k < N of (1 - y_k)^2 + rho (u_k - 1)^2,
// after y, y', z at k h, by the classical Runge-Kutta method, h = 1/20, N = 400. x = (P, I, D).
//
// One term, smooth (a polynomial) in the gains. Gains beyond stability give large values that still
// have their slopes; far beyond, infinity.
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

  [[nodiscard]] std::size_t terms() const { return 1; }
  template <class T, class X>
  T term(std::size_t, const X& x) const {
    const T P = x[0], I = x[1], D = x[2];
    const auto control = [&](const State<T>& s) { return P * (1 - s.y) + I * s.z - D * s.slope; };
    const auto rate = [&](const State<T>& s) {
      return State<T>{s.slope, control(s) - (2 * zeta) * s.slope - s.y, 1 - s.y};
    };
    const auto ahead = [](const State<T>& s, double step, const State<T>& k) {
      return State<T>{s.y + step * k.y, s.slope + step * k.slope, s.z + step * k.z};
    };
    State<T> s{0, 0, 0};
    T sum = 0;
    for (int k = 0; k < kSteps; ++k) {
      sum += square(1 - s.y) + rho * square(control(s) - 1);
      const State<T> k1 = rate(s), k2 = rate(ahead(s, kStep / 2, k1)),
                     k3 = rate(ahead(s, kStep / 2, k2)), k4 = rate(ahead(s, kStep, k3));
      s = ahead(s, kStep / 6, k1);
      s = ahead(s, kStep / 3, k2);
      s = ahead(s, kStep / 3, k3);
      s = ahead(s, kStep / 6, k4);
    }
    return kStep * sum;
  }
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
  return formula_problem(controller_tuning_family(), instance, f, known);
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
