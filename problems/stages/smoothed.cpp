#include "problems/stages/smoothed.hpp"

#include <algorithm>
#include <utility>

#include "problems/facts.hpp"

namespace ravine::problems {
namespace {

class Smoothed final : public Problem {
 public:
  Smoothed(std::shared_ptr<Problem> f, double t, Nodes nodes)
      : f_(std::move(f)), t_(t), nodes_(std::move(nodes)), point_(nodes_.n) {
    const Facts& own = f_->facts();
    last_.stage = own.stages.size() - 1;
    facts_.family = own.family;
    facts_.revision = own.revision;
    facts_.citation = own.citation;
    facts_.n = own.n;
    facts_.x0 = own.x0;
    facts_.constants["n"] = static_cast<double>(own.n);
    facts_.blocks = own.blocks;
    facts_.stages = {{"smoothed", t, false, {}}};
    facts_.offers_hessian_vectors = own.offers_hessian_vectors;
    facts_.offers_hessian = own.offers_hessian;
  }

  [[nodiscard]] const Facts& facts() const override { return facts_; }

  Answer evaluate(const Objective& objective, std::span<const double> x, double* value,
                  double* gradient) override {
    double g = 0;
    const auto add = [&](double weight, double* slope) {
      double f = 0;
      const Answer answer = f_->evaluate(last_, point_, &f, slope);
      g += weight * f;
      return answer;
    };
    const Answer answer = sum(objective, x, gradient, gradient == nullptr ? 0 : x.size(), add);
    if (answer == Answer::ok && value != nullptr) *value = g;
    return answer;
  }
  Answer hessian_vectors(const Objective& objective, std::span<const double> x, const double* v,
                         std::uint64_t count, double* hv) override {
    return sum(objective, x, hv, count * x.size(), [&](double, double* products) {
      return f_->hessian_vectors(last_, point_, v, count, products);
    });
  }
  Answer hessian(const Objective& objective, std::span<const double> x, double* h) override {
    return sum(objective, x, h, x.size() * x.size(),
               [&](double, double* dense) { return f_->hessian(last_, point_, dense); });
  }

 private:
  // out := sum of w_k times what add(w_k, own) writes to own for the point x + t z_k, `size`
  // doubles each; none are asked for where size is 0.
  template <class Add>
  Answer sum(const Objective& objective, std::span<const double> x, double* out, std::size_t size,
             Add add) {
    if (const Answer answer = admit(facts_, objective, x); answer != Answer::ok) return answer;
    own_.resize(std::max(size, own_.size()));
    total_.resize(own_.size());
    std::fill_n(total_.begin(), size, 0.0);
    const double* z = nodes_.z.data();
    for (const double weight : nodes_.weights) {
      for (std::size_t i = 0; i < x.size(); ++i) point_[i] = x[i] + t_ * *z++;
      const Answer answer = add(weight, size == 0 ? nullptr : own_.data());
      if (answer != Answer::ok) return answer;
      for (std::size_t i = 0; i < size; ++i) total_[i] += weight * own_[i];
    }
    std::copy_n(total_.begin(), size, out);
    return Answer::ok;
  }

  std::shared_ptr<Problem> f_;
  double t_;
  Nodes nodes_;
  Facts facts_;
  Objective last_;
  std::vector<double> point_, own_, total_;  ///< scratch
};

}  // namespace

std::unique_ptr<Problem> smoothed(std::shared_ptr<Problem> f, double t, Nodes nodes) {
  return std::make_unique<Smoothed>(std::move(f), t, std::move(nodes));
}

}  // namespace ravine::problems
