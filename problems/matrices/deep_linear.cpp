// f(W_1, ..., W_L) = 1/2 |W_L ... W_1 X - Y|_F^2: a net without its nonlinearities. X has as many
// columns as rows, since turning the samples changes nothing: the identity when whitened, else
// symmetric with the condition number sqrt(input_kappa). With the singular values sigma of Y and r
// the least width, f* = 1/2 sum_{i>r} sigma_i^2, and every local minimum is global. With two
// factors 0 is a strict saddle; from three on, wherever two factors vanish, gradient and Hessian
// are both 0, and the saddle is seen in higher derivatives only. From a balanced start
// (W_{l+1}'W_{l+1} = W_l W_l') the gradient flow stays balanced.
//
// f is a sum over the columns of X, and as much the risk E 1/2 |W_L ... W_1 x - y|^2 of samples x =
// X z and y = Y z, z standard normal: noise adds outputs/2 noise^2. Fresh samples are drawn for
// ever and f is that risk; recycled, f is the mean over N of them, and f* is what reduced-rank
// regression leaves.
#include <algorithm>
#include <cmath>
#include <utility>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/matrices/linear_samples.hpp"
#include "problems/matrices/sampled_chain.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

using Eigen::Index;

constexpr double kLargestData = 25e6;  // numbers: 200 MB
constexpr double kMostFitting = 1e10;  // N inputs^2, up to which the minimum of N samples is known

std::vector<Factor> factors_of(const Parameters& parameters) {
  const std::uint64_t depth = whole(parameters, "depth");
  const auto at = [&](const char* name) { return static_cast<Index>(whole(parameters, name)); };
  std::vector<Factor> factors;
  Index in = at("inputs"), offset = 0;
  for (std::uint64_t l = 1; l <= depth; ++l) {
    const Index out = l == depth ? at("outputs") : at("width");
    factors.push_back({out, in, offset});
    offset += out * in;
    in = out;
  }
  return factors;
}

// The least of all widths: the rank that the product can have.
Index least_width(const std::vector<Factor>& factors) {
  Index least = factors.front().in;
  for (const Factor& f : factors) least = std::min(least, f.out);
  return least;
}

// X^power, power 1 or -1: symmetric, eigenvalues from 1 to 1/sqrt(input_kappa), uniform in the
// logarithm.
RowMajor inputs(const Parameters& parameters, Index size, std::uint64_t key, double power) {
  const RowMajor axes = orthonormal_columns(size, size, key, "deep_linear/inputs");
  Eigen::VectorXd s(size);
  for (Index i = 0; i < size; ++i)
    s[i] = std::pow(real(parameters, "input_kappa"),
                    -0.5 * power * static_cast<double>(i) / static_cast<double>(size - 1));
  return axes * s.asDiagonal() * axes.transpose();
}

// W_l = a O_l O_{l-1}' with random O_l of `rank` orthonormal columns.
void balanced_start(Facts& facts, const std::vector<Factor>& factors, Index rank, double a,
                    std::uint64_t key) {
  const auto columns = [&](Index rows, std::size_t l) {
    return orthonormal_columns(rows, rank, key, "deep_linear/start/" + std::to_string(l));
  };
  RowMajor below = columns(factors.front().in, 0);
  for (std::size_t l = 0; l < factors.size(); ++l) {
    const Factor& f = factors[l];
    const RowMajor above = columns(f.out, l + 1);
    Eigen::Map<RowMajor>(facts.x0.data() + f.offset, f.out, f.in) = a * above * below.transpose();
    below = above;
  }
}

// Uniform with the standard deviation a / sqrt(in).
void random_start(Facts& facts, const std::vector<Factor>& factors, double a, std::uint64_t key) {
  const Stream stream(key, "deep_linear/start");
  for (const Factor& f : factors) {
    const double half = a * std::sqrt(3 / static_cast<double>(f.in));
    for (Index i = f.offset; i < f.offset + f.out * f.in; ++i) {
      const auto k = static_cast<std::uint64_t>(i);
      facts.x0[k] = half * (2 * stream.uniform(k) - 1);
    }
  }
}

// Each factor takes the L-th root of the first `rank` singular values; W_1 undoes X.
std::vector<double> minimizer(const std::vector<Factor>& factors, const Target& target, Index rank,
                              const RowMajor& x_inverse, std::uint64_t n) {
  const double share = 1 / static_cast<double>(factors.size());
  std::vector<double> x(n, 0.0);
  for (std::size_t l = 0; l < factors.size(); ++l) {
    const Factor& f = factors[l];
    Eigen::Map<RowMajor> w(x.data() + f.offset, f.out, f.in);
    for (Index i = 0; i < rank; ++i) {
      Eigen::VectorXd left = Eigen::VectorXd::Unit(f.out, i), right;
      if (l + 1 == factors.size()) left = target.left.col(i);
      right = l == 0 ? Eigen::VectorXd(target.right.col(i)) : Eigen::VectorXd::Unit(f.in, i);
      if (l == 0 && x_inverse.size() > 0) right = x_inverse * right;
      w += std::pow(target.sigma[static_cast<std::size_t>(i)], share) * left * right.transpose();
    }
  }
  return x;
}

// The minimum over N samples.
void state_fit(Facts& facts, const std::vector<Factor>& factors, const ChainData& data,
               Index rank) {
  const auto in = static_cast<double>(data.x.rows());
  if (in * in * static_cast<double>(data.x.cols()) > kMostFitting) return;
  const RankFit fit = fit_rank(data.x, data.y);
  const Index kept = std::min(rank, static_cast<Index>(fit.target.sigma.size()));
  facts.f_star = data.weight * (fit.rest + fit.target.tail(kept));
  facts.x_star = minimizer(factors, fit.target, kept, {}, facts.n);
}

Facts shape(const Family& family, const std::vector<Factor>& factors) {
  const auto size = [](Index i) { return static_cast<std::uint64_t>(i); };
  const Factor& top = factors.back();
  Facts facts = plain_facts(family, size(top.offset + top.out * top.in));
  facts.blocks.clear();
  for (const Factor& f : factors)
    facts.blocks.push_back({"w" + std::to_string(facts.blocks.size() + 1),
                            size(f.offset),
                            {size(f.out), size(f.in)},
                            &f == &top ? BlockRole::output_layer : BlockRole::matrix,
                            false});
  return facts;
}

ChainSamples samples_of(const Parameters& parameters, const ChainData& map, std::uint64_t key) {
  const Family family = deep_linear_family();
  const std::string& name = parameters.at("sampling").text;
  ChainSamples samples{name == "fresh", map, nullptr};
  if (name == "columns") {
    const Parameters defaults = complete_parameters(family, {});
    for (const char* of_drawn : {"samples", "noise"})
      if (!(parameters.at(of_drawn) == defaults.at(of_drawn)))
        throw ProblemError(
            "parameter '" + std::string(of_drawn) +
            "' of problem 'deep_linear' is of samples that are drawn: write sampling "
            "= \"recycled\" or \"fresh\"");
    if (map.x.size() == 0) samples.kept.x = RowMajor::Identity(map.y.cols(), map.y.cols());
    return samples;
  }
  const double N = real(parameters, "samples");
  if (N * static_cast<double>(map.y.rows() + map.y.cols()) > kLargestData)
    throw ProblemError(
        "samples times inputs + outputs of problem 'deep_linear' is at most 25000000");
  samples.drawn = std::make_unique<LinearSamples>(map, real(parameters, "noise"), key);
  samples.kept = samples.drawn->first(whole(parameters, "samples"));
  return samples;
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const Family family = deep_linear_family();
  const std::vector<Factor> factors = factors_of(parameters);
  const Index in = factors.front().in, rank = least_width(factors);
  const Target target = draw_target(family, parameters, factors.back().out, in, instance.seed);
  const bool whitened = real(parameters, "input_kappa") == 1 || in == 1;
  const auto power = [&](double p) {
    return whitened ? RowMajor() : inputs(parameters, in, instance.seed, p);
  };
  const double scale = real(parameters, "start_scale");
  const auto depth = static_cast<double>(factors.size());

  Facts facts = shape(family, factors);
  facts.x0.resize(facts.n);
  if (parameters.at("start").text == "balanced")
    balanced_start(facts, factors, rank, scale, instance.seed);
  else
    random_start(facts, factors, scale, instance.seed);
  ChainSamples samples = samples_of(parameters, {power(1), target.matrix()}, instance.seed);
  ChainData full = samples.drawn ? samples.drawn->risk() : ChainData{power(1), target.matrix()};
  double at_zero = target.tail(0) + full.constant;
  if (samples.drawn && !samples.fresh) {
    full = samples.kept;
    at_zero = 0.5 * full.weight * full.y.squaredNorm();
    state_fit(facts, factors, full, rank);
  } else {
    facts.f_star = target.tail(rank) + full.constant;
    facts.x_star = minimizer(factors, target, rank, power(-1), facts.n);
    // At the balanced minimizer, from the direction of the largest singular value, which is 1.
    if (whitened) facts.constants["L"] = depth;
  }
  using enum Landmark::Kind;
  if (factors.size() == 2)
    facts.landmarks = {{"0", saddle, at_zero, std::vector<double>(facts.n, 0.0)}};
  if (factors.size() > 2) facts.landmarks = {{"two factors or more are 0", saddle, at_zero, {}}};
  return std::make_unique<SampledChain>(std::move(facts), factors, std::move(full),
                                        std::move(samples));
}

}  // namespace

Family deep_linear_family() {
  Family family;
  family.id = "deep_linear";
  family.summary = "a product of matrices fitted to one: plateaus and saddles of depth alone";
  family.citation =
      "Saxe, McClelland and Ganguli, Exact solutions to the nonlinear dynamics of learning in deep "
      "linear neural networks, ICLR 2014; minima: Kawaguchi, Deep learning without poor local "
      "minima, NeurIPS 2016; balanced: Arora, Cohen, Golowich and Hu, A convergence analysis of "
      "gradient descent for deep linear neural networks, ICLR 2019";
  family.stochastic = true;
  family.seeded = true;
  using enum ParameterType;
  family.parameters = target_parameters("4");
  family.parameters.insert(
      family.parameters.begin(),
      {{"depth", integer, "3", 1, 20, {}, "number of factors"},
       {"inputs", integer, "8", 1, 500, {}, "columns of W_1, rows and columns of X"},
       {"width", integer, "4", 1, 500, {}, "of the layers between"},
       {"outputs", integer, "8", 1, 500, {}, "rows of the last factor"},
       {"input_kappa",
        ParameterType::real,
        "1",
        1,
        1e8,
        {},
        "condition number of X X'; 1: whitened"},
       {"start",
        choice,
        "balanced",
        0,
        0,
        {"balanced", "random"},
        "random bases with all singular values alike, or independent entries"},
       {"start_scale",
        ParameterType::real,
        "0.5",
        1e-12,
        1e6,
        {},
        "singular values of every factor, or deviation of its entries times sqrt(its columns)"}});
  family.parameters.push_back(
      {"sampling",
       choice,
       "columns",
       0,
       0,
       {"columns", "recycled", "fresh"},
       "samples: the columns of X; N drawn ones; or new ones for ever, whose f is the risk"});
  family.parameters.push_back({"samples",
                               integer,
                               "100",
                               1,
                               1e7,
                               {},
                               "N, of the training set; fresh: of an epoch; drawn samples only"});
  family.parameters.push_back(
      {"noise",
       ParameterType::real,
       "0",
       0,
       1e6,
       {},
       "deviation of what is added to each entry of y; drawn samples only"});
  family.make = make;
  return family;
}

}  // namespace ravine::problems
