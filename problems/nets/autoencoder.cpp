// An encoder of sigmoid layers down to a linear code, a decoder of the same widths upwards, and a
// sigmoid on top: x -> sigma(W_L h_{L-1} + b_L). The loss of a sample is |x - y|^2, the "training
// squared error" of Sutskever et al., or the cross-entropy of its pixels, which Hinton and
// Salakhutdinov train with.
#include <algorithm>
#include <utility>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/nets/data.hpp"
#include "problems/nets/layers/activation.hpp"
#include "problems/nets/layers/dense.hpp"
#include "problems/nets/losses/bernoulli.hpp"
#include "problems/nets/losses/squared.hpp"
#include "problems/nets/mlp.hpp"
#include "problems/nets/net_problem.hpp"
#include "problems/nets/samples/autoencoded.hpp"
#include "problems/nets/samples/curves.hpp"
#include "problems/nets/starts.hpp"

namespace ravine::problems {
namespace {

using namespace nets;

std::unique_ptr<Sequence> layers_of(const Parameters& parameters, Index pixels, bool squared) {
  const Activation phi = activation_named(parameters.at("activation").text);
  const std::vector<Index> encoder = widths(parameters.at("encoder").text, "encoder");
  std::vector<Index> all = {pixels};
  all.insert(all.end(), encoder.begin(), encoder.end());
  all.insert(all.end(), encoder.rbegin() + 1, encoder.rend());
  all.push_back(pixels);
  Layers layers;
  for (std::size_t l = 0; l + 1 < all.size(); ++l) {
    const bool code = l + 1 == encoder.size();
    const bool top = l + 2 == all.size();
    layers.push_back(dense(all[l], all[l + 1], code || top ? 1 : gain(phi),
                           top ? BlockRole::output_layer : BlockRole::matrix));
    if (!code && !top) layers.push_back(activation(phi, all[l + 1]));
  }
  if (squared) layers.push_back(activation(Activation::sigmoid, pixels));
  return std::make_unique<Sequence>(std::move(layers));
}

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance,
                              DataSets& data) {
  const Family family = autoencoder_family();
  NetParts parts;
  parts.samples =
      autoencoded(parameters.at("data").text == "curves" ? curves(counts_of(parameters), data)
                                                         : images_of(family, parameters, data));
  const Index pixels = parts.samples->features();
  const bool squared = parameters.at("loss").text == "squared";
  parts.net = std::make_unique<Network>(layers_of(parameters, pixels, squared),
                                        squared ? squared_loss(1) : bernoulli_loss(pixels));
  parts.start = start_of(*parts.net, parameters, instance.seed);
  parts.l2 = real(parameters, "l2");
  return net_problem(family, instance, std::move(parts));
}

}  // namespace

Family autoencoder_family() {
  Family family;
  family.id = "autoencoder";
  family.summary = "deep autoencoder of drawn curves or of Fashion-MNIST";
  family.citation =
      "Hinton and Salakhutdinov, Reducing the dimensionality of data with neural networks, Science "
      "313, 2006, 504-507; Martens, Deep learning via Hessian-free optimization, ICML 2010; "
      "Sutskever, Martens, Dahl and Hinton, On the importance of initialization and momentum in "
      "deep "
      "learning, ICML 2013";
  family.stochastic = true;
  family.seeded = true;
  using enum ParameterType;
  family.parameters = {
      {"encoder",
       text,
       "400-200-100-50-25-6",
       0,
       0,
       {},
       "widths down to the code; images have '1000-500-250-30' in the papers"},
      {"activation", choice, "sigmoid", 0, 0, activation_names(), "of all layers but the code"},
      {"data", choice, "curves", 0, 0, {"curves", "fashion_mnist"}, "images of 28 x 28 pixels"},
      {"loss",
       choice,
       "squared",
       0,
       0,
       {"squared", "cross_entropy"},
       "of a sample, over its pixels"},
      {"l2",
       ParameterType::real,
       "0",
       0,
       1e6,
       {},
       "factor of half the squared weights, not biases"},
  };
  for (const auto& more : {count_parameters("20000", "10000"), start_parameters()})
    family.parameters.insert(family.parameters.end(), more.begin(), more.end());
  family.make = make;
  return family;
}

}  // namespace ravine::problems
