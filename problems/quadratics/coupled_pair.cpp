// J(w) = (w1 - w2)^2 + alpha (w1^2 + w2^2), on which coordinate descent is slow for a small alpha:
// an exact sweep divides the error by (1 + alpha)^2, gradient descent at its best by 1 + alpha a
// step. H = [2 + 2 alpha, -2; -2, 2 + 2 alpha], eigenvalues 2 alpha and 4 + 2 alpha.
#include <algorithm>
#include <cmath>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

constexpr double kBox = 2;  // instances but 0 start uniformly in [-2, 2]^2

class CoupledPairCursor final : public Cursor {
 public:
  CoupledPairCursor(double alpha, std::span<const double> x) : alpha_(alpha), x_{x[0], x[1]} {}
  Answer partial(std::uint64_t i, double* first, double* second) override {
    if (first != nullptr) *first = 2 * (x_[i] - x_[1 - i]) + 2 * alpha_ * x_[i];
    if (second != nullptr) *second = 2 + 2 * alpha_;
    return Answer::ok;
  }
  Answer move(std::uint64_t i, double delta) override {
    x_[i] += delta;
    return Answer::ok;
  }

 private:
  double alpha_;
  double x_[2];
};

/// r = (w1 - w2, sqrt(alpha) w1, sqrt(alpha) w2), linear.
class CoupledPairResiduals final : public Residuals {
 public:
  explicit CoupledPairResiduals(double alpha) : root_(std::sqrt(alpha)) {}
  [[nodiscard]] std::uint64_t count() const override { return 3; }
  [[nodiscard]] double scale() const override { return 1; }
  Answer residuals(std::span<const double> x, double* r) override {
    return jacobian_vector(x, x.data(), r);
  }
  Answer jacobian_vector(std::span<const double> x, const double* v, double* jv) override {
    if (x.size() != 2) return Answer::failed;
    jv[0] = v[0] - v[1];
    jv[1] = root_ * v[0];
    jv[2] = root_ * v[1];
    return Answer::ok;
  }
  Answer vector_jacobian(std::span<const double> x, const double* u, double* uj) override {
    if (x.size() != 2) return Answer::failed;
    uj[0] = u[0] + root_ * u[1];
    uj[1] = root_ * u[2] - u[0];
    return Answer::ok;
  }
  Answer jacobian(std::span<const double> x, double* j) override {
    if (x.size() != 2) return Answer::failed;
    const double rows[] = {1, -1, root_, 0, 0, root_};
    std::ranges::copy(rows, j);
    return Answer::ok;
  }

 private:
  double root_;
};

class CoupledPair final : public Problem {
 public:
  CoupledPair(double alpha, const Instance& instance)
      : facts_(plain_facts(coupled_pair_family(), 2)), alpha_(alpha), residuals_(alpha) {
    facts_.offers_partials = true;
    const Stream start(instance.seed, "coupled_pair/start");
    facts_.x0 = {2, 1};  // not along an eigenvector
    if (instance.index != 0)
      for (std::uint64_t i = 0; i < 2; ++i) facts_.x0[i] = kBox * (2 * start.uniform(i) - 1);
    facts_.x_star = {0, 0};
    facts_.f_star = 0;
    facts_.constants.insert({{"mu", 2 * alpha},
                             {"L", 4 + 2 * alpha},
                             {"kappa", (2 + alpha) / alpha},
                             {"alpha", alpha}});
  }

  [[nodiscard]] const Facts& facts() const override { return facts_; }

  Answer evaluate(const Objective& objective, std::span<const double> x, double* value,
                  double* gradient) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    const double apart = x[0] - x[1];
    if (value != nullptr) *value = apart * apart + alpha_ * (x[0] * x[0] + x[1] * x[1]);
    if (gradient != nullptr) {
      gradient[0] = 2 * apart + 2 * alpha_ * x[0];
      gradient[1] = -2 * apart + 2 * alpha_ * x[1];
    }
    return Answer::ok;
  }

  Answer hessian_vectors(const Objective& objective, std::span<const double> x, const double* v,
                         std::uint64_t count, double* hv) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    for (std::uint64_t k = 0; k < count; ++k, v += 2, hv += 2) {
      hv[0] = (2 + 2 * alpha_) * v[0] - 2 * v[1];
      hv[1] = (2 + 2 * alpha_) * v[1] - 2 * v[0];
    }
    return Answer::ok;
  }

  Answer hessian(const Objective& objective, std::span<const double> x, double* h) override {
    const double unit[4] = {1, 0, 0, 1};
    return hessian_vectors(objective, x, unit, 2, h);
  }

  std::unique_ptr<Cursor> cursor(const Objective& objective, std::span<const double> x) override {
    if (admit(facts_, objective, x) != Answer::ok) return nullptr;
    return std::make_unique<CoupledPairCursor>(alpha_, x);
  }
  Residuals* residuals() override { return &residuals_; }

 private:
  Facts facts_;
  double alpha_;
  CoupledPairResiduals residuals_;
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  return std::make_unique<CoupledPair>(real(parameters, "alpha"), instance);
}

}  // namespace

Family coupled_pair_family() {
  Family family;
  family.id = "coupled_pair";
  family.summary = "(w1 - w2)^2 + alpha |w|^2: slow for coordinate descent where alpha is small";
  family.citation =
      "Goodfellow, Bengio and Courville, Deep Learning, MIT Press, 2016, section 8.7.2";
  family.parameters = {
      {"alpha", ParameterType::real, "0.01", 1e-6, 1e6, {}, "weight of the squares"}};
  family.make = make;
  return family;
}

}  // namespace ravine::problems
