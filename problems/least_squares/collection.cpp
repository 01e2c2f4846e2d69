#include "problems/least_squares/collection.hpp"

#include <algorithm>

namespace ravine::problems {

Family collection_family(const std::string& id, int number, const std::string& summary,
                         const std::string& source, decltype(Family::make) make,
                         std::vector<ParameterSpec> parameters) {
  Family family;
  family.id = id;
  family.summary = summary;
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

void scale_start(Known& known, const Parameters& parameters) {
  const double scale = real(parameters, "start_scale");
  if (scale == 1) return;
  const bool at_zero = std::ranges::all_of(known.x0, [](double x) { return x == 0; });
  for (double& x : known.x0) x = at_zero ? scale : scale * x;
}

}  // namespace ravine::problems
