// Nesterov's worst functions for methods that see gradients only, chains that let one more variable
// move a step. With T x = (2 x_1 - x_2, ..., 2 x_i - x_{i-1} - x_{i+1}, ..., (1 + c) x_n -
// x_{n-1}):
//   f = s (1/2 x' T x - x_1) + mu/2 |x|^2 = s/2 (x_1^2 + sum (x_i - x_{i+1})^2 + c x_n^2 - 2 x_1)
//                                           + mu/2 |x|^2,  x0 = 0.
// smooth: s = L / 4, mu = 0, c = 1. x*_i = 1 - i / (n + 1), f* = L/8 (1 / (n + 1) - 1). After m
// steps
//   with n = 2 m + 1 no method has f - f* below L / (16 (m + 1)), which conjugate gradients reach.
// strongly_convex: s = (L - mu) / 4, mu = L / kappa; x*_i = q^i, q = (sqrt kappa - 1) / (sqrt kappa
// + 1),
//   for infinitely many variables. c = 1 - q instead of 1 cuts the chain so that x* is the same,
//   and |x_k - x*|^2 >= q^{2 k} |x_0 - x*|^2 up to the tail q^{2 n}, for k < n.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/formula/known.hpp"

namespace ravine::problems {
namespace {

struct Chain {
  double s, mu, c;
  /// Row i of the Hessian: its diagonal entry; those beside it are -s.
  [[nodiscard]] double diagonal(std::size_t i, std::size_t n) const {
    return s * (i + 1 < n ? 2 : 1 + c) + mu;
  }
  /// Entry i of H x.
  double product(std::span<const double> x, std::size_t i) const {
    double neighbours = i > 0 ? x[i - 1] : 0;
    if (i + 1 < x.size()) neighbours += x[i + 1];
    return diagonal(i, x.size()) * x[i] - s * neighbours;
  }
};

class ChainCursor final : public Cursor {
 public:
  ChainCursor(const Chain& chain, std::span<const double> x)
      : chain_(chain), x_(x.begin(), x.end()) {}
  Answer partial(std::uint64_t i, double* first, double* second) override {
    if (first != nullptr) *first = chain_.product(x_, i) - (i == 0 ? chain_.s : 0);
    if (second != nullptr) *second = chain_.diagonal(i, x_.size());
    return Answer::ok;
  }
  Answer move(std::uint64_t i, double delta) override {
    x_[i] += delta;
    return Answer::ok;
  }

 private:
  Chain chain_;
  std::vector<double> x_;
};

constexpr double kDefaultKappa = 100;

class NesterovWorst final : public Problem {
 public:
  NesterovWorst(const Parameters& parameters, const Instance& instance)
      : facts_(plain_facts(nesterov_worst_family(), whole(parameters, "n"))) {
    facts_.offers_partials = true;
    const std::uint64_t n = facts_.n;
    const double L = real(parameters, "L"), length = static_cast<double>(n + 1);
    if (parameters.at("kind").text == "smooth" && real(parameters, "kappa") != kDefaultKappa)
      throw ProblemError(
          "kind 'smooth' of problem 'nesterov_worst' has the condition number that n makes: leave "
          "kappa out, or write kind = \"strongly_convex\"");
    Known known{.x0 = std::vector<double>(n), .x_star = std::vector<double>(n), .spread = 1};
    double mu = 0;  // the least eigenvalue
    if (parameters.at("kind").text == "smooth") {
      chain_ = {L / 4, 0, 1};
      const double sine = std::sin(std::numbers::pi / (2 * length));
      mu = L * sine * sine;
      for (std::uint64_t i = 0; i < n; ++i) known.x_star[i] = static_cast<double>(n - i) / length;
      known.f_star = -L / 8 * (static_cast<double>(n) / length);
    } else {
      const double root = std::sqrt(real(parameters, "kappa"));
      const double q = (root - 1) / (root + 1);
      mu = L / real(parameters, "kappa");
      chain_ = {(L - mu) / 4, mu, 1 - q};
      for (std::uint64_t i = 0; i < n; ++i)
        known.x_star[i] = std::pow(q, static_cast<double>(i + 1));
      known.f_star = -0.5 * chain_.s * q;
    }
    facts_.constants.insert({{"mu", mu}, {"L", L}, {"kappa", L / mu}});
    facts_.shape = Shape::quadratic;
    known.fill(facts_, instance);
    facts_.rounding_floor = rounding_floor_at(*this);
  }

  [[nodiscard]] const Facts& facts() const override { return facts_; }

  Answer evaluate(const Objective& objective, std::span<const double> x, double* value,
                  double* gradient) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    const auto [s, mu, c] = chain_;
    if (value != nullptr) {
      double steps = x[0] * x[0], norm = 0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        const double step = i + 1 < x.size() ? x[i] - x[i + 1] : x[i];
        steps += (i + 1 < x.size() ? 1 : c) * (step * step);
        norm += x[i] * x[i];
      }
      *value = s * (0.5 * steps - x[0]) + 0.5 * mu * norm;
    }
    if (gradient == nullptr) return Answer::ok;
    for (std::size_t i = 0; i < x.size(); ++i) gradient[i] = chain_.product(x, i);
    gradient[0] -= s;
    return Answer::ok;
  }

  Answer hessian_vectors(const Objective& objective, std::span<const double> x, const double* v,
                         std::uint64_t count, double* hv) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    const std::size_t n = x.size();
    for (std::uint64_t k = 0; k < count; ++k)
      for (std::size_t i = 0; i < n; ++i) hv[k * n + i] = chain_.product({v + k * n, n}, i);
    return Answer::ok;
  }

  Answer hessian(const Objective& objective, std::span<const double> x, double* h) override {
    if (!facts_.offers_hessian) return Answer::not_supported;
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    const std::size_t n = x.size();
    std::fill_n(h, n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) h[i * n + i] = chain_.diagonal(i, n);
    for (std::size_t i = 0; i + 1 < n; ++i) h[i * n + i + 1] = h[(i + 1) * n + i] = -chain_.s;
    return Answer::ok;
  }

  std::unique_ptr<Cursor> cursor(const Objective& objective, std::span<const double> x) override {
    if (admit(facts_, objective, x) != Answer::ok) return nullptr;
    return std::make_unique<ChainCursor>(chain_, x);
  }

 private:
  Facts facts_;
  Chain chain_{};
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  return std::make_unique<NesterovWorst>(parameters, instance);
}

}  // namespace

Family nesterov_worst_family() {
  Family family;
  family.id = "nesterov_worst";
  family.summary = "the quadratics of the lower bounds for first-order methods";
  family.citation =
      "Nesterov, Introductory Lectures on Convex Optimization, Kluwer, 2004, sections 2.1.2 and "
      "2.1.4";
  using enum ParameterType;
  family.parameters = {
      dimension_parameter(2, "101"),
      {"kind", choice, "smooth", 0, 0, {"smooth", "strongly_convex"}, "class of the lower bound"},
      {"L", real, "1", 1e-6, 1e6, {}, "Lipschitz constant of the gradient"},
      {"kappa", real, "100", 1.1, 1e12, {}, "L / mu, strongly_convex only"},
  };
  family.make = make;
  return family;
}

}  // namespace ravine::problems
