// The fully connected layer.
#pragma once

#include <memory>

#include "problems/nets/layer.hpp"

namespace ravine::problems::nets {

/// y = W x + b. Parameters: W (outputs x inputs, row-major), then b. `gain` is that of what
/// follows.
std::unique_ptr<Layer> dense(Index inputs, Index outputs, double gain,
                             BlockRole role = BlockRole::matrix);

}  // namespace ravine::problems::nets
