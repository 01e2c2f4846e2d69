#include "harness/measure/ending.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "harness/measure/max_norm.hpp"
#include "problems/linear/lanczos.hpp"

namespace ravine::harness {
namespace {

using problems::Answer;
using problems::Landmark;
using results::Ended;

constexpr std::uint64_t kNever = UINT64_MAX;
constexpr double kSameValue = 1e-6;
constexpr double kCoarsest = 1e-2;  // relative targets above it say too little of where x is
constexpr double kStationary = 1e-4;
constexpr double kSamePlace = 1e-6;
constexpr double kNoCurvature = 1e-6;  // beside the largest: 0, but for roundings and Lanczos

/// The known stationary point that has this value, or null.
const Landmark* known_place(const problems::Facts& facts, double f, double gap) {
  for (const Landmark& landmark : facts.landmarks)
    if (landmark.kind != Landmark::Kind::infinity && std::fabs(f - landmark.f) <= kSameValue * gap)
      return &landmark;
  return nullptr;
}

double squared_norm(std::span<const double> v) {
  return std::inner_product(v.begin(), v.end(), v.begin(), 0.0);
}

double max_distance(std::span<const double> a, std::span<const double> b) {
  double most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) most = std::max(most, std::fabs(a[i] - b[i]));
  return most;
}

/// The known stationary point, no global minimum, that x is at.
const Landmark* place_at(const problems::Facts& facts, std::span<const double> x) {
  for (const Landmark& landmark : facts.landmarks)
    if (landmark.x.size() == x.size() &&
        max_distance(x, landmark.x) <= kSamePlace * std::max(1.0, max_norm(x)))
      return &landmark;
  return nullptr;
}

/// A known minimum with a place: x*, where `landmark` is null, or a landmark.
struct Minimum {
  std::span<const double> x;
  double f = 0;
  const Landmark* landmark = nullptr;
};

std::vector<Minimum> known_minima(const problems::Facts& facts) {
  std::vector<Minimum> all;
  if (!facts.x_star.empty() && facts.f_star) all.push_back({facts.x_star, *facts.f_star, nullptr});
  for (const Landmark& landmark : facts.landmarks)
    if (landmark.kind == Landmark::Kind::minimum && landmark.x.size() == facts.n)
      all.push_back({landmark.x, landmark.f, &landmark});
  return all;
}

/// The nearest to x of the known minima whose value is at most `most`; null where there is none.
const Minimum* nearest(const std::vector<Minimum>& minima, std::span<const double> x, double most) {
  const Minimum* best = nullptr;
  for (const Minimum& minimum : minima)
    if (minimum.f <= most &&
        (best == nullptr || max_distance(x, minimum.x) < max_distance(x, best->x)))
      best = &minimum;
  return best;
}

/// Whether x is so near to a minimum that the next known stationary point is ten times as far.
bool in_the_hollow(const problems::Facts& facts, const std::vector<Minimum>& minima,
                   const Minimum& own, std::span<const double> x) {
  double next = std::numeric_limits<double>::infinity();
  for (const Minimum& other : minima)
    if (&other != &own) next = std::min(next, max_distance(own.x, other.x));
  for (const Landmark& landmark : facts.landmarks)
    if (landmark.kind != Landmark::Kind::minimum && landmark.x.size() == own.x.size())
      next = std::min(next, max_distance(own.x, landmark.x));
  return std::isfinite(next) && max_distance(x, own.x) <= 0.1 * next;
}

/// The variables that can move downhill: not those that a bound of the box holds where they are.
std::vector<std::size_t> free_variables(const problems::Facts& facts, std::span<const double> x,
                                        std::span<const double> g) {
  std::vector<std::size_t> free;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (facts.lower.empty() ||
        !((x[i] <= facts.lower[i] && g[i] > 0) || (x[i] >= facts.upper[i] && g[i] < 0)))
      free.push_back(i);
  return free;
}

/// Of the Hessian in the free variables.
problems::Extremes eigenvalues(problems::Problem& problem, const problems::Objective& objective,
                               std::span<const double> x, std::span<const std::size_t> free) {
  constexpr std::uint64_t kSteps = 40;
  std::vector<double> along(x.size()), product(x.size());
  return problems::lanczos(
      free.size(), kSteps, [&](std::span<const double> v, std::span<double> hv) {
        for (std::size_t k = 0; k < free.size(); ++k) along[free[k]] = v[k];
        if (problem.hessian_vectors(objective, x, along.data(), 1, product.data()) != Answer::ok)
          return false;
        for (std::size_t k = 0; k < free.size(); ++k) hv[k] = product[free[k]];
        return true;
      });
}

bool is_near(const problems::Facts& facts, const Landmark& saddle, std::span<const double> x) {
  if (saddle.x.size() != x.size()) return true;  // a set: its value says all there is
  const double size = facts.x_star.empty() ? std::max(1.0, max_norm(saddle.x))
                                           : max_distance(facts.x_star, saddle.x);
  return max_distance(x, saddle.x) <= 0.1 * size;
}

}  // namespace

Course::Course(const problems::Facts& facts, Area& area)
    : facts_(facts), area_(area), arrived_(facts.landmarks.size(), kNever) {}

void Course::saw(std::uint64_t iteration, std::span<const double> x, double value) {
  if (!started_) {
    started_ = true;
    f_start_ = value;
    area_.overshoot = 0;
    area_.has_overshoot = facts_.f_star ? 1 : 0;
  }
  if (!facts_.f_star || !std::isfinite(value)) return;
  const double f_star = *facts_.f_star;
  if (value > f_start_)
    area_.overshoot = std::max(area_.overshoot, (value - f_start_) / (f_start_ - f_star));
  if (area_.has_saddle_steps != 0) return;
  for (std::size_t i = 0; i < facts_.landmarks.size(); ++i) {
    const Landmark& saddle = facts_.landmarks[i];
    const double height = saddle.f - f_star;
    if (saddle.kind != Landmark::Kind::saddle || !(height > 0)) continue;
    if (arrived_[i] == kNever && std::fabs(value - saddle.f) <= 0.01 * height &&
        is_near(facts_, saddle, x))
      arrived_[i] = iteration;
    if (arrived_[i] == kNever || value >= saddle.f - 0.5 * height) continue;
    area_.saddle_steps = iteration - arrived_[i];
    area_.has_saddle_steps = 1;
  }
}

void describe_ending(problems::Problem& problem, std::span<const double> x, double f_start,
                     double tightest_target, Area& area) {
  const auto& facts = problem.facts();
  const problems::Objective last{facts.stages.size() - 1};
  std::vector<double> g(x.size());
  double f = 0;
  if (problem.evaluate(last, facts.x0, nullptr, g.data()) != Answer::ok) return;
  const double g_start = max_norm(g);
  if (problem.evaluate(last, x, &f, g.data()) != Answer::ok || !std::isfinite(f)) return;
  const std::vector<std::size_t> free = free_variables(facts, x, g);
  std::vector<double> slopes(free.size());
  std::ranges::transform(free, slopes.begin(), [&](std::size_t i) { return g[i]; });
  area.gradient_norm_last = max_norm(slopes);
  area.has_gradient_norm_last = 1;
  area.ended = Ended::elsewhere;
  const double gap = facts.f_star ? f_start - *facts.f_star : std::max(1.0, std::fabs(f_start));
  const bool stationary = area.gradient_norm_last <= kStationary * std::max(1.0, g_start);
  const Landmark* known = stationary ? place_at(facts, x) : nullptr;
  const auto is_at = [&](const Minimum& minimum) {
    area.ended = minimum.landmark == nullptr ? Ended::global_minimum : Ended::local_minimum;
    if (minimum.landmark != nullptr)
      copy_line(area.ended_place.data(), area.ended_place.size(), minimum.landmark->name.c_str());
  };
  const std::vector<Minimum> minima = known_minima(facts);
  const double met = std::clamp(tightest_target, kSameValue, kCoarsest) * gap;
  if (known == nullptr && facts.f_star && f - *facts.f_star <= met) {
    const Minimum* best = nearest(minima, x, *facts.f_star + met);
    if (best != nullptr)
      is_at(*best);
    else
      area.ended = Ended::global_minimum;
    return;
  }
  if (!stationary) {
    const Minimum* own = nearest(minima, x, std::numeric_limits<double>::infinity());
    if (own != nullptr && in_the_hollow(facts, minima, *own, x)) is_at(*own);
  }
  if (!stationary) return;
  if (known == nullptr) known = known_place(facts, f, gap);
  if (known != nullptr) {
    copy_line(area.ended_place.data(), area.ended_place.size(), known->name.c_str());
    area.ended = known->kind == Landmark::Kind::minimum ? Ended::local_minimum : Ended::saddle;
  }
  if (free.empty()) {  // a corner of the box, from which every way leads upwards
    if (known == nullptr) area.ended = Ended::local_minimum;
    return;
  }
  if (!facts.offers_hessian_vectors || facts.n > kMostForEigenvalue) return;
  const problems::Extremes found = eigenvalues(problem, last, x, free);
  if (!std::isfinite(found.smallest)) return;
  area.smallest_eigenvalue = found.smallest;
  area.has_smallest_eigenvalue = 1;
  if (known != nullptr) return;
  const double size = std::max(std::fabs(found.smallest), std::fabs(found.largest));
  const double reach = std::max(1.0, max_norm(x));
  const double unnoticed = kSameValue * gap / (reach * reach);  // by f, within the size of x
  const bool flat_floor = facts.f_star && std::fabs(found.smallest) <= kNoCurvature * size &&
                          found.smallest <= unnoticed;
  const bool flat = size <= unnoticed || area.gradient_norm_last > 1e-3 * reach * size;
  const bool saddle = found.smallest < -kNoCurvature * size;
  if (flat || (flat_floor && !saddle)) {
    area.ended = Ended::plateau;
  } else if (saddle) {
    area.ended = Ended::saddle;
  } else {
    const double left = squared_norm(slopes) / (2 * std::max(found.smallest, kNoCurvature * size));
    const double small = facts.f_star ? 0.1 * (f - *facts.f_star) : kSameValue * gap;
    const bool settled = facts.shape == problems::Shape::unknown && left <= small;
    area.ended = settled ? Ended::local_minimum : Ended::elsewhere;
  }
}

}  // namespace ravine::harness
