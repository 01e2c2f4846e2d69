// f(w) = 1/N sum over i of (phi_i'w - y_i)^2, from w = 0: the model of the double descent. As p
// passes N the least-norm solution's risk rises to infinity and falls again, under the risk of all
// p < N where the noise is low. Gradient descent from 0 stays in the span of the phi_i and
// converges to that solution: x_star. The Hessian 2/N Z'Z is singular for p > N; mu is its smallest
// eigenvalue that is not 0. With fresh samples f is the exact risk E (phi'w - y)^2 = w'M w - 2 w'm
// + |beta|^2 + noise^2, M = E phi phi', m = E phi y, and x_star = M^-1 m.
#include "problems/matrices/random_features.hpp"

#include <Eigen/SVD>
#include <algorithm>
#include <cmath>
#include <utility>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/formula/known.hpp"
#include "problems/linear/dense_by_products.hpp"
#include "problems/linear/fixed_blocking.hpp"
#include "problems/linear/reduce.hpp"
#include "problems/matrices/feature_cursor.hpp"

namespace ravine::problems {
namespace {

using Eigen::Index;

constexpr std::uint64_t kDecomposed = 500;  // min(N, p) up to which x_star, mu and L are known
constexpr std::uint64_t kLargestMatrix = 50000000;  // N p and N D: 400 MB

class RandomFeatures final : public Problem, public Residuals {
 public:
  RandomFeatures(const Parameters& parameters, const Instance& instance)
      : model_(parameters, instance.seed),
        facts_(plain_facts(random_features_family(), whole(parameters, "p"))),
        samples_(whole(parameters, "samples")),
        fresh_(parameters.at("sampling").text == "fresh"),
        z_(samples_ * facts_.n),
        y_(samples_),
        drawn_(facts_.n) {
    for (std::uint64_t i = 0; i < samples_; ++i) y_[i] = model_.sample(i, &z_[i * facts_.n]);
    facts_.x0.assign(facts_.n, 0.0);
    facts_.sample_count = samples_;
    facts_.fresh_samples = fresh_;
    facts_.offers_partials = !fresh_;
    facts_.metrics = {{"training_loss", "1", false},
                      {"fresh_risk", "1", false},  // exact
                      {"gap", "1", false}};        // fresh_risk - training_loss
    facts_.constants["N"] = static_cast<double>(samples_);
    for (const auto& [name, risk] : {std::pair{"least_risk", model_.least_risk()},
                                     std::pair{"expected_risk", model_.expected_risk(samples_)}})
      if (std::isfinite(risk)) facts_.constants[name] = risk;
    if (fresh_)
      state_risk();
    else if (std::min(samples_, facts_.n) <= kDecomposed)
      solve();
  }

  [[nodiscard]] const Facts& facts() const override { return facts_; }

  Answer evaluate(const Objective& objective, std::span<const double> x, double* value,
                  double* gradient) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    if (objective.full && fresh_) {
      const Eigen::VectorXd w = vector_at(x.data());
      if (value != nullptr) *value = model_.risk(w);
      if (gradient != nullptr) std::ranges::copy(model_.risk_slope(w), gradient);
      return Answer::ok;
    }
    const double f = mean_square(objective, x, gradient);
    if (value != nullptr) *value = f;
    return Answer::ok;
  }

  Answer hessian_vectors(const Objective& objective, std::span<const double> x, const double* v,
                         std::uint64_t count, double* hv) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    const std::size_t n = x.size();
    if (objective.full && fresh_) {
      for (std::uint64_t k = 0; k < count; ++k)
        std::ranges::copy(model_.risk_product(vector_at(v + k * n)), hv + k * n);
      return Answer::ok;
    }
    std::fill_n(hv, count * n, 0.0);
    const std::uint64_t size = count_of(objective);
    for (std::uint64_t i = 0; i < size; ++i) {
      const std::span<const double> z = sample(objective, i).z;
      for (std::uint64_t k = 0; k < count; ++k) add_multiple(dot(z, {v + k * n, n}), z, hv + k * n);
    }
    for (std::size_t j = 0; j < count * n; ++j) hv[j] *= 2 / static_cast<double>(size);
    return Answer::ok;
  }

  Answer hessian(const Objective& objective, std::span<const double> x, double* h) override {
    if (!facts_.offers_hessian) return Answer::not_supported;
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    const std::size_t n = x.size();
    if (objective.full && fresh_) {
      dense_by_products(
          n, h, [&](double* row) { std::ranges::copy(model_.risk_product(vector_at(row)), row); });
      return Answer::ok;
    }
    std::fill_n(h, n * n, 0.0);
    const std::uint64_t size = count_of(objective);
    for (std::uint64_t i = 0; i < size; ++i) {
      const std::span<const double> z = sample(objective, i).z;
      for (std::size_t j = 0; j < n; ++j) add_multiple(z[j], z, h + j * n);
    }
    for (std::size_t j = 0; j < n * n; ++j) h[j] *= 2 / static_cast<double>(size);
    return Answer::ok;
  }

  std::unique_ptr<Cursor> cursor(const Objective& objective, std::span<const double> x) override {
    if (fresh_ || admit(facts_, objective, x) != Answer::ok) return nullptr;
    const std::uint64_t size = count_of(objective);
    std::vector<double> columns(size * x.size()), r(size);
    for (std::uint64_t i = 0; i < size; ++i) {
      const auto [z, y] = sample(objective, i);
      r[i] = dot(z, x) - y;
      for (std::size_t j = 0; j < x.size(); ++j) columns[j * size + i] = z[j];
    }
    return std::make_unique<RegressionCursor>(std::move(columns), std::move(r));
  }

  Answer measure(std::span<const double> x, std::span<double> metrics) override {
    if (metrics.size() != facts_.metrics.size() || x.size() != facts_.n) return Answer::failed;
    metrics[0] = mean_square({}, x, nullptr);
    metrics[1] = model_.risk(vector_at(x.data()));
    metrics[2] = metrics[1] - metrics[0];
    return Answer::ok;
  }

  Residuals* residuals() override { return fresh_ ? nullptr : this; }
  [[nodiscard]] std::uint64_t count() const override { return samples_; }
  [[nodiscard]] double scale() const override { return 1 / static_cast<double>(samples_); }
  Answer residuals(std::span<const double> x, double* r) override {
    for (std::uint64_t i = 0; i < samples_; ++i) r[i] = dot(row(i), x) - y_[i];
    return Answer::ok;
  }
  Answer jacobian_vector(std::span<const double>, const double* v, double* jv) override {
    for (std::uint64_t i = 0; i < samples_; ++i) jv[i] = dot(row(i), {v, facts_.n});
    return Answer::ok;
  }
  Answer vector_jacobian(std::span<const double>, const double* u, double* uj) override {
    std::fill_n(uj, facts_.n, 0.0);
    for (std::uint64_t i = 0; i < samples_; ++i) add_multiple(u[i], row(i), uj);
    return Answer::ok;
  }
  Answer jacobian(std::span<const double>, double* j) override {
    std::ranges::copy(z_, j);
    return Answer::ok;
  }

 private:
  [[nodiscard]] std::span<const double> row(std::uint64_t i) const {
    return {&z_[i * facts_.n], facts_.n};
  }
  [[nodiscard]] std::uint64_t count_of(const Objective& objective) const {
    return objective.full ? samples_ : objective.samples.size();
  }
  struct Sample {
    std::span<const double> z;
    double y;
  };
  /// The i-th of an objective, of all kept samples where it is full; valid until the next one.
  /// Fresh ones continue the sequence of those that are kept.
  [[nodiscard]] Sample sample(const Objective& objective, std::uint64_t i) {
    if (!objective.full) i = objective.samples[i];
    if (objective.full || !fresh_) return {row(i), y_[i]};
    const double y = model_.sample(samples_ + i, drawn_.data());
    return {drawn_, y};
  }
  [[nodiscard]] Eigen::VectorXd vector_at(const double* x) const {
    return Eigen::Map<const Eigen::VectorXd>(x, static_cast<Index>(facts_.n));
  }

  double mean_square(const Objective& objective, std::span<const double> x, double* gradient) {
    if (gradient != nullptr) std::fill_n(gradient, x.size(), 0.0);
    const std::uint64_t size = count_of(objective);
    double squares = 0;
    for (std::uint64_t i = 0; i < size; ++i) {
      const auto [z, y] = sample(objective, i);
      const double r = dot(z, x) - y;
      squares += r * r;
      if (gradient != nullptr) add_multiple(r, z, gradient);
    }
    const auto weight = 1 / static_cast<double>(size);
    for (std::size_t j = 0; gradient != nullptr && j < x.size(); ++j) gradient[j] *= 2 * weight;
    return weight * squares;
  }

  // The minimum of the risk.
  void state_risk() {
    const Eigen::VectorXd w = model_.risk_minimizer();
    if (w.size() == 0) return;
    facts_.x_star.assign(w.begin(), w.end());
    facts_.f_star = model_.risk(w);
    if (const auto ends = model_.risk_curvature(kDecomposed)) {
      const auto [mu, L] = *ends;
      facts_.constants.insert({{"mu", mu}, {"L", L}, {"kappa", L / mu}});
    }
    facts_.rounding_floor = rounding_floor_at(*this);
  }

  // The solution of least norm, and the spectrum of 2/N Z'Z.
  void solve() {
    fix_eigen_blocking();
    const auto rows = static_cast<Index>(samples_), columns = static_cast<Index>(facts_.n);
    const Eigen::MatrixXd z = Eigen::Map<const RowMajor>(z_.data(), rows, columns);
    const Eigen::Map<const Eigen::VectorXd> y(y_.data(), rows);
    const Eigen::BDCSVD<Eigen::MatrixXd> svd(z, Eigen::ComputeThinU | Eigen::ComputeThinV);
    const Eigen::VectorXd w = svd.solve(y);
    facts_.x_star.assign(w.data(), w.data() + columns);
    double f = 0;
    evaluate({}, facts_.x_star, &f, nullptr);
    facts_.f_star = svd.rank() == rows ? 0 : f;
    const auto eigenvalue = [&](Index i) {
      return 2 / static_cast<double>(samples_) * svd.singularValues()[i] * svd.singularValues()[i];
    };
    const double L = eigenvalue(0), mu = eigenvalue(svd.rank() - 1);
    facts_.constants.insert({{"mu", mu}, {"L", L}, {"kappa", L / mu}});
    facts_.rounding_floor = rounding_floor_at(*this);
  }

  FeatureModel model_;
  Facts facts_;
  std::uint64_t samples_;
  bool fresh_;
  std::vector<double> z_, y_;  ///< N x p, row-major; N
  std::vector<double> drawn_;  ///< scratch: a fresh sample's features
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::uint64_t p = whole(parameters, "p"), inputs = whole(parameters, "inputs");
  if (parameters.at("features").text == "gaussian" && p > inputs)
    throw ProblemError(
        "parameter 'p' of problem 'random_features' is at most inputs = " + std::to_string(inputs) +
        " where features are the inputs, not " + std::to_string(p));
  if (whole(parameters, "samples") * std::max(p, inputs) > kLargestMatrix)
    throw ProblemError(
        "samples times the larger of p and inputs of problem 'random_features' is at "
        "most " +
        std::to_string(kLargestMatrix));
  return std::make_unique<RandomFeatures>(parameters, instance);
}

}  // namespace

Family random_features_family() {
  Family family;
  family.id = "random_features";
  family.summary = "least squares on p features of N samples: double descent with an exact risk";
  family.citation =
      "Belkin, Hsu and Xu, Two models of double descent for weak features, SIAM Journal on "
      "Mathematics of Data Science 2, 2020, 1167-1180; features: Rahimi and Recht, Random features "
      "for large-scale kernel machines, NeurIPS 2007";
  family.stochastic = true;
  family.seeded = true;
  using enum ParameterType;
  family.parameters = {
      {"samples", integer, "40", 1, 1e6, {}, "N, of the training set; fresh: of an epoch"},
      {"p", integer, "20", 1, 2000, {}, "number of features, the variables"},
      {"inputs", integer, "100", 1, 20000, {}, "D, length of an input"},
      {"noise", real, "0.2", 0, 1e6, {}, "deviation of what is added to each y"},
      {"features",
       choice,
       "gaussian",
       0,
       0,
       {"gaussian", "relu", "fourier"},
       "the first p inputs, or functions of all inputs with random weights"},
      {"signal",
       choice,
       "flat",
       0,
       0,
       {"flat", "decaying"},
       "beta_j constant or proportional to 1/j, |beta| = 1"},
      {"sampling",
       choice,
       "recycled",
       0,
       0,
       {"recycled", "fresh"},
       "batches from the training set, or from new samples for ever, whose f is the risk"},
  };
  family.make = make;
  return family;
}

}  // namespace ravine::problems
