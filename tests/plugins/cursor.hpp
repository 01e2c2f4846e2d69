// What the smallest host answers of partial derivatives: its gradient's and its Hessian's entries.
#pragma once

#include <cstdint>
#include <vector>

#include "ravine/plugin.h"

namespace ravine::test {

/// Where the cursor of "ravine.partials/1" stands.
struct Cursor {
  bool open = false;
  std::uint64_t ticket = RAVINE_FULL;
  std::vector<double> x{};
};

/// The extension, for an oracle whose handle is an Oracle. Second derivatives need the objective's
/// Hessian.
ravine_partials partials();

}  // namespace ravine::test
