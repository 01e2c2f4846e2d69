// The multilayer perceptron of the families that present one.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "problems/family.hpp"
#include "problems/nets/net_problem.hpp"

namespace ravine::problems::nets {

/// hidden, activation, normalization, data and its counts, start, l2.
std::vector<ParameterSpec> mlp_parameters();

/// Widths from "64-32", as the parameter `name` gives them. Throws ProblemError.
std::vector<Index> widths(const std::string& text, const std::string& name);
/// The same for the parameter `hidden`; none from "none".
std::vector<Index> hidden_widths(const std::string& text);

/// Net, samples and start as the parameters say.
NetParts mlp_parts(const Family& family, const Parameters& parameters, const Instance& instance,
                   DataSets& data);

}  // namespace ravine::problems::nets
