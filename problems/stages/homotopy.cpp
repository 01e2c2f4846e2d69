// Gaussian homotopy: stages g(x, t) = E f(x + t Z), Z ~ N(0, I), from a smooth t = t0 down to the
// function itself, t = 0. In closed form, exactly by quadrature where f is a polynomial of few
// variables, or as a mean of common random numbers, the same at every evaluation.
//
// The lecture's kernel lacks a power of its width: (sqrt(2 pi t))^-d for (sqrt(2 pi) t)^-d
// (erratum E9). That multiplies g by t^(d/2): no minimizer of a stage moves.
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/stages/closed_forms.hpp"
#include "problems/stages/smoothed.hpp"
#include "problems/stages/staged.hpp"
#include "problems/stages/wells.hpp"
#include "problems/text/number.hpp"

namespace ravine::problems {
namespace {

/// Most normal numbers that a problem keeps for its draws: 128 MB.
constexpr double kMostNumbers = 0x1p24;

/// Where f is least, so is every stage: f is quadratic, or even with waves that only get lower, or
/// even and convex.
std::vector<double> unmoved(const Facts& f, double) { return f.x_star; }

struct Function {
  const char* name;
  /// f: a family of the catalogue, or made here.
  Family (*family)() = nullptr;
  std::unique_ptr<Problem> (*own)(const Family&, const Instance&) = nullptr;
  /// g(., t) in closed form, or the number of Gauss-Hermite nodes a variable with which it is
  /// exact: more than half the degree of f in each variable. Neither: by draws alone.
  std::unique_ptr<Problem> (*closed)(std::uint64_t n, double t) = nullptr;
  std::uint64_t nodes = 0;
  /// The global minimizer of g(., t), or empty.
  std::vector<double> (*minimizer)(const Facts& f, double t) = nullptr;
  /// The family's parameters that are not their defaults.
  Parameters given{};
};

const auto& functions() {
  using namespace closed_forms;  // NOLINT(google-build-using-namespace): local
  static const std::array all = {
      Function{"styblinski_tang", styblinski_tang_family, nullptr, styblinski_tang, 0,
               styblinski_tang_minimizer},
      Function{"rosenbrock", rosenbrock_family, nullptr, rosenbrock, 0, rosenbrock_minimizer},
      Function{"rastrigin", rastrigin_family, nullptr, rastrigin, 0, unmoved},
      Function{"griewank", griewank_family, nullptr, griewank, 0, unmoved},
      Function{"gaussians", nullptr, wells::landscape, wells::landscape_smoothed},
      Function{"gaussians_control", nullptr, wells::control, wells::control_smoothed},
      Function{"beale", beale_family, nullptr, nullptr, 4},
      Function{"powell_singular", powell_singular_family, nullptr, nullptr, 3, unmoved},
      Function{"wood", wood_family, nullptr, nullptr, 3},
      Function{"himmelblau", himmelblau_family, nullptr, nullptr, 3},
      Function{"three_hump_camel", three_hump_camel_family, nullptr, nullptr, 4},
      Function{"booth", booth_family, nullptr, nullptr, 2, unmoved},
      Function{"matyas", matyas_family, nullptr, nullptr, 2, unmoved},
      Function{"goldstein_price", goldstein_price_family, nullptr, nullptr, 5},
      Function{"double_well", double_well_family, nullptr, nullptr, 3},
      Function{"ackley", ackley_family},
      Function{"mlp",
               mlp_family,
               nullptr,
               nullptr,
               0,
               nullptr,
               {{"data", {0, "moons"}},
                {"noise", {0.2, ""}},
                {"hidden", {0, "8"}},
                {"train", {200, ""}},
                {"test", {1000, ""}}}},
  };
  return all;
}

ProblemError refusal(const std::string& parameter, const std::string& text) {
  return ProblemError("parameter '" + parameter + "' of problem 'homotopy' " + text);
}

std::shared_ptr<Problem> make_function(const Function& function, std::uint64_t n,
                                       const Instance& instance, DataSets& data) {
  std::shared_ptr<Problem> f;
  if (function.own != nullptr) {
    f = function.own(homotopy_family(), instance);
  } else {
    const Family family = function.family();
    const bool any_n =
        std::ranges::find(family.parameters, "n", &ParameterSpec::name) != family.parameters.end();
    Parameters given = function.given;
    if (any_n && n != 0) given["n"] = {static_cast<double>(n), ""};
    f = family.make(complete_parameters(family, given), instance, data);
  }
  if (n != 0 && n != f->facts().n)
    throw refusal("n", "is " + std::to_string(f->facts().n) + " for " + function.name + ", not " +
                           std::to_string(n));
  return f;
}

std::vector<double> levels(const Parameters& parameters) {
  const std::uint64_t count = whole(parameters, "stages");
  const double t0 = real(parameters, "t0");
  std::vector<double> t(count, 0.0);
  for (std::uint64_t s = 0; s + 1 < count; ++s) {
    t[s] = parameters.at("spacing").text == "geometric"
               ? std::ldexp(t0, -static_cast<int>(s))
               : t0 * static_cast<double>(count - 1 - s) / static_cast<double>(count - 1);
  }
  return t;
}

void check_draws(std::uint64_t draws, std::uint64_t n, std::uint64_t stages) {
  if (draws % 2 != 0)
    throw refusal("draws", "is even, as they come in pairs z and -z, not " + std::to_string(draws));
  if (static_cast<double>(draws) * static_cast<double>(n * (stages - 1)) > kMostNumbers)
    throw refusal("draws", "is at most " + decimal(kMostNumbers) + " / (n (stages - 1)), not " +
                               std::to_string(draws));
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance,
                              DataSets& data) {
  const Function& function = *std::ranges::find_if(
      functions(), [&](const Function& f) { return f.name == parameters.at("function").text; });
  const bool by_draws = parameters.at("method").text == "draws";
  const std::vector<double> t = levels(parameters);
  if (!by_draws && t.size() > 1 && function.closed == nullptr && function.nodes == 0)
    throw refusal("method", std::string("is draws for ") + function.name +
                                ": its mean under Gaussian noise has no closed form");
  // Instance 0 is one and the same problem for every seed.
  const Instance keyed{instance.index, instance.index == 0 ? 0 : instance.seed};
  const auto f = make_function(function, whole(parameters, "n"), keyed, data);
  Facts facts = f->facts();
  facts.sample_count = 0;  // the perceptron too is averaged over all its samples
  const std::uint64_t draws = whole(parameters, "draws");
  if (by_draws) check_draws(draws, facts.n, t.size());
  std::vector<StagePart> parts;
  for (std::uint64_t s = 0; s < t.size(); ++s) {
    StagePart part{{"t=" + rounded(t[s], 3), t[s], false, {}}, f};
    if (s + 1 == t.size()) {
      part.stage.x_star = facts.x_star;
    } else if (by_draws) {
      part.problem = smoothed(f, t[s], antithetic_draws(facts.n, draws, keyed.seed + s));
    } else {
      part.problem = function.closed != nullptr
                         ? function.closed(facts.n, t[s])
                         : smoothed(f, t[s], gauss_hermite(facts.n, function.nodes));
      if (function.minimizer != nullptr) part.stage.x_star = function.minimizer(facts, t[s]);
    }
    parts.push_back(std::move(part));
  }
  const Family family = homotopy_family();
  facts.family = family.id;
  facts.revision = family.revision;
  if (function.family != nullptr) facts.citation = family.citation + "; f: " + facts.citation;
  return staged(std::move(parts), std::move(facts));
}

}  // namespace

Family homotopy_family() {
  Family family;
  family.id = "homotopy";
  family.summary = "known functions by Gaussian homotopy, and a control on which it must fail";
  family.citation =
      "Mobahi and Fisher, A theoretical analysis of optimization by Gaussian continuation, AAAI "
      "2015, 1205-1211";
  std::vector<std::string> names;
  for (const Function& function : functions()) names.emplace_back(function.name);
  using enum ParameterType;
  family.parameters = {
      {"function", choice, "styblinski_tang", 0, 0, names, "f, the objective of the last stage"},
      {"n", integer, "0", 0, 1e7, {}, "number of variables; 0 for as many as f has by itself"},
      {"t0", real, "1.7", 0, 100, {}, "t of the first stage"},
      {"stages", integer, "8", 1, 1000, {}, "number of stages; 1 is f itself"},
      {"spacing",
       choice,
       "linear",
       0,
       0,
       {"linear", "geometric"},
       "of t from t0 to 0: equal steps, or half of t each and 0 behind the last"},
      {"method",
       choice,
       "closed",
       0,
       0,
       {"closed", "draws"},
       "closed: exact; draws: the mean of common random numbers"},
      {"draws", integer, "1000", 2, 1e6, {}, "numbers of a stage, in pairs z and -z"},
  };
  family.make = make;
  return family;
}

}  // namespace ravine::problems
