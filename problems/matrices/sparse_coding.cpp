// J(H, W) = |X - W'H|_F^2 + lambda sum psi(H) + gamma |W|_F^2, X p x N, W k x p, H k x N: a
// dictionary of k rows and sparse codes. Two things differ from the textbook's J, so that it is
// smooth and free of constraints: psi(h) = sqrt(h^2 + epsilon^2) - epsilon stands for |h|, between
// |h| - epsilon and |h|; and the constraint |W_k| <= 1 became its Lagrangian with one multiplier
// gamma. J stays strictly convex in each block, and quadratic in W. As H c, W / c is the same
// product, every minimum has gamma |W_k|^2 = lambda/2 sum of h psi'(h), per row: gamma is given in
// units of lambda |H0|_1 / (2 k), with which the generator's rows (X = W0'H0 + noise, unit rows,
// s-sparse columns of H0) keep their norm 1. No minimum is known. 0 is stationary: a local minimum
// where lambda gamma >= 2 epsilon sigma_1(X)^2, or else a saddle. So is a single row with all its
// codes at 0, for the residual in place of X: late in a run a row that vanished stays so.
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <utility>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/linear/fixed_blocking.hpp"
#include "problems/matrices/sparse_coding_cursor.hpp"
#include "problems/matrices/target.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

using Eigen::Index;
using Map = Eigen::Map<RowMajor>;

/// What the data are made of: X' (samples x p), the dictionary, and |H0|_1.
struct Generated {
  RowMajor x, dictionary;
  double codes_l1 = 0;
};

Generated generate(const CodingShape& shape, const Parameters& parameters, std::uint64_t key) {
  Generated made{RowMajor::Zero(shape.samples, shape.p), RowMajor(shape.k, shape.p)};
  const Stream atoms(key, "sparse_coding/dictionary"), sizes(key, "sparse_coding/codes");
  const Stream noise(key, "sparse_coding/noise");
  for (Index i = 0; i < made.dictionary.size(); ++i)
    made.dictionary.data()[i] = atoms.normal(static_cast<std::uint64_t>(i));
  for (Index k = 0; k < shape.k; ++k) made.dictionary.row(k) /= made.dictionary.row(k).norm();
  const std::uint64_t sparsity = whole(parameters, "sparsity");
  std::vector<std::uint64_t> order(static_cast<std::size_t>(shape.k));
  for (Index n = 0; n < shape.samples; ++n) {
    Stream(key, "sparse_coding/support/" + std::to_string(n)).permutation(order);
    for (std::uint64_t s = 0; s < sparsity; ++s) {
      // Uniform in [-3/2, -1/2] and [1/2, 3/2]: away from 0.
      const double u = 2 * sizes.uniform(static_cast<std::uint64_t>(n) * sparsity + s) - 1;
      const double h = u < 0 ? u - 0.5 : u + 0.5;
      made.x.row(n) += h * made.dictionary.row(static_cast<Index>(order[s]));
      made.codes_l1 += std::fabs(h);
    }
    for (Index i = 0; i < shape.p; ++i)
      made.x(n, i) +=
          real(parameters, "noise") * noise.normal(static_cast<std::uint64_t>(n * shape.p + i));
  }
  return made;
}

class SparseCoding final : public Problem {
 public:
  SparseCoding(Facts facts, const CodingShape& shape, const CodingWeights& weights, Generated made)
      : facts_(std::move(facts)), shape_(shape), weights_(weights), made_(std::move(made)) {
    fix_eigen_blocking();
    for (Eigen::VectorXd* scratch : {&x_, &v_, &g_}) scratch->resize(shape.variables());
  }

  [[nodiscard]] const Facts& facts() const override { return facts_; }

  Answer evaluate(const Objective& objective, std::span<const double> x, double* value,
                  double* gradient) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    residual_at(x);
    if (value != nullptr) *value = e_.squaredNorm() + penalties(weights_);
    if (gradient == nullptr) return Answer::ok;
    codes(g_).noalias() = -2 * (rows(x_) * e_.transpose());
    rows(g_).noalias() = -2 * (codes(x_) * e_);
    rows(g_) += 2 * weights_.gamma * rows(x_);
    for (Index i = 0; i < shape_.codes(); ++i) g_[i] += weights_.lambda * weights_.slope(x_[i]);
    std::copy_n(g_.data(), g_.size(), gradient);
    return Answer::ok;
  }

  Answer hessian_vectors(const Objective& objective, std::span<const double> x, const double* v,
                         std::uint64_t count, double* hv) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    residual_at(x);
    for (std::uint64_t k = 0; k < count; ++k) {
      v_ = Eigen::Map<const Eigen::VectorXd>(v + k * facts_.n, v_.size());
      // E along v is -d.
      d_.noalias() = codes(v_).transpose() * rows(x_);
      d_.noalias() += codes(x_).transpose() * rows(v_);
      codes(g_).noalias() = 2 * (rows(x_) * d_.transpose());
      codes(g_).noalias() -= 2 * (rows(v_) * e_.transpose());
      rows(g_).noalias() = 2 * (codes(x_) * d_);
      rows(g_).noalias() -= 2 * (codes(v_) * e_);
      rows(g_) += 2 * weights_.gamma * rows(v_);
      for (Index i = 0; i < shape_.codes(); ++i)
        g_[i] += weights_.lambda * weights_.curvature(x_[i]) * v_[i];
      std::copy_n(g_.data(), g_.size(), hv + k * facts_.n);
    }
    return Answer::ok;
  }

  Answer hessian(const Objective& objective, std::span<const double> x, double* h) override {
    if (!facts_.offers_hessian) return Answer::not_supported;
    const Index n = shape_.variables();
    const RowMajor unit = RowMajor::Identity(n, n);
    const Answer answer = hessian_vectors(objective, x, unit.data(), facts_.n, h);
    if (answer != Answer::ok) return answer;
    for (Index i = 0; i < n; ++i)
      for (Index j = 0; j < i; ++j) h[j * n + i] = h[i * n + j];
    return Answer::ok;
  }

  std::unique_ptr<Cursor> cursor(const Objective& objective, std::span<const double> x) override {
    if (admit(facts_, objective, x) != Answer::ok) return nullptr;
    residual_at(x);
    return std::make_unique<SparseCodingCursor>(shape_, weights_, x, e_);
  }

  Answer measure(std::span<const double> x, std::span<double> metrics) override {
    if (metrics.size() != facts_.metrics.size() || x.size() != facts_.n) return Answer::failed;
    residual_at(x);
    CodingWeights exact = weights_;
    exact.epsilon = 0;
    metrics[0] = e_.squaredNorm() + penalties(exact);
    metrics[1] = e_.squaredNorm() / made_.x.squaredNorm();
    const auto nonzero = (codes(x_).array().abs() > weights_.epsilon).count();
    metrics[2] = static_cast<double>(nonzero) / static_cast<double>(shape_.codes());
    metrics[3] = recovered();
    return Answer::ok;
  }

 private:
  [[nodiscard]] Map codes(Eigen::VectorXd& x) const { return {x.data(), shape_.k, shape_.samples}; }
  [[nodiscard]] Map rows(Eigen::VectorXd& x) const {
    return {x.data() + shape_.codes(), shape_.k, shape_.p};
  }

  void residual_at(std::span<const double> x) {
    x_ = Eigen::Map<const Eigen::VectorXd>(x.data(), x_.size());
    e_ = made_.x;
    e_.noalias() -= codes(x_).transpose() * rows(x_);
  }

  [[nodiscard]] double penalties(const CodingWeights& weights) {
    double sum = 0;
    for (Index i = 0; i < shape_.codes(); ++i) sum += x_[i] == 0 ? 0 : weights.psi(x_[i]);
    return weights.lambda * sum + weights.gamma * rows(x_).squaredNorm();
  }

  // Share of the generator's rows that a row of W has the direction of, up to a sign.
  [[nodiscard]] double recovered() {
    constexpr double kCosine = 0.99;
    Index found = 0;
    for (Index j = 0; j < shape_.k; ++j) {
      bool hit = false;
      for (Index k = 0; k < shape_.k; ++k) {
        const double along = rows(x_).row(k).dot(made_.dictionary.row(j));
        hit = hit || std::fabs(along) > kCosine * rows(x_).row(k).norm();
      }
      found += hit ? 1 : 0;
    }
    return static_cast<double>(found) / static_cast<double>(shape_.k);
  }

  Facts facts_;
  CodingShape shape_;
  CodingWeights weights_;
  Generated made_;
  // Scratch.
  Eigen::VectorXd x_, v_, g_;
  RowMajor e_, d_;
};

Facts facts_of(const Family& family, const CodingShape& shape, const Parameters& parameters,
               std::uint64_t key) {
  const auto size = [](Index i) { return static_cast<std::uint64_t>(i); };
  Facts facts = plain_facts(family, size(shape.variables()));
  facts.offers_partials = true;
  facts.blocks = {{"codes", 0, {size(shape.k), size(shape.samples)}, BlockRole::matrix, false},
                  {"dictionary",
                   size(shape.codes()),
                   {size(shape.k), size(shape.p)},
                   BlockRole::matrix,
                   false}};
  facts.metrics = {{"l1_objective", "1", false},          // J with |h| itself
                   {"reconstruction_error", "1", false},  // |X - W'H|^2 / |X|^2
                   {"nonzeros", "1", false},              // share of codes beyond epsilon
                   {"atoms_recovered", "1", true}};       // with a cosine above 0.99
  // Codes 0; rows of random direction and squared norm 1 in the mean.
  const Stream start(key, "sparse_coding/start");
  const double half = std::sqrt(3 / real(parameters, "p"));
  facts.x0.assign(facts.n, 0.0);
  for (std::uint64_t i = 0; i < size(shape.k * shape.p); ++i)
    facts.x0[size(shape.codes()) + i] = half * (2 * start.uniform(i) - 1);
  return facts;
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const Family family = sparse_coding_family();
  const auto at = [&](const char* name) { return static_cast<Index>(whole(parameters, name)); };
  const CodingShape shape{at("p"), at("atoms"), at("samples")};
  if (at("sparsity") > shape.k)
    throw ProblemError("parameter 'sparsity' of problem 'sparse_coding' is at most atoms = " +
                       std::to_string(shape.k) + ", not " + std::to_string(at("sparsity")));
  Generated made = generate(shape, parameters, instance.seed);
  const double lambda = real(parameters, "lambda");
  const double gamma =
      real(parameters, "gamma") * lambda * made.codes_l1 / (2 * static_cast<double>(shape.k));
  const double epsilon = real(parameters, "epsilon");

  Facts facts = facts_of(family, shape, parameters, instance.seed);
  facts.constants.insert({{"lambda", lambda}, {"gamma", gamma}});
  const RowMajor gram = made.x.transpose() * made.x;
  const double largest =
      Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(gram, Eigen::EigenvaluesOnly)
          .eigenvalues()
          .maxCoeff();
  const bool minimum = lambda * gamma >= 2 * epsilon * largest;
  facts.landmarks = {{"0", minimum ? Landmark::Kind::minimum : Landmark::Kind::saddle,
                      made.x.squaredNorm(), std::vector<double>(facts.n, 0.0)}};
  return std::make_unique<SparseCoding>(std::move(facts), shape,
                                        CodingWeights{lambda, epsilon, gamma}, std::move(made));
}

}  // namespace

Family sparse_coding_family() {
  Family family;
  family.id = "sparse_coding";
  family.summary =
      "a dictionary and sparse codes for it: convex in each, for alternating methods; unlike the "
      "textbook's, |h| is smoothed and a penalty stands for the ball of the atoms";
  family.citation =
      "Olshausen and Field, Emergence of simple-cell receptive field properties by learning a "
      "sparse code for natural images, Nature 381, 1996, 607-609; Goodfellow, Bengio and "
      "Courville, Deep Learning, MIT Press, 2016, section 8.7.2";
  family.seeded = true;
  using enum ParameterType;
  family.parameters = {
      {"p", integer, "16", 1, 500, {}, "length of a sample"},
      {"atoms", integer, "20", 1, 2000, {}, "k, rows of the dictionary"},
      {"samples", integer, "200", 1, 100000, {}, "N"},
      {"sparsity", integer, "2", 1, 2000, {}, "atoms in each sample of the generator"},
      {"noise", real, "0", 0, 1e6, {}, "deviation of what is added to each entry of X"},
      {"lambda", real, "0.1", 1e-8, 1e6, {}, "weight of sum |h|"},
      {"epsilon", real, "0.01", 1e-8, 1, {}, "|h| is smoothed to sqrt(h^2 + epsilon^2) - epsilon"},
      {"gamma",
       real,
       "1",
       1e-8,
       1e6,
       {},
       "weight of |W|^2; 1 is what keeps rows like the generator's at norm 1"},
  };
  family.make = make;
  return family;
}

}  // namespace ravine::problems
