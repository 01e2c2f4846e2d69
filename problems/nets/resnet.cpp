// A small residual net: conv 3 x 3 - norm - relu, then a block for each number of channels, whose
// first halves the image but in the first block, the mean of each channel, dense, softmax. A block
// is
//   relu(norm(conv(relu(norm(conv x)))) + shortcut),
// the shortcut x itself, or norm(conv 1 x 1) where size or channels change.
#include <utility>

#include "problems/data/data_sets.hpp"
#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/nets/data.hpp"
#include "problems/nets/layers/activation.hpp"
#include "problems/nets/layers/batch_norm.hpp"
#include "problems/nets/layers/convolution.hpp"
#include "problems/nets/layers/dense.hpp"
#include "problems/nets/layers/pooling.hpp"
#include "problems/nets/layers/residual.hpp"
#include "problems/nets/losses/softmax.hpp"
#include "problems/nets/mlp.hpp"
#include "problems/nets/net_problem.hpp"
#include "problems/nets/starts.hpp"

namespace ravine::problems {
namespace {

using namespace nets;

/// Adds a convolution, normalized where `norm` says so: then it has no bias, which the
/// normalization would take out again.
Image add_convolution(Layers& layers, const Image& below, const Window& window, Index channels,
                      bool norm, Activation phi) {
  const Image above = window.over(below, channels);
  layers.push_back(convolution(below, window, channels, gain(phi), !norm));
  if (norm) layers.push_back(batch_norm(above));
  return above;
}

Image add_block(Layers& layers, const Image& below, Index channels, Index stride, bool norm,
                Activation phi) {
  Layers branch, shortcut;
  const Image middle = add_convolution(branch, below, {3, stride, 1}, channels, norm, phi);
  branch.push_back(activation(phi, middle.size()));
  const Image above = add_convolution(branch, middle, {3, 1, 1}, channels, norm, phi);
  const bool same = stride == 1 && channels == below.channels;
  if (!same) add_convolution(shortcut, below, {1, stride, 0}, channels, norm, phi);
  layers.push_back(
      residual(std::make_unique<Sequence>(std::move(branch)),
               same ? nullptr : std::make_unique<Sequence>(std::move(shortcut), "shortcut_")));
  layers.push_back(activation(phi, above.size()));
  return above;
}

std::unique_ptr<Sequence> layers_of(const Parameters& parameters, const Image& image,
                                    Index classes) {
  const bool norm = parameters.at("normalization").text == "batch";
  const Activation phi = activation_named(parameters.at("activation").text);
  const std::vector<Index> channels = widths(parameters.at("channels").text, "channels");
  Layers layers;
  Image below = add_convolution(layers, image, {3, 1, 1}, channels.front(), norm, phi);
  layers.push_back(activation(phi, below.size()));
  for (std::size_t block = 0; block < channels.size(); ++block)
    below = add_block(layers, below, channels[block], block == 0 ? 1 : 2, norm, phi);
  layers.push_back(global_average(below));
  layers.push_back(dense(below.channels, classes, 1, BlockRole::output_layer));
  return std::make_unique<Sequence>(std::move(layers));
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance,
                              DataSets& data) {
  const Family family = resnet_family();
  NetParts parts;
  parts.samples = with_label_noise(images_of(family, parameters, data), parameters, instance);
  const LabelledImages& images = data.fashion_mnist().train;
  const Index classes = parts.samples->classes();
  parts.net = std::make_unique<Network>(
      layers_of(parameters,
                {1, static_cast<Index>(images.height), static_cast<Index>(images.width)}, classes),
      softmax_loss(classes));
  parts.start = start_of(*parts.net, parameters, instance.seed);
  parts.l2 = real(parameters, "l2");
  return net_problem(family, instance, std::move(parts));
}

}  // namespace

Family resnet_family() {
  Family family;
  family.id = "resnet";
  family.summary = "a small residual net on Fashion-MNIST, with batch normalization or without";
  family.citation =
      "He, Zhang, Ren and Sun, Deep residual learning for image recognition, CVPR 2016; data: "
      "Xiao, "
      "Rasul and Vollgraf, Fashion-MNIST, arXiv:1708.07747";
  family.stochastic = true;
  family.seeded = true;
  using enum ParameterType;
  family.parameters = {
      {"channels", text, "8-16-32", 0, 0, {}, "of each block, joined by hyphens"},
      {"activation", choice, "relu", 0, 0, activation_names(), "of all layers"},
      {"normalization", choice, "batch", 0, 0, {"none", "batch"}, "behind each convolution"},
      {"l2", ParameterType::real, "0", 0, 1e6, {}, "factor of half the squared weights"},
  };
  for (const auto& more :
       {count_parameters("2000", "1000"), {label_noise_parameter()}, start_parameters()})
    family.parameters.insert(family.parameters.end(), more.begin(), more.end());
  family.make = make;
  return family;
}

}  // namespace ravine::problems
