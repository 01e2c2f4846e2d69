#include "problems/formula/known.hpp"

#include <algorithm>
#include <cmath>

#include "problems/random/stream.hpp"

namespace ravine::problems {

void Known::fill(Facts& facts, const Instance& instance) const {
  facts.x0 = x0;
  facts.x_star = x_star;
  facts.f_star = f_star;
  facts.landmarks = landmarks;
  if (instance.index == 0) return;
  const Stream start(instance.seed, facts.family + "/start");
  for (std::size_t i = 0; i < facts.x0.size(); ++i) {
    const double middle = centre.value_or(x0[i]);
    const double half = spread * std::max(1.0, std::fabs(middle));
    facts.x0[i] = middle + half * (2 * start.uniform(i) - 1);
  }
}

double rounding_floor_at(Problem& problem) {
  constexpr std::size_t kPatterns = 16;
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  const Facts& facts = problem.facts();
  const Objective last{facts.stages.size() - 1};
  double f0 = 0, largest = 0;
  if (!facts.f_star || problem.evaluate(last, facts.x0, &f0, nullptr) != Answer::ok) return 0;
  const Stream signs(0, "rounding floor");
  std::vector<double> x(facts.n);
  for (std::size_t k = 0; k <= kPatterns; ++k) {
    for (std::size_t i = 0; i < x.size(); ++i) {
      const bool up = signs.uniform(k * x.size() + i) < 0.5;
      x[i] =
          k == 0 ? facts.x_star[i] : std::nextafter(facts.x_star[i], up ? kInfinity : -kInfinity);
    }
    double f = 0;
    if (problem.evaluate(last, x, &f, nullptr) == Answer::ok && std::isfinite(f))
      largest = std::max(largest, std::fabs(f - *facts.f_star));
  }
  return largest / (f0 - *facts.f_star);
}

}  // namespace ravine::problems
