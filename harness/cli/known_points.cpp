#include "harness/cli/known_points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

namespace ravine::harness {
namespace {

std::string point_text(const std::vector<double>& x, std::string_view name) {
  constexpr std::size_t kShown = 4;
  if (x.size() > kShown) {
    double largest = 0;
    for (const double entry : x) largest = std::max(largest, std::fabs(entry));
    return fmt::format("max |{}_i| = {:.6g}", name, largest);
  }
  std::vector<std::string> entries;
  entries.reserve(x.size());
  // Adding 0 makes a 0 of -0.
  for (const double entry : x) entries.push_back(fmt::format("{:.10g}", entry + 0.0));
  return fmt::format("{} = ({})", name, fmt::join(entries, ", "));
}

std::string_view kind_text(problems::Landmark::Kind kind) {
  using enum problems::Landmark::Kind;
  switch (kind) {
    case minimum:
      return "minimum";
    case saddle:
      return "saddle";
    case maximum:
      return "maximum";
    case infinity:
      return "at infinity";
  }
  return "";
}

}  // namespace

std::string known_points(problems::Problem& problem) {
  const problems::Facts& facts = problem.facts();
  std::string text;
  double f0 = 0;
  const problems::Objective last{facts.stages.size() - 1};
  if (problem.evaluate(last, facts.x0, &f0, nullptr) == problems::Answer::ok)
    text += fmt::format("  start    f(x0) = {:.10g}, {}\n", f0, point_text(facts.x0, "x0"));
  if (facts.f_star) {
    text += fmt::format("  minimum  f* = {:.10g}", *facts.f_star + 0.0);
    if (!facts.x_star.empty()) text += ", " + point_text(facts.x_star, "x*");
    text += "\n";
  }
  for (const problems::Landmark& landmark : facts.landmarks) {
    const std::string_view kind = kind_text(landmark.kind);
    const bool named = landmark.name.find(kind) != std::string::npos;
    text += fmt::format("  also     {}{}, f = {:.10g}", landmark.name,
                        named ? "" : fmt::format(" ({})", kind), landmark.f + 0.0);
    if (!landmark.x.empty()) text += ", " + point_text(landmark.x, "x");
    text += "\n";
  }
  return text;
}

}  // namespace ravine::harness
