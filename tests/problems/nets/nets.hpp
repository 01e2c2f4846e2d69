// Small nets in which every layer and every loss occurs, the same ones as in nets.py.
#pragma once

#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "problems/nets/network.hpp"

namespace ravine::problems::nets {

inline constexpr Index kOutputs = 3;

struct Net {
  std::string name;
  std::function<std::unique_ptr<Loss>()> loss;  ///< the one on top
  std::function<std::unique_ptr<Network>()> make;
};

// NOLINTNEXTLINE(readability-identifier-naming): GoogleTest's name
void PrintTo(const Net& net, std::ostream* out);

std::vector<Net> nets();
/// Batch noise between layers, which PyTorch has not.
Net noisy_net();

}  // namespace ravine::problems::nets
