// NIST's nonlinear regressions as sums of squares, from files that the user has.
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/nist/file.hpp"
#include "problems/nist/model.hpp"
#include "problems/random/stream.hpp"
#include "problems/text/number.hpp"

namespace ravine::problems {
namespace {

using nist::File;
using nist::Model;
using Parts = std::array<double, nist::kMostParameters>;

constexpr double kDigits = 11;               // that NIST certifies
constexpr double kCertifiedTo = 0.5e-10;     // relative: half a unit of the 11th digit, at most
constexpr double kParameterDigits = 1e-9;    // relative, of residuals whose parameters are rounded
constexpr double kRoundings = 4;             // of a response, in its residual
constexpr double kUnit = 2 * kUnitRoundoff;  // from 1 to the next double

/// NIST's log relative error: the number of correct digits, from 0 to those that are certified.
double digits(double found, double certified) {
  if (found == certified) return kDigits;
  const double error = std::abs(found - certified) / (certified == 0 ? 1 : std::abs(certified));
  const double correct = -std::log10(error);
  return correct > 0 ? std::min(correct, kDigits) : 0;  // 0 for a NaN too
}

/// r_i = F(x_i; b) - y_i.
class NistResiduals final : public Residuals {
 public:
  NistResiduals(const Model& model, File file) : model_(model), file_(std::move(file)) {
    if (!model_.log_response) return;
    for (double& y : file_.y) y = std::log(y);
  }

  [[nodiscard]] const Model& model() const { return model_; }
  [[nodiscard]] const File& file() const { return file_; }
  [[nodiscard]] const double* predictors(std::size_t i) const {
    return &file_.x[i * file_.predictors];
  }
  [[nodiscard]] double residual(const double* b, std::size_t i) const {
    return model_.value(b, predictors(i)) - file_.y[i];
  }
  /// The residual; its gradient to g.
  double gradient(const double* b, std::size_t i, double* g) const {
    return model_.gradient(b, predictors(i), g) - file_.y[i];
  }

  [[nodiscard]] std::uint64_t count() const override { return file_.y.size(); }
  [[nodiscard]] double scale() const override { return 1; }
  Answer residuals(std::span<const double> b, double* r) override {
    for (std::size_t i = 0; i < count(); ++i) r[i] = residual(b.data(), i);
    return Answer::ok;
  }
  Answer jacobian(std::span<const double> b, double* j) override {
    for (std::size_t i = 0; i < count(); ++i) gradient(b.data(), i, j + i * b.size());
    return Answer::ok;
  }
  Answer jacobian_vector(std::span<const double> b, const double* v, double* jv) override {
    Parts g{};
    for (std::size_t i = 0; i < count(); ++i) {
      gradient(b.data(), i, g.data());
      jv[i] = 0;
      for (std::size_t k = 0; k < b.size(); ++k) jv[i] += g[k] * v[k];
    }
    return Answer::ok;
  }
  Answer vector_jacobian(std::span<const double> b, const double* u, double* uj) override {
    Parts g{};
    std::fill_n(uj, b.size(), 0.0);
    for (std::size_t i = 0; i < count(); ++i) {
      gradient(b.data(), i, g.data());
      for (std::size_t k = 0; k < b.size(); ++k) uj[k] += u[i] * g[k];
    }
    return Answer::ok;
  }

 private:
  Model model_;
  File file_;  ///< responses as the model has them
};

/// f(b) = sum of r_i^2, NIST's residual sum of squares.
class NistRegression final : public Problem {
 public:
  NistRegression(const Model& model, const File& file, std::size_t start, const Instance& instance)
      : facts_(plain_facts(nist_family(), model.parameters)), residuals_(model, file) {
    const std::vector<double>& one = file.starts[0];
    const std::vector<double>& two = file.starts[1];
    facts_.x0 = file.starts[start - 1];
    const Stream drawn(instance.seed, "nist/start");
    for (std::size_t i = 0; i < facts_.n && instance.index != 0; ++i)
      facts_.x0[i] = one[i] + (two[i] - one[i]) * drawn.uniform(i);
    facts_.f_star = file.residual_sum;
    facts_.x_star = file.certified;
    // Where a model has like terms, parameters that are right but exchanged have no digits; the sum
    // has them.
    facts_.metrics = {{"digits", "1", true}, {"residual_sum_digits", "1", true}};
    facts_.constants["m"] = static_cast<double>(file.y.size());
    facts_.constants["L"] = largest_curvature();

    // The certified sum is rounded to its digits, and each residual by some ulps of its response.
    double f0 = 0;
    double squares = 0;
    for (const double y : residuals_.file().y) squares += y * y;
    evaluate({}, facts_.x0, &f0, nullptr);
    const double noise = kRoundings * kUnit * std::sqrt(squares);
    const double least = *facts_.f_star;
    check_certified(std::sqrt(squares));
    facts_.rounding_floor =
        (kCertifiedTo * least + noise * (2 * std::sqrt(least) + noise)) / (f0 - least);
  }

  [[nodiscard]] const Facts& facts() const override { return facts_; }

  /// That model, data and certified values belong together: with parameters of 11 digits the sum is
  /// the certified one to many more than the six that are asked for, beside what a change of the
  /// eleventh digit does to residuals of the responses' size where it is all but 0.
  void check_certified(double response_norm) {
    double sum = 0;
    evaluate({}, facts_.x_star, &sum, nullptr);
    const double rounding = kParameterDigits * response_norm;
    const double certified = *facts_.f_star;
    if (std::fabs(sum - certified) <= 1e-6 * certified + rounding * rounding) return;
    throw ProblemError("NIST's set '" + residuals_.file().set +
                       "' contradicts itself: at its certified parameters the residual sum of "
                       "squares of its data is " +
                       rounded(sum, 6) + ", and the certified one is " + rounded(certified, 6));
  }

  Answer evaluate(const Objective& objective, std::span<const double> b, double* value,
                  double* gradient) override {
    if (const Answer answer = admit(facts_, objective, b); answer != Answer::ok) return answer;
    Parts g{};
    double f = 0;
    if (gradient != nullptr) std::fill_n(gradient, b.size(), 0.0);
    for (std::size_t i = 0; i < residuals_.count(); ++i) {
      const double r = gradient == nullptr ? residuals_.residual(b.data(), i)
                                           : residuals_.gradient(b.data(), i, g.data());
      f += r * r;
      if (gradient == nullptr) continue;
      for (std::size_t k = 0; k < b.size(); ++k) gradient[k] += 2 * r * g[k];
    }
    if (value != nullptr) *value = f;
    return Answer::ok;
  }

  Answer hessian_vectors(const Objective& objective, std::span<const double> b, const double* v,
                         std::uint64_t count, double* hv) override {
    if (const Answer answer = admit(facts_, objective, b); answer != Answer::ok) return answer;
    for (std::uint64_t k = 0; k < count; ++k, v += b.size(), hv += b.size()) product(b, v, hv);
    return Answer::ok;
  }

  Answer hessian(const Objective& objective, std::span<const double> b, double* h) override {
    if (const Answer answer = admit(facts_, objective, b); answer != Answer::ok) return answer;
    const std::size_t n = b.size();
    for (std::size_t k = 0; k < n; ++k) {
      Parts e{};
      e[k] = 1;
      product(b, e.data(), h + k * n);
      for (std::size_t j = 0; j < k; ++j) h[j * n + k] = h[k * n + j];
    }
    return Answer::ok;
  }

  Residuals* residuals() override { return &residuals_; }

  Answer measure(std::span<const double> b, std::span<double> metrics) override {
    if (metrics.size() != facts_.metrics.size()) return Answer::failed;
    double f = 0;
    if (const Answer answer = evaluate({}, b, &f, nullptr); answer != Answer::ok) return answer;
    metrics[0] = kDigits;
    for (std::size_t k = 0; k < b.size(); ++k)
      metrics[0] = std::min(metrics[0], digits(b[k], facts_.x_star[k]));
    metrics[1] = digits(f, *facts_.f_star);
    return Answer::ok;
  }

 private:
  // H v = 2 sum (g_i'v) g_i + r_i (d2F_i v).
  void product(std::span<const double> b, const double* v, double* hv) const {
    Parts g{};
    Parts second{};
    std::fill_n(hv, b.size(), 0.0);
    for (std::size_t i = 0; i < residuals_.count(); ++i) {
      const double r = residuals_.model().second(b.data(), v, residuals_.predictors(i), g.data(),
                                                 second.data()) -
                       residuals_.file().y[i];
      double slope = 0;
      for (std::size_t k = 0; k < b.size(); ++k) slope += g[k] * v[k];
      for (std::size_t k = 0; k < b.size(); ++k) hv[k] += 2 * (slope * g[k] + r * second[k]);
    }
  }

  // Of the Hessian at the certified parameters. The smallest is lost in rounding: up to 18 orders
  // of magnitude lie between them.
  double largest_curvature() {
    const auto n = static_cast<Eigen::Index>(facts_.n);
    Eigen::MatrixXd h(n, n);
    hessian({}, facts_.x_star, h.data());
    return Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(h, Eigen::EigenvaluesOnly)
        .eigenvalues()
        .maxCoeff();
  }

  Facts facts_;
  NistResiduals residuals_;
};

[[noreturn]] void contradict(const std::string& path, const std::string& what) {
  throw ProblemError("data file '" + path + "': " + what);
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::string& set = parameters.at("set").text;
  const auto& all = nist::models();
  const Model& model = *std::ranges::find(all, set, &Model::set);
  const std::string path = parameters.at("folder").text + "/" + set + ".dat";
  if (!std::filesystem::exists(path))
    throw ProblemError("data file '" + path +
                       "' is missing: parameter 'folder' says where NIST's files are "
                       "(www.itl.nist.gov/div898/strd)");
  const File file = nist::read_file(path);
  if (file.set != set) contradict(path, "is of the data set '" + file.set + "', not " + set);
  if (file.certified.size() != model.parameters)
    contradict(path, "has " + std::to_string(file.certified.size()) + " parameters; the model of " +
                         set + " has " + std::to_string(model.parameters));
  if (file.predictors != model.predictors)
    contradict(path, "has " + std::to_string(file.predictors) + " predictors; the model of " + set +
                         " has " + std::to_string(model.predictors));
  if (model.log_response && std::ranges::any_of(file.y, [](double y) { return !(y > 0); }))
    contradict(path, "has a response that is not positive; the model is for its logarithm");
  return std::make_unique<NistRegression>(model, file, whole(parameters, "start"), instance);
}

}  // namespace

Family nist_family() {
  using enum ParameterType;
  std::vector<std::string> sets;
  for (const Model& model : nist::models()) sets.emplace_back(model.set);
  Family family;
  family.id = "nist";
  family.summary =
      "NIST's nonlinear regressions from its own files; metric digits: correct ones of the worst "
      "parameter. Instances but 0 start anywhere between NIST's two starts";
  family.citation =
      "National Institute of Standards and Technology, Statistical Reference Datasets: Nonlinear "
      "Regression, www.itl.nist.gov/div898/strd";
  family.parameters = {
      {"folder", text, "nist", 0, 0, {}, "folder with NIST's files, Misra1a.dat and so on"},
      {"set", choice, "Misra1a", 0, 0, sets, "the data set"},
      {"start", integer, "1", 1, 2, {}, "which of NIST's two starts"}};
  family.make = make;
  return family;
}

}  // namespace ravine::problems
