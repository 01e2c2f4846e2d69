#include "problems/regressions/softmax_newton.hpp"

#include <Eigen/Cholesky>
#include <limits>

namespace ravine::problems {
namespace {

using Eigen::Index;
using Vector = Eigen::VectorXd;

constexpr double kMostWork = 2e9;  // samples * n^2, each Hessian: some tenths of a second a step
constexpr int kSteps = 100;

}  // namespace

std::optional<Minimum> newton_minimum(Problem& problem, std::uint64_t n, std::uint64_t samples) {
  const auto size = static_cast<Index>(n);
  const auto wide = static_cast<double>(n);
  if (n > kNewtonLimit || static_cast<double>(samples) * wide * wide > kMostWork)
    return std::nullopt;
  Vector x = Vector::Zero(size);
  Vector g(size), tried(size);
  Eigen::MatrixXd h(size, size);
  double last = std::numeric_limits<double>::infinity();
  for (int k = 0; k < kSteps; ++k) {
    double f = 0;
    problem.evaluate({}, {x.data(), n}, &f, g.data());
    problem.hessian({}, {x.data(), n}, h.data());
    const Eigen::LLT<Eigen::MatrixXd> factor(h);
    if (factor.info() != Eigen::Success) return std::nullopt;
    const Vector step = factor.solve(g);
    const double gain = step.dot(g);  // twice what the step promises
    const bool near = gain <= 1e-12 * f;
    // Near, the decrease is lost in the rounding of f, and gains shrink until they are rounding.
    if (near && gain >= 0.25 * last) return Minimum{{x.begin(), x.end()}, f, 0};
    last = near ? gain : last;
    double t = 1;
    for (;; t /= 2) {
      tried = x - t * step;
      double f_tried = 0;
      problem.evaluate({}, {tried.data(), n}, &f_tried, nullptr);
      if (near || f_tried <= f - 1e-4 * t * gain) break;
      if (t < 1e-10) return std::nullopt;
    }
    x = tried;
  }
  return std::nullopt;
}

}  // namespace ravine::problems
