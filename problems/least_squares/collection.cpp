#include "problems/least_squares/collection.hpp"

#include <algorithm>
#include <cmath>

#include "problems/text/number.hpp"

namespace ravine::problems {

Family collection_family(const std::string& id, int number, const std::string& summary,
                         const std::string& source, decltype(Family::make) make,
                         std::vector<ParameterSpec> parameters) {
  Family family;
  family.id = id;
  family.summary = summary + "; mu and L at the minimizer";
  family.citation =
      "Moré, Garbow and Hillstrom, Testing unconstrained optimization software, ACM Transactions "
      "on Mathematical Software 7, 1981, 17-41, problem " +
      std::to_string(number) + "; " + source;
  family.parameters = std::move(parameters);
  family.parameters.push_back({"start_scale",
                               ParameterType::real,
                               "1",
                               1,
                               1000,
                               {},
                               "times the paper's start: 1, 10 and 100 are the collection's"});
  family.make = make;
  return family;
}

void scale_start(std::vector<double>& x0, double scale) {
  if (scale == 1) return;
  const bool at_zero = std::ranges::all_of(x0, [](double x) { return x == 0; });
  for (double& x : x0) x = at_zero ? scale : scale * x;
}

void check_start(Problem& problem, const std::vector<double>& papers_x0, double scale) {
  const auto finite = [&](const std::vector<double>& x) {
    double f = 0;
    std::vector<double> g(x.size());
    return problem.evaluate({}, x, &f, g.data()) == Answer::ok && std::isfinite(f) &&
           std::ranges::all_of(g, [](double entry) { return std::isfinite(entry); });
  };
  if (scale == 1 || finite(problem.facts().x0)) return;
  std::string left = "1";
  for (const double smaller : {10.0, 100.0}) {
    std::vector<double> x = papers_x0;
    scale_start(x, smaller);
    if (smaller < scale && finite(x)) left += " or " + decimal(smaller);
  }
  throw ProblemError("start_scale = " + decimal(scale) + " of problem '" + problem.facts().family +
                     "': f(x0) or its gradient is not finite there; use " + left);
}

}  // namespace ravine::problems
