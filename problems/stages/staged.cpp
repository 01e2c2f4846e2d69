#include "problems/stages/staged.hpp"

#include <string>
#include <utility>

#include "problems/facts.hpp"

namespace ravine::problems {
namespace {

class Staged final : public Problem {
 public:
  Staged(std::vector<StagePart> parts, Facts facts)
      : parts_(std::move(parts)), facts_(std::move(facts)) {
    facts_.stages.clear();
    for (const StagePart& part : parts_) {
      const Facts& own = part.problem->facts();
      check(part.stage.name, "variables", own.n, facts_.n);
      if (facts_.sample_count > 0)
        check(part.stage.name, "samples", own.sample_count, facts_.sample_count);
      facts_.stages.push_back(part.stage);
      facts_.offers_hessian_vectors &= own.offers_hessian_vectors;
      facts_.offers_hessian &= own.offers_hessian;
      facts_.offers_partials &= own.offers_partials;
      facts_.offers_gauss_newton &= own.offers_gauss_newton;
      facts_.offers_sampled_labels &= own.offers_sampled_labels;
    }
  }

  [[nodiscard]] const Facts& facts() const override { return facts_; }

  Answer evaluate(const Objective& objective, std::span<const double> x, double* value,
                  double* gradient) override {
    return ask(true, objective, x, [&](Problem& part, const Objective& its) {
      return part.evaluate(its, x, value, gradient);
    });
  }
  Answer hessian_vectors(const Objective& objective, std::span<const double> x, const double* v,
                         std::uint64_t count, double* hv) override {
    return ask(facts_.offers_hessian_vectors, objective, x,
               [&](Problem& part, const Objective& its) {
                 return part.hessian_vectors(its, x, v, count, hv);
               });
  }
  Answer gauss_newton_vectors(const Objective& objective, std::span<const double> x,
                              const double* v, std::uint64_t count, double* gv) override {
    return ask(facts_.offers_gauss_newton, objective, x, [&](Problem& part, const Objective& its) {
      return part.gauss_newton_vectors(its, x, v, count, gv);
    });
  }
  Answer sampled_label_gradient(const Objective& objective, std::span<const double> x,
                                std::uint64_t draw, double* gradient) override {
    return ask(facts_.offers_sampled_labels, objective, x,
               [&](Problem& part, const Objective& its) {
                 return part.sampled_label_gradient(its, x, draw, gradient);
               });
  }
  Answer hessian(const Objective& objective, std::span<const double> x, double* h) override {
    return ask(facts_.offers_hessian, objective, x,
               [&](Problem& part, const Objective& its) { return part.hessian(its, x, h); });
  }
  std::unique_ptr<Cursor> cursor(const Objective& objective, std::span<const double> x) override {
    std::unique_ptr<Cursor> result;
    ask(facts_.offers_partials, objective, x, [&](Problem& part, const Objective& its) {
      result = part.cursor(its, x);
      return Answer::ok;
    });
    return result;
  }
  Residuals* residuals() override {
    return parts_.size() == 1 ? parts_.front().problem->residuals() : nullptr;
  }
  Answer measure(std::span<const double> x, std::span<double> metrics) override {
    return parts_.back().problem->measure(x, metrics);
  }

 private:
  void check(const std::string& stage, const std::string& what, std::uint64_t has,
             std::uint64_t wanted) const {
    if (has == wanted) return;
    throw ProblemError("stage '" + stage + "' of problem '" + facts_.family + "' has " +
                       std::to_string(has) + " " + what + ", the objective has " +
                       std::to_string(wanted));
  }

  // call(part, objective): the part's problem, asked for its last stage.
  template <class Call>
  Answer ask(bool offered, const Objective& objective, std::span<const double> x, Call call) {
    if (!offered) return Answer::not_supported;
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    Problem& part = *parts_[objective.stage].problem;
    Objective its = objective;
    its.stage = part.facts().stages.size() - 1;
    return call(part, its);
  }

  std::vector<StagePart> parts_;
  Facts facts_;
};

}  // namespace

std::unique_ptr<Problem> staged(std::vector<StagePart> parts, Facts facts) {
  return std::make_unique<Staged>(std::move(parts), std::move(facts));
}

}  // namespace ravine::problems
