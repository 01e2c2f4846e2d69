// Partial derivatives one at a time, through the extension "ravine.partials/1".
#pragma once

#include <cstdint>
#include <span>

#include "ravine/sdk/function.hpp"

namespace ravine::sdk {

/// A cursor on a function, closed when it goes out of scope; it keeps x in step with itself. One at
/// a time. Statuses are those of the oracle.
///   sdk::Cursor cursor(f);
///   if (const auto status = cursor.open(x); status != RAVINE_OK) return status;
///   if (const auto status = cursor.first(i, slope); ...
class Cursor {
 public:
  explicit Cursor(const Function& function)
      : oracle_(&function.oracle()),
        ticket_(function.ticket()),
        partials_(static_cast<const ravine_partials*>(
            oracle_->extension(oracle_, RAVINE_EXTENSION_PARTIALS))) {}
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  ~Cursor() {
    if (open_) partials_->close(oracle_);
  }

  /// RAVINE_NOT_SUPPORTED where the task does not offer the extension.
  [[nodiscard]] std::int32_t open(std::span<double> x) {
    if (partials_ == nullptr) return RAVINE_NOT_SUPPORTED;
    const auto status = partials_->open(oracle_, ticket_, x.data());
    open_ = status == RAVINE_OK;
    x_ = x;
    return status;
  }
  /// df/dx_i
  [[nodiscard]] std::int32_t first(std::size_t i, double& slope) const {
    return partials_->partial(oracle_, i, &slope, nullptr);
  }
  /// df/dx_i and d2f/dx_i^2
  [[nodiscard]] std::int32_t both(std::size_t i, double& slope, double& curvature) const {
    return partials_->partial(oracle_, i, &slope, &curvature);
  }
  /// x_i += delta, in x and in the cursor.
  [[nodiscard]] std::int32_t move(std::size_t i, double delta) {
    x_[i] += delta;
    return partials_->move(oracle_, i, delta);
  }

 private:
  const ravine_oracle* oracle_;
  std::uint64_t ticket_;
  const ravine_partials* partials_;
  std::span<double> x_{};
  bool open_ = false;
};

}  // namespace ravine::sdk
