// Rosenbrock's valley, chained to any number of variables.
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

constexpr std::uint64_t kEigenvalueLimit = 500;
constexpr double kBox = 2;  // instances but 0 start uniformly in [-2, 2]^n

/// A coordinate meets its two neighbours only.
class RosenbrockCursor final : public Cursor {
 public:
  explicit RosenbrockCursor(std::span<const double> x) : x_(x.begin(), x.end()) {}
  Answer partial(std::uint64_t i, double* first, double* second) override {
    double g = 0, h = 0;
    if (i + 1 < x_.size()) {
      g += -400 * x_[i] * (x_[i + 1] - x_[i] * x_[i]) - 2 * (1 - x_[i]);
      h += 1200 * x_[i] * x_[i] - 400 * x_[i + 1] + 2;
    }
    if (i > 0) {
      g += 200 * (x_[i] - x_[i - 1] * x_[i - 1]);
      h += 200;
    }
    if (first != nullptr) *first = g;
    if (second != nullptr) *second = h;
    return Answer::ok;
  }
  Answer move(std::uint64_t i, double delta) override {
    x_[i] += delta;
    return Answer::ok;
  }

 private:
  std::vector<double> x_;
};

/// As a sum of squares: r_{2i} = 10 (x_{i+1} - x_i^2), r_{2i+1} = 1 - x_i, for i < n - 1.
class RosenbrockResiduals final : public Residuals {
 public:
  explicit RosenbrockResiduals(std::uint64_t n) : pairs_(n - 1) {}
  [[nodiscard]] std::uint64_t count() const override { return 2 * pairs_; }
  [[nodiscard]] double scale() const override { return 1; }
  Answer residuals(std::span<const double> x, double* r) override {
    for (std::size_t i = 0; i < pairs_; ++i) {
      r[2 * i] = 10 * (x[i + 1] - x[i] * x[i]);
      r[2 * i + 1] = 1 - x[i];
    }
    return Answer::ok;
  }
  Answer jacobian_vector(std::span<const double> x, const double* v, double* jv) override {
    for (std::size_t i = 0; i < pairs_; ++i) {
      jv[2 * i] = 10 * v[i + 1] - 20 * x[i] * v[i];
      jv[2 * i + 1] = -v[i];
    }
    return Answer::ok;
  }
  Answer vector_jacobian(std::span<const double> x, const double* u, double* uj) override {
    std::fill_n(uj, pairs_ + 1, 0.0);
    for (std::size_t i = 0; i < pairs_; ++i) {
      uj[i] += -20 * x[i] * u[2 * i] - u[2 * i + 1];
      uj[i + 1] += 10 * u[2 * i];
    }
    return Answer::ok;
  }
  Answer jacobian(std::span<const double> x, double* j) override {
    const std::size_t n = pairs_ + 1;
    std::fill_n(j, 2 * pairs_ * n, 0.0);
    for (std::size_t i = 0; i < pairs_; ++i) {
      j[2 * i * n + i] = -20 * x[i];
      j[2 * i * n + i + 1] = 10;
      j[(2 * i + 1) * n + i] = -1;
    }
    return Answer::ok;
  }

 private:
  std::size_t pairs_;
};

/// f(x) = sum over i < n of 100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2. Minimum 0 at (1, ..., 1), alone
/// for n = 2 and 3; for n >= 4 there is a second local minimum near (-1, 1, ..., 1), with f from
/// 3.70 (n = 4) to 3.99. The Hessian is tridiagonal.
class Rosenbrock final : public Problem {
 public:
  Rosenbrock(std::uint64_t n, const Instance& instance)
      : facts_(plain_facts(rosenbrock_family(), n)), residuals_(n), diagonal_(n), above_(n - 1) {
    facts_.offers_partials = true;
    const Stream start(instance.seed, "rosenbrock/start");
    facts_.x0.resize(n);
    for (std::uint64_t i = 0; i < n; ++i) {
      const double canonical = i % 2 == 0 ? -1.2 : 1;
      facts_.x0[i] = instance.index == 0 ? canonical : kBox * (2 * start.uniform(i) - 1);
    }
    facts_.f_star = 0;
    facts_.x_star.assign(n, 1.0);
    fill_bands(facts_.x_star);
    if (n <= kEigenvalueLimit) add_curvature();
    // Rounding of the last update to the doubles about 1 leaves up to u in each entry, so that f is
    // up to 1/2 u^2 tr H(1).
    double f0 = 0;
    evaluate({}, facts_.x0, &f0, nullptr);
    double trace = 0;
    for (const double h : diagonal_) trace += h;
    facts_.rounding_floor = 0.5 * kUnitRoundoff * kUnitRoundoff * trace / f0;
  }

  [[nodiscard]] const Facts& facts() const override { return facts_; }

  Answer evaluate(const Objective& objective, std::span<const double> x, double* value,
                  double* gradient) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    if (gradient != nullptr) gradient[0] = 0;
    double f = 0;
    for (std::size_t i = 0; i + 1 < x.size(); ++i) {
      const double r = x[i + 1] - x[i] * x[i];
      const double s = 1 - x[i];
      f += 100 * (r * r) + s * s;
      if (gradient == nullptr) continue;
      gradient[i] += -400 * x[i] * r - 2 * s;
      gradient[i + 1] = 200 * r;
    }
    if (value != nullptr) *value = f;
    return Answer::ok;
  }

  Answer hessian_vectors(const Objective& objective, std::span<const double> x, const double* v,
                         std::uint64_t count, double* hv) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    fill_bands(x);
    const std::size_t n = x.size();
    for (std::uint64_t k = 0; k < count; ++k, v += n, hv += n) {
      for (std::size_t i = 0; i < n; ++i) hv[i] = diagonal_[i] * v[i];
      for (std::size_t i = 0; i + 1 < n; ++i) {
        hv[i] += above_[i] * v[i + 1];
        hv[i + 1] += above_[i] * v[i];
      }
    }
    return Answer::ok;
  }

  Answer hessian(const Objective& objective, std::span<const double> x, double* h) override {
    if (!facts_.offers_hessian) return Answer::not_supported;
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    fill_bands(x);
    const std::size_t n = x.size();
    std::fill_n(h, n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) h[i * n + i] = diagonal_[i];
    for (std::size_t i = 0; i + 1 < n; ++i) h[i * n + i + 1] = h[(i + 1) * n + i] = above_[i];
    return Answer::ok;
  }

  std::unique_ptr<Cursor> cursor(const Objective& objective, std::span<const double> x) override {
    if (admit(facts_, objective, x) != Answer::ok) return nullptr;
    return std::make_unique<RosenbrockCursor>(x);
  }
  Residuals* residuals() override { return &residuals_; }

 private:
  // The Hessian at x: H_ii = 1200 x_i^2 - 400 x_{i+1} + 2 (i < n) + 200 (i > 1),
  // H_{i,i+1} = -400 x_i.
  void fill_bands(std::span<const double> x) {
    diagonal_[0] = 0;
    for (std::size_t i = 0; i + 1 < x.size(); ++i) {
      diagonal_[i] += 1200 * x[i] * x[i] - 400 * x[i + 1] + 2;
      diagonal_[i + 1] = 200;
      above_[i] = -400 * x[i];
    }
  }

  // Extreme eigenvalues of the Hessian at the minimizer.
  void add_curvature() {
    using Eigen::Index;
    const Eigen::Map<const Eigen::VectorXd> diagonal(diagonal_.data(),
                                                     static_cast<Index>(diagonal_.size()));
    const Eigen::Map<const Eigen::VectorXd> above(above_.data(), static_cast<Index>(above_.size()));
    Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
    solver.computeFromTridiagonal(diagonal, above, Eigen::EigenvaluesOnly);
    const double mu = solver.eigenvalues().minCoeff();
    const double L = solver.eigenvalues().maxCoeff();
    facts_.constants.insert({{"mu", mu}, {"L", L}, {"kappa", L / mu}});
  }

  Facts facts_;
  RosenbrockResiduals residuals_;
  std::vector<double> diagonal_;  ///< scratch: the Hessian's diagonal, n
  std::vector<double> above_;     ///< scratch: the diagonal above it, n - 1
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  return std::make_unique<Rosenbrock>(whole(parameters, "n"), instance);
}

}  // namespace

Family rosenbrock_family() {
  Family family;
  family.id = "rosenbrock";
  family.summary = "Rosenbrock's curved valley, chained; mu and L are those at the minimizer";
  family.citation =
      "Rosenbrock, An automatic method for finding the greatest or least value of a function, The "
      "Computer Journal 3, 1960, 175-184; chained: Toint, Some numerical results using a sparse "
      "matrix updating formula, Mathematics of Computation 32, 1978, 839-851";
  family.parameters = {dimension_parameter(2, "2")};
  family.make = make;
  return family;
}

}  // namespace ravine::problems
