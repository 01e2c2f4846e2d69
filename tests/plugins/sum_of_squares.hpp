// What the smallest host answers of second derivatives and residuals: products by the objective's
// dense matrices.
#pragma once

#include <cstddef>
#include <cstdint>

#include "ravine/plugin.h"

namespace ravine::test {

struct SumOfSquares;

/// As ravine_oracle.hessian_vectors, for an oracle whose handle is an Oracle.
std::int32_t hessian_vectors(const ravine_oracle* table, std::uint64_t ticket, const double* x,
                             const double* v, std::uint64_t count, double* hv);

/// The extension "ravine.residuals/1" of such an oracle.
ravine_residuals residuals_of(const SumOfSquares& squares);

}  // namespace ravine::test
