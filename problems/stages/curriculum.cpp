// Curriculum learning: the same net, shown some examples before others. Stage s weighs sample i
// with W_i(s) (curriculum_weights.hpp) by its place in an order (curriculum_difficulty.hpp).
//
// Hard steps by default. A small weight there instead of 0 would break the condition on entropy: Q
// is near uniform too when few samples have weight 1.
//
// Controls: hardest_first is a curriculum by the letter of the definition, which asks nothing of
// the order; none is not, its entropy stays, and differs from training without stages in nothing
// but what an optimizer does when a stage ends.
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "problems/data/data_sets.hpp"
#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/nets/mlp.hpp"
#include "problems/stages/curriculum_difficulty.hpp"
#include "problems/stages/curriculum_weights.hpp"
#include "problems/text/number.hpp"

namespace ravine::problems {
namespace {

[[noreturn]] void refuse(const std::string& name, const std::string& what) {
  throw ProblemError("parameter '" + name + "' of problem 'mlp_curriculum' " + what);
}

struct Staged {
  StageWeights weight;
  std::vector<std::string> names;
  std::vector<double> parameters;  ///< empty: the mean weight
};

/// No curriculum: the control.
Staged none(std::uint64_t stages) {
  Staged staged{[](std::uint64_t, std::uint64_t) { return 1.0; }, {}, {}};
  for (std::uint64_t s = 1; s <= stages; ++s)
    staged.names.push_back("all, " + std::to_string(s) + " of " + std::to_string(stages));
  return staged;
}

Staged scheduled(Schedule schedule, std::uint64_t stages, std::span<const std::uint32_t> rank,
                 bool hardest_first) {
  const std::uint64_t samples = rank.size();
  Staged staged;
  for (std::uint64_t s = 0; s < stages; ++s) {
    const double parameter = schedule_parameter(schedule, s, stages);
    const std::string first = hardest_first ? "hardest" : "easiest";
    staged.parameters.push_back(parameter);
    staged.names.push_back(
        schedule == Schedule::steps  ? first + " " + rounded(100 * parameter, 3) + " %"
        : schedule == Schedule::ramp ? first + " to " + rounded(parameter, 3)
                                     : first + ", others with p=" + rounded(parameter, 3));
  }
  staged.weight = [=](std::uint64_t stage, std::uint64_t sample) {
    const std::uint64_t place = hardest_first ? samples - 1 - rank[sample] : rank[sample];
    return scheduled_weight(schedule, stages, samples, stage, place);
  };
  return staged;
}

/// W of the user: a line a sample, a column a stage. The last column is the reader's label.
Staged of_file(const std::string& path, std::uint64_t stages, std::uint64_t samples,
               DataSets& data) {
  if (path == "none") refuse("weights_file", "must name a file where schedule = file");
  const LabelledRows& rows = data.rows(path);
  if (rows.sparse()) refuse("weights_file", "is a CSV file, not '" + path + "'");
  if (rows.count != samples || rows.columns + 1 != stages)
    refuse("weights_file", "names a file with " + std::to_string(rows.count) + " lines of " +
                               std::to_string(rows.columns + 1) +
                               " numbers, expected train = " + std::to_string(samples) +
                               " lines of stages = " + std::to_string(stages));
  Staged staged;
  staged.weight = [=](std::uint64_t stage, std::uint64_t sample) {
    return stage < rows.columns ? rows.values[sample * rows.columns + stage] : rows.labels[sample];
  };
  for (std::uint64_t s = 1; s <= stages; ++s)
    staged.names.push_back("weights " + std::to_string(s) + " of " + std::to_string(stages));
  if (const auto fault = check_curriculum(staged.weight, stages, samples))
    refuse("weights_file", "names a file that is no curriculum: " + fault->sentence);
  return staged;
}

nets::Curriculum curriculum_of(Staged staged, std::uint64_t samples) {
  nets::Curriculum curriculum;
  curriculum.stages.clear();
  for (std::uint64_t s = 0; s < staged.names.size(); ++s) {
    double sum = 0;
    for (std::uint64_t i = 0; i < samples; ++i) sum += staged.weight(s, i);
    const double mean = sum / static_cast<double>(samples);
    curriculum.mean.push_back(mean);
    curriculum.stages.push_back(
        {staged.names[s], staged.parameters.empty() ? mean : staged.parameters[s], false, {}});
  }
  curriculum.weight = std::move(staged.weight);
  return curriculum;
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance,
                              DataSets& data) {
  const Family family = mlp_curriculum_family();
  nets::NetParts parts = nets::mlp_parts(family, parameters, instance, data);
  const std::uint64_t samples = whole(parameters, "train");
  const std::uint64_t stages = whole(parameters, "stages");
  if (stages > samples)
    refuse("stages",
           "is at most train = " + std::to_string(samples) + ", not " + std::to_string(stages));
  const std::string& schedule = parameters.at("schedule").text;
  const std::string& order = parameters.at("order").text;
  const std::string& path = parameters.at("weights_file").text;
  if (schedule != "file" && path != "none")
    refuse("weights_file", "is read where schedule = file, and schedule is " + schedule);
  if (schedule == "file" && order != "easiest_first")
    refuse("order", "is read where schedule is not file: weights_file goes by samples");
  if (order == "none") {
    parts.curriculum = curriculum_of(none(stages), samples);
  } else if (schedule == "file") {
    parts.curriculum = curriculum_of(of_file(path, stages, samples, data), samples);
  } else {
    const Schedule named = schedule == "steps"  ? Schedule::steps
                           : schedule == "ramp" ? Schedule::ramp
                                                : Schedule::stochastic;
    const auto rank = ranks_of(family, parameters, instance, data, *parts.samples);
    parts.curriculum =
        curriculum_of(scheduled(named, stages, rank, order == "hardest_first"), samples);
  }
  return nets::net_problem(family, instance, std::move(parts));
}

}  // namespace

Family mlp_curriculum_family() {
  using enum ParameterType;
  Family family;
  family.id = "mlp_curriculum";
  family.summary = "the perceptron in stages, easy examples first or by another curriculum";
  family.citation =
      "Bengio, Louradour, Collobert and Weston, Curriculum learning, ICML 2009; data: Xiao, Rasul "
      "and Vollgraf, Fashion-MNIST, arXiv:1708.07747";
  family.revision = 2;
  family.stochastic = true;
  family.seeded = true;
  family.parameters = nets::mlp_parameters();
  family.parameters.push_back(
      {"stages", integer, "3", 1, 1000, {}, "number of stages; the last one has all samples"});
  family.parameters.push_back({"order",
                               choice,
                               "easiest_first",
                               0,
                               0,
                               {"easiest_first", "hardest_first", "none"},
                               "which samples come first; none: all of them, in every stage"});
  family.parameters.push_back({"schedule",
                               choice,
                               "steps",
                               0,
                               0,
                               {"steps", "ramp", "stochastic", "file"},
                               "how weights grow: at once, along a slope, all of the harder half "
                               "alike, or as weights_file says"});
  for (const ParameterSpec& more : difficulty_parameters()) family.parameters.push_back(more);
  family.parameters.push_back({"weights_file",
                               text,
                               "none",
                               0,
                               0,
                               {},
                               "CSV: a line a training sample, a column of weights a stage"});
  family.make = make;
  return family;
}

}  // namespace ravine::problems
