// The machine and the build that times belong to.
#pragma once

#include "results/record.hpp"

namespace ravine::harness {

/// CPU model, cores, governor, kernel, compiler, flags and library versions, and their fingerprint.
results::Provenance this_machine();

/// The moment in UTC, ISO 8601 with milliseconds.
std::string utc_now();

}  // namespace ravine::harness
