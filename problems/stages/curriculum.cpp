// Curriculum learning: the same net, shown easy examples first.
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "problems/data/data_sets.hpp"
#include "problems/data/difficulty.hpp"
#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/nets/mlp.hpp"
#include "problems/text/number.hpp"

namespace ravine::problems {
namespace {

/// Stage s of k weighs the easiest share (s + 1) / k of the samples with W = 1, the rest with 0.
/// This is a curriculum in the sense of Bengio et al.: W is non-decreasing from stage to stage, and
/// Q proportional to W is uniform on m_s samples with entropy log m_s, strictly increasing as
/// m_s = floor(N (s + 1) / k) is for k <= N; at the last stage W = 1. (A small weight instead of 0
/// would break the second condition: Q is near uniform too when few samples have weight 1.)
nets::Curriculum easiest_first(std::uint64_t samples, std::uint64_t stages,
                               std::span<const std::uint32_t> rank) {
  nets::Curriculum curriculum;
  curriculum.stages.clear();
  std::vector<std::uint64_t> counts;
  for (std::uint64_t s = 1; s <= stages; ++s) {
    const double share = static_cast<double>(s) / static_cast<double>(stages);
    curriculum.stages.push_back({"easiest " + rounded(100 * share, 3) + " %", share, false, {}});
    counts.push_back(samples * s / stages);
    curriculum.mean.push_back(static_cast<double>(counts.back()) / static_cast<double>(samples));
  }
  curriculum.weight = [counts, rank](std::uint64_t stage, std::uint64_t sample) {
    return rank[sample] < counts[stage] ? 1.0 : 0.0;
  };
  return curriculum;
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance,
                              DataSets& data) {
  const Family family = mlp_curriculum_family();
  if (parameters.at("data").text != "fashion_mnist")
    throw ProblemError(
        "parameter 'data' of problem 'mlp_curriculum' is fashion_mnist: the difficulty is that of "
        "images, not of '" +
        parameters.at("data").text + "'");
  nets::NetParts parts = nets::mlp_parts(family, parameters, instance, data);
  const std::uint64_t samples = whole(parameters, "train");
  const std::uint64_t stages = whole(parameters, "stages");
  if (stages > samples)
    throw ProblemError("parameter 'stages' of problem 'mlp_curriculum' is at most train = " +
                       std::to_string(samples) + ", not " + std::to_string(stages));
  const ImageSet& set = data.fashion_mnist();
  const std::span<const std::uint32_t> rank = data.derived(
      "difficulty of the first " + std::to_string(samples), samples,
      [&](std::span<std::uint32_t> out) { rank_by_difficulty(set.train, set.classes, out); });
  parts.curriculum = easiest_first(samples, stages, rank);
  return nets::net_problem(family, instance, std::move(parts));
}

}  // namespace

Family mlp_curriculum_family() {
  Family family;
  family.id = "mlp_curriculum";
  family.summary =
      "the perceptron on Fashion-MNIST in stages, examples near their class mean first";
  family.citation =
      "Bengio, Louradour, Collobert and Weston, Curriculum learning, ICML 2009; data: Xiao, Rasul "
      "and Vollgraf, Fashion-MNIST, arXiv:1708.07747";
  family.revision = 2;
  family.stochastic = true;
  family.seeded = true;
  family.parameters = nets::mlp_parameters();
  family.parameters.push_back({"stages",
                               ParameterType::integer,
                               "3",
                               1,
                               1000,
                               {},
                               "number of stages; the last one has all samples"});
  family.make = make;
  return family;
}

}  // namespace ravine::problems
