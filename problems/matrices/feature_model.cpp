#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "problems/facts.hpp"
#include "problems/linear/fixed_blocking.hpp"
#include "problems/linear/reduce.hpp"
#include "problems/matrices/random_features.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

using Eigen::Index;

constexpr double kPi = std::numbers::pi;
constexpr double kSingular = 1e-12;  // reciprocal condition

std::span<const double> entries(const Eigen::VectorXd& v) {
  return {v.data(), static_cast<std::size_t>(v.size())};
}

Eigen::VectorXd signal(const Parameters& parameters) {
  Eigen::VectorXd beta(static_cast<Index>(whole(parameters, "inputs")));
  const bool flat = parameters.at("signal").text == "flat";
  for (Index j = 0; j < beta.size(); ++j) beta[j] = flat ? 1 : 1 / static_cast<double>(j + 1);
  return beta / std::sqrt(dot(entries(beta), entries(beta)));
}

/// E max(0, a'u) max(0, b'u), u standard normal: Cho and Saul, Kernel methods for deep learning,
/// NeurIPS 2009, k_1 halved.
double arc_cosine(double a_a, double b_b, double a_b) {
  const double norms = std::sqrt(a_a * b_b);
  const double cosine = std::clamp(a_b / norms, -1.0, 1.0);
  const double angle = std::acos(cosine);
  return norms / (2 * kPi) * (std::sin(angle) + (kPi - angle) * cosine);
}

/// E cos(a'u + alpha) cos(b'u + beta), from the characteristic function of a'u +- b'u.
double cosines(double a_a, double b_b, double a_b, double alpha, double beta) {
  const double apart = std::exp(-0.5 * (a_a + b_b - 2 * a_b));
  const double together = std::exp(-0.5 * (a_a + b_b + 2 * a_b));
  return 0.5 * (apart * std::cos(alpha - beta) + together * std::cos(alpha + beta));
}

}  // namespace

FeatureModel::FeatureModel(const Parameters& parameters, std::uint64_t key)
    : key_(key),
      kind_(parameters.at("features").text),
      p_(whole(parameters, "p")),
      noise_(real(parameters, "noise")),
      beta_(signal(parameters)) {
  if (kind_ == "gaussian") return;
  const Stream weights(key, "random_features/weights"), phases(key, "random_features/phases");
  const double deviation = 1 / std::sqrt(static_cast<double>(beta_.size()));
  a_.resize(static_cast<Index>(p_), beta_.size());
  b_.resize(a_.rows());
  for (Index k = 0; k < a_.size(); ++k)
    a_.data()[k] = deviation * weights.normal(static_cast<std::uint64_t>(k));
  for (Index j = 0; j < b_.size(); ++j)
    b_[j] = 2 * kPi * phases.uniform(static_cast<std::uint64_t>(j));
  add_moments();
}

// E phi phi' and E phi beta'u. The latter by Stein's lemma: E g(a'u) beta'u = a'beta E g'(a'u).
void FeatureModel::add_moments() {
  fix_eigen_blocking();
  const Eigen::MatrixXd products = a_ * a_.transpose();
  const Eigen::VectorXd along = a_ * beta_;
  const double scale = std::sqrt(2 / static_cast<double>(p_));
  second_.resize(a_.rows(), a_.rows());
  cross_.resize(a_.rows());
  for (Index i = 0; i < a_.rows(); ++i) {
    const double a_a = products(i, i);
    const bool relu = kind_ == "relu";
    cross_[i] = scale * along[i] * (relu ? 0.5 : -std::exp(-0.5 * a_a) * std::sin(b_[i]));
    for (Index j = 0; j <= i; ++j) {
      const double b_b = products(j, j), a_b = products(i, j);
      second_(i, j) = second_(j, i) =
          scale * scale * (relu ? arc_cosine(a_a, b_b, a_b) : cosines(a_a, b_b, a_b, b_[i], b_[j]));
    }
  }
}

double FeatureModel::sample(std::uint64_t i, double* features) const {
  const Stream inputs(key_, "random_features/inputs"), noise(key_, "random_features/noise");
  std::vector<double> u(static_cast<std::size_t>(beta_.size()));
  for (std::size_t j = 0; j < u.size(); ++j) u[j] = inputs.normal(i * u.size() + j);
  const double scale = std::sqrt(2 / static_cast<double>(p_));
  for (std::size_t j = 0; j < p_; ++j) {
    if (kind_ == "gaussian") {
      features[j] = u[j];
      continue;
    }
    const double t = dot({a_.data() + j * u.size(), u.size()}, u);
    features[j] =
        scale * (kind_ == "relu" ? std::max(0.0, t) : std::cos(t + b_[static_cast<Index>(j)]));
  }
  return dot(u, entries(beta_)) + noise_ * noise.normal(i);
}

// |beta_Tc|^2, of the inputs that are no features.
double FeatureModel::left_out() const {
  return beta_.tail(beta_.size() - static_cast<Index>(p_)).squaredNorm();
}

double FeatureModel::risk(const Eigen::VectorXd& w) const {
  if (kind_ == "gaussian")
    return (w - beta_.head(w.size())).squaredNorm() + left_out() + noise_ * noise_;
  return w.dot(second_ * w) - 2 * w.dot(cross_) + beta_.squaredNorm() + noise_ * noise_;
}

Eigen::VectorXd FeatureModel::risk_product(const Eigen::VectorXd& v) const {
  if (kind_ == "gaussian") return 2 * v;
  return 2 * (second_ * v);
}

Eigen::VectorXd FeatureModel::risk_slope(const Eigen::VectorXd& w) const {
  if (kind_ == "gaussian") return 2 * (w - beta_.head(w.size()));
  return 2 * (second_ * w - cross_);
}

Eigen::VectorXd FeatureModel::risk_minimizer() const {
  if (kind_ == "gaussian") return beta_.head(static_cast<Index>(p_));
  const Eigen::LLT<Eigen::MatrixXd> factor(second_);
  if (factor.info() != Eigen::Success || !(factor.rcond() > kSingular)) return {};
  return factor.solve(cross_);
}

std::optional<std::array<double, 2>> FeatureModel::risk_curvature(std::uint64_t most) const {
  if (kind_ == "gaussian") return {{2, 2}};
  if (p_ > most) return std::nullopt;
  const Eigen::VectorXd lambda =
      Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(second_, Eigen::EigenvaluesOnly).eigenvalues();
  return {{2 * lambda.minCoeff(), 2 * lambda.maxCoeff()}};
}

double FeatureModel::least_risk() const {
  if (kind_ != "gaussian") return std::numeric_limits<double>::quiet_NaN();
  return left_out() + noise_ * noise_;
}

double FeatureModel::expected_risk(std::uint64_t samples) const {
  if (kind_ != "gaussian") return std::numeric_limits<double>::quiet_NaN();
  const auto n = static_cast<double>(samples), p = static_cast<double>(p_);
  const double rest = left_out() + noise_ * noise_;
  if (p <= n - 2) return rest * (1 + p / (n - p - 1));
  if (p < n + 2) return std::numeric_limits<double>::infinity();
  return beta_.head(static_cast<Index>(p_)).squaredNorm() * (1 - n / p) +
         rest * (1 + n / (p - n - 1));
}

}  // namespace ravine::problems
