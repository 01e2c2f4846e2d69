// Samples that a net is to say back.
#pragma once

#include <memory>

#include "problems/nets/samples.hpp"

namespace ravine::problems::nets {

/// The same inputs, each its own target; labels are left out.
std::unique_ptr<Samples> autoencoded(std::unique_ptr<Samples> samples);

}  // namespace ravine::problems::nets
