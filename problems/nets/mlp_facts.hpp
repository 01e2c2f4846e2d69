// What is known of a perceptron before it is evaluated: its shape, blocks and start.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

#include "problems/nets/perceptron.hpp"
#include "problems/problem.hpp"

namespace ravine::problems {

/// Widths of the hidden layers from "64-32"; none from "none". Throws ProblemError.
std::vector<Eigen::Index> hidden_widths(const std::string& text);

/// w1, b1, w2, ...: each W_l as out x in.
std::vector<Block> mlp_blocks(const std::vector<Layer>& layers);

/// Weights normal with variance gain^2 2 / (in + out), biases 0 (Glorot and Bengio, AISTATS 2010).
/// The gain of layers under tanh is 5/3, under relu sqrt 2 (He et al., ICCV 2015), on top 1: values
/// of torch.nn.init.calculate_gain.
std::vector<double> glorot_start(const std::vector<Layer>& layers, Activation activation,
                                 std::uint64_t seed);

}  // namespace ravine::problems
