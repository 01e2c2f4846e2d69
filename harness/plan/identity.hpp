// The two identities of a trial (protocol.md, "What is recorded of a trial").
#pragma once

#include <string>

#include "harness/plan/problem_configs.hpp"
#include "harness/plan/trial.hpp"
#include "harness/plugin/info.hpp"

namespace ravine::harness {

/// Fills `meaning` (optimizer and version, settings, problem, revision and instance, seed, targets,
/// budget) and `id` (that, the bytes of the plugin, the instance's hash, the protocol's version and
/// the instruction set that the bits depend on). Wall-clock limits are no part of either.
void identify(TrialSpec& trial, const PluginInfo& plugin, const problems::Family& family);

}  // namespace ravine::harness
