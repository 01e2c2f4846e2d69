// How a trial ended, from what the optimizer answered last and why the host had said stop.
#pragma once

#include <cstdint>
#include <string>

#include "harness/measure/oracle.hpp"
#include "results/record.hpp"

namespace ravine::harness {

struct Ending {
  std::int32_t status = 0;            ///< the optimizer's last answer, or kThrew
  StopCause cause = StopCause::none;  ///< the host's
  bool all_hit = false;
  std::uint64_t iterations = 0;
  double oracle_cost = 0;
  double budget_seconds = 0;
  const char* last_error = "";  ///< what the optimizer logged
};

struct Verdict {
  results::Status status = results::Status::infrastructure;
  std::string reason;
  bool by_clock = false;
};

Verdict verdict_of(const Ending& ending);

}  // namespace ravine::harness
