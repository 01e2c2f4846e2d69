// Reddi, Kale and Kumar's linear functions on [-1, 1], on which Adam ends at the worst point: in
// their order, f_t(x) = C x where t mod p = 1 and -x elsewhere, C > p - 1, so that the mean of a
// period is (C - p + 1)/p x and its minimum at -1. The rare large slope points the right way, but v
// divides it by about its own size, and the p - 1 small ones undo more than it did.
//
// Sample 0 is C x, the others are -x. The paper's sequence is batch = 1, batch_order =
// "sequential"; its Adam has beta1 = 0, beta2 = 1/(1 + C^2), the rate alpha/sqrt(t) and starts
// at 1.
#include <algorithm>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/random/stream.hpp"
#include "problems/text/number.hpp"

namespace ravine::problems {
namespace {

class ReddiOnline final : public Problem {
 public:
  ReddiOnline(double C, std::uint64_t period, const Instance& instance)
      : facts_(plain_facts(reddi_online_family(), 1)), C_(C) {
    facts_.x0 = {1};
    if (instance.index != 0)
      facts_.x0[0] = 2 * Stream(instance.seed, "reddi_online/start").uniform(0) - 1;
    facts_.lower = {-1};
    facts_.upper = {1};
    facts_.x_star = {-1};
    facts_.sample_count = period;
    facts_.f_star = -slope({});
    facts_.constants.insert({{"C", C}, {"N", static_cast<double>(period)}});
  }

  [[nodiscard]] const Facts& facts() const override { return facts_; }

  Answer evaluate(const Objective& objective, std::span<const double> x, double* value,
                  double* gradient) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    const double g = slope(objective);
    if (value != nullptr) *value = g * x[0];
    if (gradient != nullptr) *gradient = g;
    return Answer::ok;
  }

  Answer hessian_vectors(const Objective& objective, std::span<const double> x, const double*,
                         std::uint64_t count, double* hv) override {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    std::fill_n(hv, count, 0.0);
    return Answer::ok;
  }

  Answer hessian(const Objective& objective, std::span<const double> x, double* h) override {
    return hessian_vectors(objective, x, nullptr, 1, h);
  }

 private:
  // The mean slope of the samples.
  [[nodiscard]] double slope(const Objective& objective) const {
    const auto& samples = objective.samples;
    const std::uint64_t count = objective.full ? facts_.sample_count : samples.size();
    const auto large =
        static_cast<double>(objective.full ? 1 : std::ranges::count(samples, std::uint64_t{0}));
    const auto all = static_cast<double>(count);
    return (C_ * large - (all - large)) / all;
  }

  Facts facts_;
  double C_;
};

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const double C = real(parameters, "C");
  const std::uint64_t period = whole(parameters, "period");
  if (C <= static_cast<double>(period - 1))
    throw ProblemError("parameter 'C' of problem 'reddi_online' is more than period - 1 = " +
                       std::to_string(period - 1) + ", not " + rounded(C, 6));
  return std::make_unique<ReddiOnline>(C, period, instance);
}

}  // namespace

Family reddi_online_family() {
  Family family;
  family.id = "reddi_online";
  family.summary = "linear functions in turn, on which Adam goes to the wrong end of [-1, 1]";
  family.citation =
      "Reddi, Kale and Kumar, On the convergence of Adam and beyond, ICLR 2018, theorem 1";
  family.stochastic = true;
  using enum ParameterType;
  family.parameters = {
      {"C", real, "3", 0.01, 1e6, {}, "slope of the first function; more than period - 1"},
      {"period", integer, "3", 2, 1e6, {}, "number of functions, those but the first being -x"},
  };
  family.make = make;
  return family;
}

}  // namespace ravine::problems
