#include "problems/formula/curvature.hpp"

#include <Eigen/Eigenvalues>

#include "problems/facts.hpp"

namespace ravine::problems {

std::map<std::string, double> curvature_at_minimum(Problem& problem) {
  constexpr double kDigits = 1e3;
  const Facts& facts = problem.facts();
  if (facts.x_star.empty() || facts.n > kCurvatureLimit || !facts.offers_hessian) return {};
  const auto n = static_cast<Eigen::Index>(facts.n);
  Eigen::MatrixXd h(n, n);
  const Objective last{facts.stages.size() - 1};
  if (problem.hessian(last, facts.x_star, h.data()) != Answer::ok || !h.allFinite()) return {};
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(h, Eigen::EigenvaluesOnly);
  const double mu = solver.eigenvalues().minCoeff();
  const double L = solver.eigenvalues().maxCoeff();
  if (!(L > 0)) return {};
  if (!(mu > kDigits * static_cast<double>(n) * kUnitRoundoff * L)) return {{"L", L}};
  return {{"mu", mu}, {"L", L}, {"kappa", L / mu}};
}

}  // namespace ravine::problems
