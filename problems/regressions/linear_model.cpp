#include "problems/regressions/linear_model.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "problems/facts.hpp"
#include "problems/linear/dense_by_products.hpp"
#include "problems/regressions/columns.hpp"
#include "problems/regressions/linear_residuals.hpp"
#include "problems/regressions/margin_risk.hpp"
#include "problems/regressions/minimum.hpp"
#include "problems/regressions/passes.hpp"

namespace ravine::problems {
namespace {

constexpr std::size_t kFreshAtOnce = 64;  // samples that are drawn before they are used

class LinearModel final : public Problem {
 public:
  LinearModel(const Family& family, const Parameters& parameters, const Instance& instance,
              Loss loss, std::unique_ptr<TrainingData> data)
      : data_(std::move(data)),
        rows_(data_->rows),
        loss_(loss),
        l2_(real(parameters, "l2")),
        facts_(plain_facts(family, rows_.columns)) {
    const bool file = !data_->path.empty();
    if (file && loss_ != Loss::squared) {
      signs_ = signs_of(*data_);
      rows_.labels = signs_;
    }
    facts_.x0 = regression_start(instance, facts_.n, facts_.n, loss_ != Loss::perceptron);
    facts_.sample_count = rows_.count;
    facts_.fresh_samples = data_->fresh;
    facts_.offers_partials = !data_->fresh;
    facts_.constants["N"] = static_cast<double>(rows_.count);
    facts_.shape = loss_ == Loss::squared ? Shape::quadratic : Shape::convex;
    if (!file)
      facts_.metrics = {
          {"training_loss", "1", false}, {"fresh_risk", "1", false}, {"gap", "1", false}};
    if (data_->training && loss_ != Loss::squared)
      plane_ = std::make_unique<PlaneRisk>(*data_->training, loss_, data_->noise, l2_);
    if (data_->fresh)
      state_risk(real(parameters, "condition"));
    else
      state_recycled();
    if ((loss_ == Loss::squared || loss_ == Loss::squared_hinge) && !data_->fresh)
      residuals_ = std::make_unique<LinearResiduals>(rows_, loss_, l2_);
  }

  [[nodiscard]] const Facts& facts() const override { return facts_; }

  Answer evaluate(const Objective& objective, std::span<const double> w, double* value,
                  double* gradient) override {
    if (const Answer answer = admit(facts_, objective, w); answer != Answer::ok) return answer;
    if (of_risk(objective)) {
      if (plane_) {
        plane_->evaluate(w, value, gradient);
        return Answer::ok;
      }
      const double f = squared_risk(w, gradient);
      if (value != nullptr) *value = f;
      return Answer::ok;
    }
    LossPass pass(loss_, w, l2_, count(objective), gradient);
    run(objective, pass);
    if (value != nullptr) *value = pass.value();
    return Answer::ok;
  }

  Answer hessian_vectors(const Objective& objective, std::span<const double> w, const double* v,
                         std::uint64_t count_of_v, double* hv) override {
    if (const Answer answer = admit(facts_, objective, w); answer != Answer::ok) return answer;
    for (std::uint64_t k = 0; k < count_of_v; ++k, v += w.size(), hv += w.size()) {
      if (of_risk(objective)) {
        risk_product(w, {v, w.size()}, hv);
        continue;
      }
      CurvaturePass pass(loss_, w, v, l2_, count(objective), hv);
      run(objective, pass);
    }
    return Answer::ok;
  }

  Answer hessian(const Objective& objective, std::span<const double> w, double* h) override {
    if (!facts_.offers_hessian) return Answer::not_supported;
    if (const Answer answer = admit(facts_, objective, w); answer != Answer::ok) return answer;
    if (of_risk(objective)) {
      std::vector<double> axis(w.size());
      dense_by_products(w.size(), h, [&](double* row) {
        std::copy_n(row, axis.size(), axis.begin());
        risk_product(w, axis, row);
      });
      return Answer::ok;
    }
    if (!objective.full && data_->fresh) {
      batch_.draw(*data_->training, objective.samples);
      hessian_of(loss_, w, l2_, {batch_.view()}, h);
      return Answer::ok;
    }
    hessian_of(loss_, w, l2_, selection(objective), h);
    return Answer::ok;
  }

  std::unique_ptr<Cursor> cursor(const Objective& objective, std::span<const double> w) override {
    if (!facts_.offers_partials || admit(facts_, objective, w) != Answer::ok) return nullptr;
    const Selection chosen = selection(objective);
    std::shared_ptr<const Columns> columns = columns_;
    if (!objective.full || !columns) columns = std::make_shared<Columns>(by_columns(chosen));
    if (objective.full) columns_ = columns;
    return column_cursor(loss_, l2_, chosen, std::move(columns), w);
  }

  Residuals* residuals() override { return residuals_.get(); }

  Answer measure(std::span<const double> w, std::span<double> metrics) override {
    if (metrics.size() != facts_.metrics.size() || w.size() != facts_.n) return Answer::failed;
    if (metrics.empty()) return Answer::ok;
    metrics[0] = mean_loss(rows_, w);
    metrics[1] = plane_ ? plane_->risk(w) : squared_loss_risk(w);
    metrics[2] = metrics[1] - metrics[0];
    return Answer::ok;
  }

 private:
  [[nodiscard]] bool of_risk(const Objective& objective) const {
    return objective.full && data_->fresh;
  }
  [[nodiscard]] std::uint64_t count(const Objective& objective) const {
    return objective.full ? rows_.count : objective.samples.size();
  }
  /// Of samples that are kept.
  [[nodiscard]] Selection selection(const Objective& objective) const {
    return {rows_, objective.samples, objective.full};
  }

  template <class Pass>
  void run(const Objective& objective, Pass& pass) {
    if (!data_->fresh) {
      pass.add(selection(objective));
      return;
    }
    const auto samples = objective.samples;
    for (std::size_t i = 0; i < samples.size(); i += kFreshAtOnce) {
      batch_.draw(*data_->training, samples.subspan(i, std::min(kFreshAtOnce, samples.size() - i)));
      pass.add({batch_.view()});
    }
  }

  [[nodiscard]] double mean_loss(const LabelledRows& rows, std::span<const double> w) const {
    LossPass pass(loss_, w, 0, rows.count, nullptr);
    pass.add({rows});
    return pass.value();
  }

  /// E 1/2 (x'w - y)^2 = 1/2 (w - b)'C(w - b) + noise^2 / 2, C the covariance.
  double squared_risk(std::span<const double> w, double* gradient) {
    const std::vector<double>& b = data_->training->weights();
    difference_.resize(w.size());
    for (std::size_t j = 0; j < w.size(); ++j) difference_[j] = w[j] - b[j];
    slope_ = difference_;
    data_->training->apply([](double lambda) { return lambda; }, slope_);
    const double f = 0.5 * (dot(difference_, slope_) + data_->noise * data_->noise);
    for (std::size_t j = 0; gradient != nullptr && j < w.size(); ++j)
      gradient[j] = slope_[j] + l2_ * w[j];
    return l2_ == 0 ? f : f + 0.5 * l2_ * dot(w, w);
  }
  double squared_loss_risk(std::span<const double> w) {
    const double l2 = std::exchange(l2_, 0.0);
    const double f = squared_risk(w, nullptr);
    l2_ = l2;
    return f;
  }
  /// hv := the risk's H(w) v.
  void risk_product(std::span<const double> w, std::span<const double> v, double* hv) {
    if (plane_) return plane_->product(w, v, hv);
    std::ranges::copy(v, hv);
    data_->training->apply([](double lambda) { return lambda; }, {hv, v.size()});
    for (std::size_t j = 0; j < v.size(); ++j) hv[j] += l2_ * v[j];
  }

  void state_curvature(std::optional<double> smallest, double largest) {
    const double steep = steepest(loss_);
    if (steep == 0) return;
    const double mu = (loss_ == Loss::squared ? smallest.value_or(0) : 0) + l2_;
    const double L = steep * largest + l2_;
    facts_.constants["L"] = L;
    if (mu > 0) facts_.constants.insert({{"mu", mu}, {"kappa", L / mu}});
  }

  void state_recycled() {
    const Spectrum ends = steepest(loss_) > 0 ? spectrum_of(rows_) : Spectrum{};
    state_curvature(ends.smallest, ends.largest);
    state_minimum(minimum_of(loss_, l2_, rows_));
  }

  void state_minimum(const std::optional<Minimum>& minimum) {
    if (loss_ == Loss::perceptron) {
      facts_.f_star = 0;
      facts_.x_star.assign(facts_.n, 0.0);
    } else if (minimum) {
      facts_.f_star = minimum->f;
      facts_.x_star = minimum->x;
      state_floor(minimum->flatness);
    } else if (loss_ == Loss::logistic && l2_ == 0 && data_->training && data_->noise == 0) {
      facts_.landmarks = {{"|w| -> inf", Landmark::Kind::infinity, 0, {}}};
    }
  }

  /// With b = Q S^-1 t / sqrt(n): w* = (C + l2)^-1 C b.
  void state_risk(double condition) {
    state_curvature(1, condition);
    if (loss_ != Loss::squared) {
      state_minimum(plane_->minimum());
      return;
    }
    const double l2 = l2_;
    const std::vector<double>& b = data_->training->weights();
    facts_.x_star = b;
    if (l2 > 0)
      data_->training->apply([l2](double lambda) { return lambda / (lambda + l2); }, facts_.x_star);
    // f* = 1/2 b'C (b - w*) + noise^2 / 2, without the squares of differences.
    std::vector<double> shrunk = b;
    data_->training->apply([l2](double lambda) { return l2 * (lambda / (lambda + l2)); }, shrunk);
    facts_.f_star = 0.5 * (dot(b, shrunk) + data_->noise * data_->noise);
    std::vector<double> curved = facts_.x_star;
    data_->training->apply([l2](double lambda) { return lambda + l2; }, curved);
    state_floor(0.5 * dot(facts_.x_star, curved));
  }

  // Values err by some roundings of f*, and the minimizer is rounded to doubles.
  void state_floor(double flatness) {
    constexpr double kRoundings = 8;
    double f0 = 0;
    evaluate({}, facts_.x0, &f0, nullptr);
    const double noise = kRoundings * kUnitRoundoff * *facts_.f_star;
    facts_.rounding_floor =
        (noise + kUnitRoundoff * kUnitRoundoff * flatness) / (f0 - *facts_.f_star);
  }

  std::unique_ptr<TrainingData> data_;
  LabelledRows rows_;
  std::vector<double> signs_;
  Loss loss_;
  double l2_;
  Facts facts_;
  std::unique_ptr<LinearResiduals> residuals_;
  std::unique_ptr<PlaneRisk> plane_;  ///< of the other losses on generated data
  DrawnRows batch_;
  std::shared_ptr<const Columns> columns_;  ///< of all samples, once a cursor asked for them
  std::vector<double> difference_, slope_;  ///< scratch of the risk
};

}  // namespace

std::unique_ptr<Problem> make_linear_model(const Family& family, const Parameters& parameters,
                                           const Instance& instance, Loss loss,
                                           std::unique_ptr<TrainingData> data) {
  return std::make_unique<LinearModel>(family, parameters, instance, loss, std::move(data));
}

}  // namespace ravine::problems
