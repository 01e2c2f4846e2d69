#include "harness/worker/verdict.hpp"

#include <fmt/format.h>

#include "harness/worker/instance.hpp"
#include "ravine/plugin.h"

namespace ravine::harness {
namespace {

using results::Status;

std::string with_error(const char* text, const Ending& ending) {
  return ending.last_error[0] == '\0' ? text : fmt::format("{}: {}", text, ending.last_error);
}

/// The host had said stop, and the optimizer obeyed.
Verdict stopped(const Ending& ending) {
  switch (ending.cause) {
    case StopCause::iterations:
      return {Status::budget, fmt::format("{} iterations were used", ending.iterations)};
    case StopCause::oracle:
      return {Status::budget, fmt::format("an oracle cost of {:.6g} was used", ending.oracle_cost)};
    case StopCause::clock:
      return {Status::budget, fmt::format("{:g} seconds were used", ending.budget_seconds), true};
    default:
      return {Status::protocol,
              fmt::format("returned status {} although the host had not said stop", ending.status)};
  }
}

}  // namespace

Verdict verdict_of(const Ending& ending) {
  if (ending.all_hit) return {Status::hit, ""};  // what came after the last hit changes nothing
  if (ending.cause == StopCause::diverged)
    return {Status::diverged, "the objective, or on batches a metric, left all bounds"};
  switch (ending.status) {
    case RAVINE_OK:
    case RAVINE_STOP:
    case RAVINE_STAGE_END:
      return stopped(ending);
    case RAVINE_CONVERGED:
      return {Status::converged_early, "the optimizer says that it has converged"};
    case RAVINE_NO_PROGRESS:
      return {Status::converged_early, "the optimizer says that it can go no further"};
    case RAVINE_OUT_OF_DOMAIN:
      return {Status::converged_early, "the optimizer gave up outside the domain of the objective"};
    case RAVINE_NOT_SUPPORTED:
      return {Status::unsupported, with_error("the optimizer does not support this task", ending)};
    case RAVINE_FAILED:
      return {Status::crash, with_error("the optimizer failed", ending)};
    case RAVINE_OUT_OF_MEMORY:
      return {Status::memory, "an allocation failed"};
    case kThrew:
      return {Status::protocol, "an exception crossed the contract"};
    default:
      return {Status::protocol,
              fmt::format("answered with status {}, which the contract does not have there",
                          ending.status)};
  }
}

}  // namespace ravine::harness
