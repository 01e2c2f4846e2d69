// f and g at the point where an optimizer stands, so that a step does not ask again for what the
// last one found out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "ravine/sdk/array.hpp"
#include "ravine/sdk/function.hpp"
#include "ravine/sdk/vector.hpp"

namespace ravine::sdk {

/// Part of the optimizer's state. What is known is worth something only for the full objective (a
/// mini-batch is another function at each step) and at the same x (the host may have moved it).
struct KnownPoint {
  explicit KnownPoint(std::size_t n) : g(n), x(n) {}

  double f = 0;
  Vector g;

  /// Makes f and g those at `point`; asks the oracle unless they are known. A status of the oracle.
  [[nodiscard]] std::int32_t look(const Function& function, std::span<const double> point) {
    if (known && function.ticket() == RAVINE_FULL && same(point, x)) return RAVINE_OK;
    known = false;
    const auto status = function.value_and_gradient(point, f, g);
    if (status == RAVINE_OK) keep(function, point);
    return status;
  }
  /// f and g have been set to those at `point`.
  void keep(const Function& function, std::span<const double> point) {
    std::copy(point.begin(), point.end(), x.begin());
    known = function.ticket() == RAVINE_FULL;
  }
  /// The objective has changed.
  void forget() { known = false; }

  template <class Archive>
  void state(Archive& archive) {
    archive(f, g, x, known);
  }

  Vector x;
  bool known = false;
};

}  // namespace ravine::sdk
