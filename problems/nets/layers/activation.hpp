// Functions of one number, applied to every feature.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "problems/nets/layer.hpp"

namespace ravine::problems::nets {

enum class Activation { tanh, sigmoid, relu, gelu, linear };

/// The names that a suite writes, in the order of the enumeration.
const std::vector<std::string>& activation_names();
/// `name` is one of them.
Activation activation_named(const std::string& name);

/// The factor of a start's standard deviation for weights under this activation: 5/3 for tanh,
/// sqrt 2 for relu and gelu, 1 for the others; torch.nn.init.calculate_gain, which has none for
/// gelu: PyTorch's users give it relu's.
double gain(Activation activation);

/// y = phi(x): tanh; sigma(x) = 1 / (1 + e^-x); max(0, x) with relu'(0) = 0; x Phi(x), Phi the
/// normal distribution (Hendrycks and Gimpel, arXiv:1606.08415, without its approximation); x.
std::unique_ptr<Layer> activation(Activation activation, Index features);

}  // namespace ravine::problems::nets
