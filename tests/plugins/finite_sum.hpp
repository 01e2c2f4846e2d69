// What the smallest host answers of a finite sum: batches by ticket, and gradients of samples.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "ravine/plugin.h"
#include "tests/plugins/functions.hpp"

namespace ravine::test {

/// The tickets that are live, and their samples. A ticket is never given twice.
struct Tickets {
  std::map<std::uint64_t, std::vector<std::uint64_t>> live{};
  std::uint64_t last = 0;
  std::uint64_t drawn = 0;  ///< samples drawn from the data order, which is 0, 1, ... and again

  std::uint64_t make(std::vector<std::uint64_t> samples) {
    live[++last] = std::move(samples);
    return last;
  }
};

/// f and, where g is not empty, its gradient at x: the mean over the ticket's samples in their
/// order. An objective without samples answers every ticket with the full one.
std::int32_t evaluate_ticket(const Objective& objective, const Tickets& tickets,
                             std::uint64_t ticket, std::span<const double> x, double& f,
                             std::span<double> g);

/// The four functions on batches, for an oracle whose handle is an Oracle.
void fill_batches(ravine_oracle& table);

/// The extension "ravine.sample_gradients/1" of such an oracle.
ravine_sample_gradients sample_gradients();

}  // namespace ravine::test
