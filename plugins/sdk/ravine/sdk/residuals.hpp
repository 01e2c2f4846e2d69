// A sum of squares, f = scale sum r_i(x)^2, through the extension "ravine.residuals/1". An
// optimizer that uses it names RAVINE_EXTENSION_RESIDUALS in its kAbout.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/plugin.h"
#include "ravine/sdk/function.hpp"
#include "ravine/sdk/start.hpp"

namespace ravine::sdk {

/// A thin view that lives as long as the instance; statuses are those of the oracle.
class Residuals {
 public:
  /// Throws Refused where the task is no sum of squares.
  explicit Residuals(const Start& start)
      : table_(static_cast<const ravine_residuals*>(
            start.oracle().extension(&start.oracle(), RAVINE_EXTENSION_RESIDUALS))) {
    if (table_ == nullptr) throw Refused("needs residuals: the objective is no sum of squares");
  }

  [[nodiscard]] std::size_t count() const { return table_->count; }  ///< m
  [[nodiscard]] double scale() const { return table_->scale; }

  /// r(x), m doubles.
  [[nodiscard]] std::int32_t residuals(const Function& f, std::span<const double> x,
                                       std::span<double> r) const {
    return table_->residuals(&f.oracle(), f.ticket(), x.data(), r.data());
  }
  /// The dense Jacobian, m x n, row-major.
  [[nodiscard]] std::int32_t jacobian(const Function& f, std::span<const double> x,
                                      std::span<double> j) const {
    return table_->jacobian(&f.oracle(), f.ticket(), x.data(), j.data());
  }
  /// J(x) v, m doubles.
  [[nodiscard]] std::int32_t jacobian_vector(const Function& f, std::span<const double> x,
                                             std::span<const double> v,
                                             std::span<double> jv) const {
    return table_->jacobian_vector(&f.oracle(), f.ticket(), x.data(), v.data(), jv.data());
  }
  /// J(x)' u, n doubles.
  [[nodiscard]] std::int32_t vector_jacobian(const Function& f, std::span<const double> x,
                                             std::span<const double> u,
                                             std::span<double> uj) const {
    return table_->vector_jacobian(&f.oracle(), f.ticket(), x.data(), u.data(), uj.data());
  }

 private:
  const ravine_residuals* table_;
};

}  // namespace ravine::sdk
