// The shapes of Bengio et al. 2009, section 5: a net of three hidden layers tells rectangles,
// ellipses and triangles apart, and may see squares, circles and equilateral triangles first.
//
// `curriculum` says which of the two training sets of `train` samples each stage weighs with 1:
//   switch  the basic, then the general ones, as in the paper, where the best switch was at half of
//           the epochs. Weights of basic ones fall to 0, so that this is no curriculum by the
//           letter of its definition
//   grow    the basic, then both: one by the letter, entropy grows from log train to log 2 train
//   both    both in each of the two stages: the paper's control for having seen more samples
//   none    one stage, the general ones alone
// All judged on validation and test samples of the general kind. Widths and ranges of the shapes
// are not stated in the paper, so that its error rates do not carry over, only their order may.
#include <string>
#include <utility>
#include <vector>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/nets/data.hpp"
#include "problems/nets/layers/activation.hpp"
#include "problems/nets/layers/dense.hpp"
#include "problems/nets/losses/softmax.hpp"
#include "problems/nets/mlp.hpp"
#include "problems/nets/samples/shapes.hpp"
#include "problems/nets/starts.hpp"

namespace ravine::problems {
namespace {

using nets::Index;

nets::Curriculum curriculum_of(const std::string& name, std::uint64_t basic) {
  struct Weights {
    double basic, general;
  };
  nets::Curriculum curriculum;
  if (name == "none") {
    curriculum.stages = {{"general", 1, false, {}}};
    return curriculum;
  }
  const Weights first = name == "both" ? Weights{1, 1} : Weights{1, 0};
  const Weights last = name == "switch" ? Weights{0, 1} : Weights{1, 1};
  const bool both = name == "both";
  curriculum.stages = {{both ? "both, 1 of 2" : "basic", 0, false, {}},
                       {both             ? "both, 2 of 2"
                        : name == "grow" ? "both"
                                         : "general",
                        1,
                        false,
                        {}}};
  curriculum.weight = [=](std::uint64_t stage, std::uint64_t sample) {
    const Weights& w = stage == 0 ? first : last;
    return sample < basic ? w.basic : w.general;
  };
  for (const Weights& w : {first, last}) curriculum.mean.push_back((w.basic + w.general) / 2);
  return curriculum;
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const std::string& name = parameters.at("curriculum").text;
  nets::ShapesSpec spec{nets::counts_of(parameters), 0, instance.seed};
  if (name != "none") {
    spec.basic = spec.counts.training;
    spec.counts.training *= 2;
  }
  nets::NetParts parts;
  parts.samples = nets::shapes(spec);
  parts.curriculum = curriculum_of(name, spec.basic);
  const nets::Activation phi = nets::activation_named(parameters.at("activation").text);
  Index inputs = parts.samples->features();
  nets::Layers layers;
  for (const Index width : nets::hidden_widths(parameters.at("hidden").text)) {
    layers.push_back(nets::dense(inputs, width, nets::gain(phi)));
    layers.push_back(nets::activation(phi, width));
    inputs = width;
  }
  const Index classes = parts.samples->classes();
  layers.push_back(nets::dense(inputs, classes, 1, BlockRole::output_layer));
  parts.net = std::make_unique<nets::Network>(std::make_unique<nets::Sequence>(std::move(layers)),
                                              nets::softmax_loss(classes));
  parts.start = nets::start_of(*parts.net, parameters, instance.seed);
  parts.l2 = real(parameters, "l2");
  return nets::net_problem(bengio_shapes_family(), instance, std::move(parts));
}

}  // namespace

Family bengio_shapes_family() {
  using enum ParameterType;
  Family family;
  family.id = "bengio_shapes";
  family.summary = "a perceptron on drawn shapes, squares, circles and even triangles first";
  family.citation =
      "Bengio, Louradour, Collobert and Weston, Curriculum learning, ICML 2009, section 5";
  family.stochastic = true;
  family.seeded = true;
  family.parameters = {
      {"curriculum",
       choice,
       "switch",
       0,
       0,
       {"switch", "grow", "both", "none"},
       "basic shapes, then general ones or both; or both, or general ones, throughout"},
      {"train", integer, "10000", 1, 1e6, {}, "number of training samples of either kind"},
      {"validation", integer, "5000", 0, 1e6, {}, "number of validation samples, general ones"},
      {"test", integer, "5000", 1, 1e6, {}, "number of test samples, general ones"},
      {"hidden", text, "100-100-100", 0, 0, {}, "widths of the hidden layers"},
      {"activation", choice, "tanh", 0, 0, nets::activation_names(), "of the hidden layers"},
      {"l2", ParameterType::real, "0", 0, 1e6, {}, "factor of half the squared weights"}};
  for (const ParameterSpec& more : nets::start_parameters()) family.parameters.push_back(more);
  family.make = make;
  return family;
}

}  // namespace ravine::problems
