// Nesterov's smooth variant of Rosenbrock's valley, on which x_{i+1} follows Chebyshev's T_2(x_i):
//   f = 1/4 (x_1 - 1)^2 + sum over i < n of (x_{i+1} - 2 x_i^2 + 1)^2,  x0 = (-1, 1, ..., 1).
// (1, ..., 1) is the only stationary point; the start lies on the valley's floor, and a path along
// it doubles its oscillations with each variable. kappa at the minimizer grows 16 times a variable.
#include <Eigen/Eigenvalues>

#include "problems/families.hpp"
#include "problems/formula/formula.hpp"

namespace ravine::problems {
namespace {

struct NesterovChebyshevRosenbrock {
  static constexpr bool kSquares = true;
  std::size_t n;
  [[nodiscard]] std::size_t terms() const { return n; }
  template <class T, class X>
  T term(std::size_t i, const X& x) const {
    if (i == 0) return 0.5 * (x[0] - 1);
    return x[i] - 2 * square(x[i - 1]) + 1;
  }
};

// Of the Hessian 2 J' J at the minimizer. J is 1/2 and ones on the diagonal and -4 below it, so
// that its inverse has positive entries alone and mu is found without cancellation, as the inverse
// of the largest eigenvalue of (J' J)^-1.
void add_curvature(Facts& facts) {
  const auto n = static_cast<Eigen::Index>(facts.n);
  Eigen::MatrixXd J = Eigen::MatrixXd::Identity(n, n);
  Eigen::MatrixXd inverse = Eigen::MatrixXd::Zero(n, n);
  J(0, 0) = 0.5;
  for (Eigen::Index i = 1; i < n; ++i) J(i, i - 1) = -4;
  for (Eigen::Index j = 0; j < n; ++j) {
    inverse(j, j) = 1 / J(j, j);
    for (Eigen::Index i = j + 1; i < n; ++i) inverse(i, j) = 4 * inverse(i - 1, j);
  }
  const auto largest = [](const Eigen::MatrixXd& matrix) {
    return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(matrix, Eigen::EigenvaluesOnly)
        .eigenvalues()
        .maxCoeff();
  };
  const double L = 2 * largest(J.transpose() * J);
  const double mu = 2 / largest(inverse * inverse.transpose());
  facts.constants.insert({{"mu", mu}, {"L", L}, {"kappa", L / mu}});
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::uint64_t n = whole(parameters, "n");
  Known known{.x0 = std::vector<double>(n, 1), .x_star = std::vector<double>(n, 1), .f_star = 0};
  known.x0[0] = -1;
  Facts facts = plain_facts(nesterov_chebyshev_rosenbrock_family(), n);
  known.fill(facts, instance);
  add_curvature(facts);
  return std::make_unique<FormulaProblem<NesterovChebyshevRosenbrock>>(
      NesterovChebyshevRosenbrock{n}, std::move(facts));
}

}  // namespace

Family nesterov_chebyshev_rosenbrock_family() {
  Family family;
  family.id = "nesterov_chebyshev_rosenbrock";
  family.summary = "a valley that oscillates twice as often with each variable";
  family.citation =
      "Jarre, On Nesterov's smooth Chebyshev-Rosenbrock function, Optimization Methods and "
      "Software "
      "28, 2013, 478-500; Gürbüzbalaban and Overton, On Nesterov's nonsmooth Chebyshev-Rosenbrock "
      "functions, Nonlinear Analysis 75, 2012, 1282-1289";
  family.parameters = {{"n",
                        ParameterType::integer,
                        "4",
                        2,
                        60,
                        {},
                        "number of variables; 8 are hard, 12 are long"}};
  family.make = make;
  return family;
}

}  // namespace ravine::problems
