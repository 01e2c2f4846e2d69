// Curriculum learning: the same net, shown easy examples first.
#include <utility>

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
Curriculum easiest_first(std::uint64_t samples, std::uint64_t stages) {
  Curriculum curriculum;
  for (std::uint64_t s = 1; s <= stages; ++s) {
    const double share = static_cast<double>(s) / static_cast<double>(stages);
    curriculum.stages.push_back({"easiest " + rounded(100 * share, 3) + " %", share, false});
    curriculum.counts.push_back(samples * s / stages);
  }
  return curriculum;
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance,
                              DataSets& data) {
  const Family family = mlp_curriculum_family();
  const std::uint64_t samples = training_count(family, parameters, data);
  const std::uint64_t stages = whole(parameters, "stages");
  if (stages > samples)
    throw ProblemError("parameter 'stages' of problem 'mlp_curriculum' is at most train = " +
                       std::to_string(samples) + ", not " + std::to_string(stages));
  Curriculum curriculum = easiest_first(samples, stages);
  const ImageSet& set = data.fashion_mnist();
  curriculum.rank = data.derived(
      "difficulty of the first " + std::to_string(samples), samples,
      [&](std::span<std::uint32_t> rank) { rank_by_difficulty(set.train, set.classes, rank); });
  return make_mlp(family, parameters, instance, data, std::move(curriculum));
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
  family.stochastic = true;
  family.seeded = true;
  family.parameters = mlp_parameters();
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
