// conv 5 x 5 - relu - max 2 x 2 - conv 5 x 5 - relu - max 2 x 2 - dense - relu - dense - softmax,
// convolutions padded so that they keep the size of the image: DeepOBS's fmnist_2c2d with 32 and 64
// channels and 1024 units.
#include <utility>

#include "problems/data/data_sets.hpp"
#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/nets/data.hpp"
#include "problems/nets/layers/activation.hpp"
#include "problems/nets/layers/convolution.hpp"
#include "problems/nets/layers/dense.hpp"
#include "problems/nets/layers/pooling.hpp"
#include "problems/nets/losses/softmax.hpp"
#include "problems/nets/net_problem.hpp"
#include "problems/nets/starts.hpp"

namespace ravine::problems {
namespace {

using namespace nets;

constexpr Window kConvolution{5, 1, 2};
constexpr Window kPool{2, 2, 0};

std::unique_ptr<Sequence> layers_of(const Parameters& parameters, const Image& image,
                                    Index classes) {
  const auto size = [&](const char* name) { return static_cast<Index>(whole(parameters, name)); };
  const Activation phi = activation_named(parameters.at("activation").text);
  Layers layers;
  Image below = image;
  for (const char* channels : {"channels_1", "channels_2"}) {
    const Image above = kConvolution.over(below, size(channels));
    layers.push_back(convolution(below, kConvolution, above.channels, gain(phi)));
    layers.push_back(activation(phi, above.size()));
    layers.push_back(max_pooling(above, kPool));
    below = kPool.over(above, above.channels);
  }
  const Index units = size("units");
  layers.push_back(dense(below.size(), units, gain(phi)));
  layers.push_back(activation(phi, units));
  layers.push_back(dense(units, classes, 1, BlockRole::output_layer));
  return std::make_unique<Sequence>(std::move(layers));
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance,
                              DataSets& data) {
  const Family family = cnn_2c2d_family();
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

Family cnn_2c2d_family() {
  Family family;
  family.id = "cnn_2c2d";
  family.summary = "two convolutions and two dense layers on Fashion-MNIST, DeepOBS's 2c2d";
  family.citation =
      "Schneider, Balles and Hennig, DeepOBS: a deep learning optimizer benchmark suite, ICLR "
      "2019; "
      "data: Xiao, Rasul and Vollgraf, Fashion-MNIST, arXiv:1708.07747";
  family.stochastic = true;
  family.seeded = true;
  using enum ParameterType;
  family.parameters = {
      {"channels_1", integer, "32", 1, 1024, {}, "of the first convolution"},
      {"channels_2", integer, "64", 1, 1024, {}, "of the second convolution"},
      {"units", integer, "1024", 1, 4096, {}, "of the hidden dense layer"},
      {"activation", choice, "relu", 0, 0, activation_names(), "of all layers"},
      {"l2",
       ParameterType::real,
       "0",
       0,
       1e6,
       {},
       "factor of half the squared weights, not biases"},
  };
  for (const auto& more : {count_parameters(), {label_noise_parameter()}, start_parameters()})
    family.parameters.insert(family.parameters.end(), more.begin(), more.end());
  family.make = make;
  return family;
}

}  // namespace ravine::problems
