// K classes, f(W) = 1/N sum (log sum_k exp(x_i'w_k) - x_i'w_(y_i)) + l2/2 |W|^2, W = (w_1 ... w_K)
// of n x K, row-major, y = 0 ... K - 1.
//
// At W = 0 f is log K. Adding one vector to all w_k changes nothing but the penalty: without l2 the
// Hessian is singular everywhere, and minimizers are a subspace or at infinity. L = lambda_max(X'X)
// / (2N) + l2 and mu = l2 hold everywhere (Boehning, Annals of the Institute of Statistical
// Mathematics 44, 1992, 197-200).
//
// With fresh samples the risk is the mean over evaluation_count() samples of another sequence, and
// no f* is stated: the true risk is an integral over 2 (K - 1) normal numbers, the differences of
// the scores behind the labels and of those of W, which no cheap rule gives to 1e-10 for K > 2. For
// K = 2 logistic_regression has it.
#include <algorithm>
#include <cmath>
#include <utility>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/regressions/linear_model.hpp"
#include "problems/regressions/minimum.hpp"
#include "problems/regressions/softmax_newton.hpp"
#include "problems/regressions/softmax_pass.hpp"

namespace ravine::problems {
namespace {

constexpr std::size_t kFreshAtOnce = 128;  // samples that are drawn before they are used
constexpr std::uint64_t kMostWeights = 10'000'000;
constexpr std::uint64_t kMostClasses = 1000;
constexpr std::uint64_t kDrawnClasses = 10;  // where it is not said how many

class SoftmaxRegression final : public Problem {
 public:
  SoftmaxRegression(const Family& family, const Parameters& parameters, const Instance& instance,
                    std::uint64_t classes, std::unique_ptr<TrainingData> data)
      : data_(std::move(data)),
        classes_(classes),
        l2_(real(parameters, "l2")),
        facts_(plain_facts(family, data_->rows.columns * classes)),
        pass_(data_->rows.columns, classes) {
    const LabelledRows& rows = data_->rows;
    facts_.blocks = {{"W", 0, {rows.columns, classes_}, BlockRole::output_layer, false}};
    facts_.x0 = regression_start(instance, facts_.n, rows.columns, true);
    facts_.sample_count = rows.count;
    facts_.fresh_samples = data_->fresh;
    facts_.constants["N"] = static_cast<double>(rows.count);
    facts_.constants["K"] = static_cast<double>(classes_);
    facts_.shape = Shape::convex;
    const double largest = data_->fresh ? real(parameters, "condition") : spectrum_of(rows).largest;
    facts_.constants["L"] = 0.5 * largest + l2_;
    if (l2_ > 0) facts_.constants.insert({{"mu", l2_}, {"kappa", facts_.constants.at("L") / l2_}});
    if (data_->path.empty())
      facts_.metrics = {
          {"training_loss", "1", false}, {"fresh_risk", "1", false}, {"gap", "1", false}};
    if (!data_->fresh && l2_ > 0) state_minimum();
  }

  [[nodiscard]] const Facts& facts() const override { return facts_; }

  Answer evaluate(const Objective& objective, std::span<const double> w, double* value,
                  double* gradient) override {
    if (const Answer answer = admit(facts_, objective, w); answer != Answer::ok) return answer;
    pass_.begin(w, count(objective));
    run(objective, [&](const Selection& chosen) { pass_.add(chosen, gradient != nullptr); });
    if (value != nullptr) *value = pass_.value(l2_);
    if (gradient != nullptr) pass_.write(l2_, w.data(), gradient);
    return Answer::ok;
  }

  Answer hessian_vectors(const Objective& objective, std::span<const double> w, const double* v,
                         std::uint64_t count_of_v, double* hv) override {
    if (const Answer answer = admit(facts_, objective, w); answer != Answer::ok) return answer;
    for (std::uint64_t k = 0; k < count_of_v; ++k, v += w.size(), hv += w.size()) {
      pass_.begin(w, count(objective));
      run(objective, [&](const Selection& chosen) { pass_.add_product(chosen, {v, w.size()}); });
      pass_.write(l2_, v, hv);
    }
    return Answer::ok;
  }

  Answer hessian(const Objective& objective, std::span<const double> w, double* h) override {
    if (!facts_.offers_hessian) return Answer::not_supported;
    if (const Answer answer = admit(facts_, objective, w); answer != Answer::ok) return answer;
    const std::size_t n = w.size();
    std::vector<double> unit(n);
    for (std::size_t j = 0; j < n; ++j) {
      unit[j] = 1;
      hessian_vectors(objective, w, unit.data(), 1, h + j * n);
      unit[j] = 0;
    }
    for (std::size_t j = 0; j < n; ++j)
      for (std::size_t i = 0; i < j; ++i)
        h[j * n + i] = h[i * n + j] = 0.5 * (h[j * n + i] + h[i * n + j]);
    return Answer::ok;
  }

  Answer measure(std::span<const double> w, std::span<double> metrics) override {
    if (metrics.size() != facts_.metrics.size() || w.size() != facts_.n) return Answer::failed;
    if (metrics.empty()) return Answer::ok;
    metrics[0] = mean_loss(data_->rows, w);
    metrics[1] = mean_loss(evaluation(), w);
    metrics[2] = metrics[1] - metrics[0];
    return Answer::ok;
  }

 private:
  [[nodiscard]] std::uint64_t count(const Objective& objective) {
    if (!objective.full) return objective.samples.size();
    return data_->fresh ? evaluation().count : data_->rows.count;
  }

  template <class Use>
  void run(const Objective& objective, Use use) {
    if (objective.full && data_->fresh) {
      use({evaluation()});
    } else if (objective.full || !data_->fresh) {
      use({data_->rows, objective.samples, objective.full});
    } else {
      const auto samples = objective.samples;
      for (std::size_t i = 0; i < samples.size(); i += kFreshAtOnce) {
        batch_.draw(*data_->training,
                    samples.subspan(i, std::min(kFreshAtOnce, samples.size() - i)));
        use({batch_.view()});
      }
    }
  }

  const LabelledRows& evaluation() {
    if (evaluation_.view().count == 0)
      evaluation_.draw(*data_->evaluation, evaluation_count(data_->rows.columns));
    return evaluation_.view();
  }

  double mean_loss(const LabelledRows& rows, std::span<const double> w) {
    pass_.begin(w, rows.count);
    pass_.add({rows}, false);
    return pass_.value(0);
  }

  void state_minimum() {
    const auto minimum = newton_minimum(*this, facts_.n, data_->rows.count);
    if (!minimum) return;
    facts_.f_star = minimum->f;
    facts_.x_star = minimum->x;
    double f0 = 0;
    evaluate({}, facts_.x0, &f0, nullptr);
    constexpr double kRoundings = 16;
    facts_.rounding_floor = kRoundings * kUnitRoundoff * minimum->f / (f0 - minimum->f);
  }

  std::unique_ptr<TrainingData> data_;
  std::uint64_t classes_;
  double l2_;
  Facts facts_;
  SoftmaxPass pass_;
  DrawnRows batch_, evaluation_;
};

/// Of a file: as many classes as are `said`, of which some may lack samples; where none are (0),
/// what the largest label says, and a class without a sample is an error in the labels.
std::uint64_t classes_of(const TrainingData& data, std::uint64_t said) {
  const std::uint64_t most = said > 0 ? said : kMostClasses;
  std::vector<bool> present(most);
  std::uint64_t classes = 0;
  for (std::uint64_t i = 0; i < data.rows.count; ++i) {
    const double label = data.rows.labels[i];
    if (!(label >= 0 && label < static_cast<double>(most) && label == std::floor(label)))
      refuse_label(data, i,
                   "a class, a whole number from 0 to " + std::to_string(most - 1) +
                       (said > 0 ? ": classes = " + std::to_string(said) : ""));
    const auto k = static_cast<std::uint64_t>(label);
    present[k] = true;
    classes = std::max(classes, k + 1);
  }
  const std::string& file = data.items.empty() ? data.path : data.items;
  if (std::ranges::count(present, true) == 1)
    throw ProblemError("data file '" + file + "' has samples of class " +
                       std::to_string(classes - 1) + " alone, expected two classes or more");
  if (said > 0) return said;
  const auto lacking =
      static_cast<std::uint64_t>(std::ranges::find(present, false) - present.begin());
  if (lacking < classes)
    throw ProblemError(
        "data file '" + file + "' has no sample of class " + std::to_string(lacking) +
        ", but one of class " + std::to_string(classes - 1) +
        ": number the classes from 0 without a gap, or write classes = " + std::to_string(classes));
  return classes;
}

std::uint64_t said_classes(const Parameters& parameters) {
  const std::uint64_t said = whole(parameters, "classes");
  if (said == 1)
    throw ProblemError(
        "parameter 'classes' of problem 'softmax_regression' is 0 or an integer from 2 to " +
        std::to_string(kMostClasses) + ", not 1");
  return said;
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance,
                              DataSets& data) {
  const Family family = softmax_regression_family();
  const std::uint64_t said = said_classes(parameters);
  const std::uint64_t drawn = said > 0 ? said : kDrawnClasses;
  auto training = training_data(family, parameters, instance, data, LabelRule::arg_max, drawn);
  const std::uint64_t classes = training->path.empty() ? drawn : classes_of(*training, said);
  if (training->rows.columns > kMostWeights / classes)
    throw ProblemError("problem 'softmax_regression' has features * classes variables, at most " +
                       std::to_string(kMostWeights) + ", not " +
                       std::to_string(training->rows.columns) + " * " + std::to_string(classes));
  return std::make_unique<SoftmaxRegression>(family, parameters, instance, classes,
                                             std::move(training));
}

}  // namespace

Family softmax_regression_family() {
  Family family;
  family.id = "softmax_regression";
  family.summary = "multinomial logistic regression on generated data or a file";
  family.citation =
      "Cox, Some procedures connected with the logistic qualitative response curve, in Research "
      "Papers in Statistics, 1966, 55-71; Bishop, Pattern Recognition and Machine Learning, 2006, "
      "section 4.3.4";
  family.stochastic = true;
  family.seeded = true;
  family.parameters = regression_parameters(
      "0.1", 1, "share of the labels that are drawn anew, of all classes", "0.001");
  family.parameters.push_back({"classes",
                               ParameterType::integer,
                               "0",
                               0,
                               static_cast<double>(kMostClasses),
                               {},
                               "K, labels 0 ... K - 1; 0: 10 of generated data, of a file as many "
                               "as its labels name"});
  family.make = make;
  return family;
}

}  // namespace ravine::problems
