// The objective that a step is given: one ticket of the oracle, with n known.
#pragma once

#include <cstdint>
#include <span>

#include "ravine/plugin.h"

namespace ravine::sdk {

/// A thin view; statuses are those of the oracle: on any but RAVINE_OK outputs are untouched and
/// the step returns the status. All vectors hold n doubles.
class Function {
 public:
  Function(const ravine_oracle& oracle, std::uint64_t ticket) : oracle_(&oracle), ticket_(ticket) {}

  [[nodiscard]] std::int32_t value(std::span<const double> x, double& f) const {
    return oracle_->evaluate(oracle_, ticket_, x.data(), &f, nullptr);
  }
  [[nodiscard]] std::int32_t gradient(std::span<const double> x, std::span<double> g) const {
    return oracle_->evaluate(oracle_, ticket_, x.data(), nullptr, g.data());
  }
  [[nodiscard]] std::int32_t value_and_gradient(std::span<const double> x, double& f,
                                                std::span<double> g) const {
    return oracle_->evaluate(oracle_, ticket_, x.data(), &f, g.data());
  }
  /// H(x) v for one vector.
  [[nodiscard]] std::int32_t hessian_vector(std::span<const double> x, std::span<const double> v,
                                            std::span<double> hv) const {
    return oracle_->hessian_vectors(oracle_, ticket_, x.data(), v.data(), 1, hv.data());
  }
  /// The dense Hessian, n x n; RAVINE_NOT_SUPPORTED where the problem has none.
  [[nodiscard]] std::int32_t hessian(std::span<const double> x, std::span<double> h) const {
    const auto* extension =
        static_cast<const ravine_hessian*>(oracle_->extension(oracle_, RAVINE_EXTENSION_HESSIAN));
    return extension == nullptr ? RAVINE_NOT_SUPPORTED
                                : extension->hessian(oracle_, ticket_, x.data(), h.data());
  }

  /// Run mode: x is an accepted iterate.
  [[nodiscard]] std::int32_t report(std::span<const double> x) const {
    return oracle_->report(oracle_, x.data());
  }
  /// RAVINE_OK, RAVINE_STOP or RAVINE_STAGE_END. Costs nothing.
  [[nodiscard]] std::int32_t should_stop() const { return oracle_->should_stop(oracle_); }

  [[nodiscard]] const ravine_oracle& oracle() const { return *oracle_; }
  [[nodiscard]] std::uint64_t ticket() const { return ticket_; }

 private:
  const ravine_oracle* oracle_;
  std::uint64_t ticket_;
};

}  // namespace ravine::sdk
