// Where training starts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "problems/family.hpp"
#include "problems/nets/network.hpp"

namespace ravine::problems::nets {

/// The parameters `start` and `weight_scale` of a family of nets.
std::vector<ParameterSpec> start_parameters();

/// Biases 0, scales of a normalization 1, weights independent and normal, their standard deviation
/// weight_scale times
///   xavier   gain sqrt(2 / (fan_in + fan_out))   Glorot and Bengio, AISTATS 2010
///   he       gain sqrt(1 / fan_in)               He et al., ICCV 2015: sqrt(2 / fan_in) under relu
///   lecun    sqrt(1 / fan_in)                    LeCun, Bottou, Orr and Mueller 1998
///   sparse   1 for 15 weights of each unit, the others 0   Martens, ICML 2010
///   zero     0
/// with the gains of torch.nn.init.calculate_gain. Scales 0.01 and 10 are the textbook's starts
/// that are too small and too large.
std::vector<double> start_of(const Network& net, const Parameters& parameters, std::uint64_t seed);

}  // namespace ravine::problems::nets
