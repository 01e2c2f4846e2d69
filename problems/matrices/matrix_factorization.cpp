// f(U, V) = 1/2 |U V' - M|_F^2, U m x r, V n x r, stored as U and V'. With the singular values
// sigma of M: f* = 1/2 sum_{i>r} sigma_i^2 at U = P_r S^(1/2), V = Q_r S^(1/2) and at U A, V A^-T
// for every invertible A. There are no other local minima: stationary points keep other sets of
// singular triples, and a set that lacks a larger one is a strict saddle. At 0 the Hessian has the
// eigenvalues +- sigma_i. The gradient flow conserves U'U - V'V.
#include <algorithm>
#include <cmath>
#include <utility>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/formula/known.hpp"
#include "problems/matrices/linear_chain.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

using Eigen::Index;

/// Keeps R = U V' - M. An entry of U meets a row of it, an entry of V' a column.
class FactorizationCursor final : public Cursor {
 public:
  FactorizationCursor(std::span<const double> x, const Factor& u, const Factor& vt,
                      const RowMajor& residual)
      : u_(Eigen::Map<const RowMajor>(x.data() + u.offset, u.out, u.in)),
        v_(Eigen::Map<const RowMajor>(x.data() + vt.offset, vt.out, vt.in).transpose()),
        r_(residual) {}

  Answer partial(std::uint64_t i, double* first, double* second) override {
    const auto [in_u, row, k] = entry(i);
    const auto other = (in_u ? v_ : u_).col(k);
    double g = 0, h = 0;
    for (Index j = 0; j < other.size(); ++j) {
      g += (in_u ? r_(row, j) : r_(j, row)) * other[j];
      h += other[j] * other[j];
    }
    if (first != nullptr) *first = g;
    if (second != nullptr) *second = h;
    return Answer::ok;
  }

  Answer move(std::uint64_t i, double delta) override {
    const auto [in_u, row, k] = entry(i);
    (in_u ? u_ : v_)(row, k) += delta;
    const auto other = (in_u ? v_ : u_).col(k);
    for (Index j = 0; j < other.size(); ++j) (in_u ? r_(row, j) : r_(j, row)) += delta * other[j];
    return Answer::ok;
  }

 private:
  struct Entry {
    bool in_u;
    Index row, k;
  };
  [[nodiscard]] Entry entry(std::uint64_t coordinate) const {
    const auto i = static_cast<Index>(coordinate);
    if (i < u_.size()) return {true, i / u_.cols(), i % u_.cols()};
    return {false, (i - u_.size()) % v_.rows(), (i - u_.size()) / v_.rows()};
  }

  Eigen::MatrixXd u_, v_;  // a column is what a coordinate reads
  RowMajor r_;
};

class MatrixFactorization final : public LinearChain {
 public:
  MatrixFactorization(Facts facts, const Factor& u, const Factor& vt, RowMajor m)
      : LinearChain(std::move(facts), {vt, u}, {{}, std::move(m)}) {
    facts_.rounding_floor = rounding_floor_at(*this);
  }

  std::unique_ptr<Cursor> cursor(const Objective& objective, std::span<const double> x) override {
    if (admit(facts_, objective, x) != Answer::ok) return nullptr;
    return std::make_unique<FactorizationCursor>(x, factors()[1], factors()[0],
                                                 residual_at(x, full_data()));
  }

  // |U'U - V'V|_F, which the gradient flow conserves.
  Answer measure(std::span<const double> x, std::span<double> metrics) override {
    if (metrics.size() != 1 || x.size() != facts_.n) return Answer::failed;
    const Factor &u = factors()[1], &vt = factors()[0];
    const RowMajor left = Eigen::Map<const RowMajor>(x.data() + u.offset, u.out, u.in);
    const RowMajor right = Eigen::Map<const RowMajor>(x.data() + vt.offset, vt.out, vt.in);
    const RowMajor difference = left.transpose() * left - right * right.transpose();
    metrics[0] = difference.norm();
    return Answer::ok;
  }
};

// U and V' that keep the first `kept` singular triples.
std::vector<double> truncation(const Target& target, Index kept, const Factor& u,
                               const Factor& vt) {
  std::vector<double> x(static_cast<std::size_t>(u.out * u.in + vt.out * vt.in), 0.0);
  Eigen::Map<RowMajor> left(x.data() + u.offset, u.out, u.in);
  Eigen::Map<RowMajor> right(x.data() + vt.offset, vt.out, vt.in);
  for (Index i = 0; i < kept; ++i) {
    const double root = std::sqrt(target.sigma[static_cast<std::size_t>(i)]);
    left.col(i) = root * target.left.col(i);
    right.row(i) = root * target.right.col(i).transpose();
  }
  return x;
}

// At x* the Hessian's eigenvalues are those of the pairs: 0 and sigma_i + sigma_j (i, j <= r),
// sigma_j +- sigma_k (k > r), and sigma_j where a side is longer than the other.
void add_curvature(Facts& facts, const Target& target, Index r) {
  const double first = target.sigma.front();
  const double last = target.sigma[static_cast<std::size_t>(r) - 1];
  const auto count = static_cast<Index>(target.sigma.size());
  double mu = target.left.rows() == target.right.rows() ? 2 * last : last;
  if (r < count) mu = last - target.sigma[static_cast<std::size_t>(r)];
  facts.constants["L"] = 2 * first;
  if (mu > 0) facts.constants.insert({{"mu", mu}, {"kappa", 2 * first / mu}});
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const Family family = matrix_factorization_family();
  const auto m = static_cast<Index>(whole(parameters, "rows"));
  const auto n = static_cast<Index>(whole(parameters, "columns"));
  const auto r = static_cast<Index>(whole(parameters, "rank"));
  if (r > std::min(m, n))
    throw ProblemError("parameter 'rank' of problem 'matrix_factorization' is at most " +
                       std::to_string(std::min(m, n)) + " for a matrix of " + std::to_string(m) +
                       " x " + std::to_string(n));
  const Target target = draw_target(family, parameters, m, n, instance.seed);
  const Factor u{m, r, 0}, vt{r, n, m * r};
  const auto size = [](Index i) { return static_cast<std::uint64_t>(i); };

  Facts facts = plain_facts(family, size((m + n) * r));
  facts.offers_partials = true;
  facts.blocks = {{"u", 0, {size(m), size(r)}, BlockRole::matrix, false},
                  {"v_transposed", size(m * r), {size(r), size(n)}, BlockRole::matrix, false}};
  facts.metrics = {{"imbalance", "1", false}};
  const Stream start(instance.seed, "matrix_factorization/start");
  for (std::uint64_t i = 0; i < facts.n; ++i)
    facts.x0.push_back(real(parameters, "start_scale") * (2 * start.uniform(i) - 1));
  facts.f_star = target.tail(r);
  facts.x_star = truncation(target, r, u, vt);
  add_curvature(facts, target, r);

  // The saddles from which the descent is slowest: without any triple and without the last one
  // that counts.
  const auto zeros = std::ranges::count(target.sigma, 0.0);
  const Index last = std::min(r, static_cast<Index>(target.sigma.size()) - zeros) - 1;
  using enum Landmark::Kind;
  facts.landmarks = {{"0", saddle, target.tail(0), truncation(target, 0, u, vt)}};
  if (last > 0)
    facts.landmarks.push_back({"rank " + std::to_string(last), saddle, target.tail(last),
                               truncation(target, last, u, vt)});
  return std::make_unique<MatrixFactorization>(std::move(facts), u, vt, target.matrix());
}

}  // namespace

Family matrix_factorization_family() {
  Family family;
  family.id = "matrix_factorization";
  family.summary = "a matrix approximated by one of low rank, as a product: saddles, no bad minima";
  family.citation =
      "Ge, Jin and Zheng, No spurious local minima in nonconvex low rank problems, ICML 2017, "
      "PMLR 70, 1233-1242; conserved: Du, Hu and Lee, Algorithmic regularization in learning deep "
      "homogeneous models, NeurIPS 2018";
  family.seeded = true;
  using enum ParameterType;
  family.parameters = target_parameters("3");
  family.parameters.insert(
      family.parameters.begin(),
      {{"rows", integer, "20", 1, 2000, {}, "m of the m x n matrix"},
       {"columns", integer, "15", 1, 2000, {}, "n of the m x n matrix"},
       {"rank", integer, "3", 1, 2000, {}, "r of the factors; above true_rank there are too many"},
       {"start_scale",
        ParameterType::real,
        "0.1",
        1e-12,
        1e6,
        {},
        "entries of the start are uniform in plus or minus this"}});
  family.make = make;
  return family;
}

}  // namespace ravine::problems
