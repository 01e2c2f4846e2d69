// z_l = W_l h_{l-1} + b_l, h_l = phi(z_l), the loss -log softmax(z_L)_label; with `normalization`
// a batch normalization stands between z_l and phi of every hidden layer, and noise behind it.
#include "problems/nets/mlp.hpp"

#include <charconv>
#include <system_error>
#include <utility>

#include "problems/data/data_sets.hpp"
#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/nets/data.hpp"
#include "problems/nets/layers/activation.hpp"
#include "problems/nets/layers/batch_norm.hpp"
#include "problems/nets/layers/dense.hpp"
#include "problems/nets/losses/softmax.hpp"
#include "problems/nets/starts.hpp"

namespace ravine::problems {
namespace nets {
namespace {

constexpr Index kWidest = 4096;
constexpr std::size_t kDeepest = 64;

std::unique_ptr<Sequence> perceptron(const Parameters& parameters, Index inputs, Index classes) {
  const Activation phi = activation_named(parameters.at("activation").text);
  const std::string& normalization = parameters.at("normalization").text;
  Layers layers;
  for (const Index width : hidden_widths(parameters.at("hidden").text)) {
    layers.push_back(dense(inputs, width, gain(phi)));
    if (normalization != "none") layers.push_back(batch_norm({width, 1, 1}));
    if (normalization == "noisy_batch") layers.push_back(batch_noise(width));
    layers.push_back(activation(phi, width));
    inputs = width;
  }
  layers.push_back(dense(inputs, classes, 1, BlockRole::output_layer));
  return std::make_unique<Sequence>(std::move(layers));
}

}  // namespace

std::vector<Index> widths(const std::string& text, const std::string& name) {
  std::vector<Index> all;
  const char* at = text.data();
  const char* end = at + text.size();
  for (;;) {
    Index width = 0;
    const auto [next, error] = std::from_chars(at, end, width);
    const bool separated = next == end || *next == '-';
    if (error != std::errc{} || !separated || width < 1 || width > kWidest ||
        all.size() == kDeepest)
      throw ProblemError(std::string("parameter '").append(name).append("' is up to ") +
                         std::to_string(kDeepest) + " widths from 1 to " + std::to_string(kWidest) +
                         " joined by hyphens ('64-32'), not '" + text + "'");
    all.push_back(width);
    if (next == end) return all;
    at = next + 1;
  }
}

std::vector<Index> hidden_widths(const std::string& text) {
  return text == "none" ? std::vector<Index>{} : widths(text, "hidden");
}

std::vector<ParameterSpec> mlp_parameters() {
  using enum ParameterType;
  std::vector<ParameterSpec> all = {
      {"hidden", text, "32", 0, 0, {}, "widths of the hidden layers, '64-32', or 'none'"},
      {"activation", choice, "tanh", 0, 0, activation_names(), "of the hidden layers"},
      {"normalization",
       choice,
       "none",
       0,
       0,
       {"none", "batch", "noisy_batch"},
       "of the hidden layers: none, over the batch, or that and noise on purpose"},
      {"l2",
       ParameterType::real,
       "0",
       0,
       1e6,
       {},
       "factor of half the squared weights, not biases"},
  };
  for (const auto& more : {count_parameters(), set_parameters(), start_parameters()})
    all.insert(all.end(), more.begin(), more.end());
  return all;
}

NetParts mlp_parts(const Family& family, const Parameters& parameters, const Instance& instance,
                   DataSets& data) {
  NetParts parts;
  parts.samples = samples_of(family, parameters, instance, data);
  const Index classes = parts.samples->classes();
  parts.net = std::make_unique<Network>(perceptron(parameters, parts.samples->features(), classes),
                                        softmax_loss(classes));
  parts.start = start_of(*parts.net, parameters, instance.seed);
  parts.l2 = real(parameters, "l2");
  return parts;
}

}  // namespace nets

namespace {

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance,
                              DataSets& data) {
  const Family family = mlp_family();
  return nets::net_problem(family, instance, nets::mlp_parts(family, parameters, instance, data));
}

}  // namespace

Family mlp_family() {
  Family family;
  family.id = "mlp";
  family.summary = "multilayer perceptron with softmax cross-entropy on images or points";
  family.citation =
      "Rumelhart, Hinton and Williams, Learning representations by back-propagating errors, Nature "
      "323, 1986, 533-536; data: Xiao, Rasul and Vollgraf, Fashion-MNIST, arXiv:1708.07747; Lang "
      "and Witbrock, Learning to tell two spirals apart, 1988 Connectionist Models Summer School";
  family.revision = 2;
  family.stochastic = true;
  family.seeded = true;
  family.parameters = nets::mlp_parameters();
  family.make = make;
  return family;
}

}  // namespace ravine::problems
