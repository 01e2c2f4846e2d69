// What a report is made from: everything read from a database, in one consistent snapshot.
#pragma once

#include <vector>

#include "results/record.hpp"

namespace ravine::results {

struct Dataset {
  std::vector<TrialRecord> trials;
  std::vector<Measurement> measurements;  ///< refer to trials by id
  std::vector<Provenance> machines;       ///< referred to by Measurement::machine
};

}  // namespace ravine::results
