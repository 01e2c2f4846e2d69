// A suite's problems, every sweep unfolded: one configuration for each family, parameters,
// instance, repetition and batch size.
#pragma once

#include <string>
#include <vector>

#include "harness/plan/plan.hpp"
#include "harness/plan/problem_facts.hpp"

namespace ravine::harness {

struct ProblemConfig {
  const ProblemEntry* entry = nullptr;
  const problems::Family* family = nullptr;
  problems::Parameters parameters;
  std::string label;
  std::string entry_label;              ///< without what was swept
  std::vector<results::Setting> swept;  ///< parameters, and "batch", of which the entry has several
  problems::Instance instance;
  std::uint64_t seed = 0;
  std::uint64_t batch_size = 0;
  ProblemFacts facts;
};

/// Throws UserError as make_plan does. `names` filters by family or label.
std::vector<ProblemConfig> problem_configs(const Suite& suite, problems::DataSets& data,
                                           const PlanFilter& filter);

/// A parameter's value as text; a number by the shortest text that reads back to it.
std::string parameter_text(const problems::ParameterValue& value);

/// The seed of an instance: of problem, parameters, instance and repetition, never of the optimizer
/// or the suite (protocol.md, "Fairness").
std::uint64_t instance_seed(const problems::Family& family, const problems::Parameters& parameters,
                            std::uint64_t instance, std::uint64_t repetition);

/// Calls `each` with every combination of the settings' values, the last one fastest.
template <class Each>
void for_each_combination(const std::vector<Setting>& settings, Each&& each) {
  std::vector<std::size_t> at(settings.size(), 0);
  for (;;) {
    each(at);
    std::size_t i = settings.size();
    while (i > 0 && ++at[i - 1] == settings[i - 1].values.size()) at[--i] = 0;
    if (i == 0) return;
  }
}

/// " name=value" for each setting that has several values, for those that have one, or for all.
enum class Which { swept, fixed, all };
std::string label_suffix(const std::vector<Setting>& settings, const std::vector<std::size_t>& at,
                         Which which);

/// Those that have several values, each with the one of this combination as the suite wrote it.
std::vector<results::Setting> swept_of(const std::vector<Setting>& settings,
                                       const std::vector<std::size_t>& at);

}  // namespace ravine::harness
