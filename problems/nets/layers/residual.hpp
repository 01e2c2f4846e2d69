// A branch and what goes past it.
#pragma once

#include <memory>

#include "problems/nets/layers/sequence.hpp"

namespace ravine::problems::nets {

/// y = branch(x) + shortcut(x) (He et al., CVPR 2016); shortcut may be null: x itself. Parameters:
/// the branch's, then the shortcut's.
std::unique_ptr<Layer> residual(std::unique_ptr<Sequence> branch,
                                std::unique_ptr<Sequence> shortcut);

}  // namespace ravine::problems::nets
