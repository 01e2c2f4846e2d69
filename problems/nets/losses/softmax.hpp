// Cross-entropy over classes.
#pragma once

#include <memory>

#include "problems/nets/loss.hpp"

namespace ravine::problems::nets {

/// l = log sum_k exp(z_k) - z_label, p = softmax(z), dz = p - e_label, S = diag(p) - p p'.
std::unique_ptr<Loss> softmax_loss(Index classes);

/// p := softmax(z / temperature), column by column; returns nothing that overflows.
void softmax_columns(const In& z, double temperature, Out p);

}  // namespace ravine::problems::nets
