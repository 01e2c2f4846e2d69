// h_t = tanh(W x_t + U h_{t-1} + b), and a dense layer on h_T: the squared error of the mean that
// the addition task asks for, or the cross-entropy of the class of the temporal order task.
#include <utility>

#include "problems/facts.hpp"
#include "problems/families.hpp"
#include "problems/nets/data.hpp"
#include "problems/nets/layers/dense.hpp"
#include "problems/nets/layers/recurrent.hpp"
#include "problems/nets/losses/softmax.hpp"
#include "problems/nets/losses/squared.hpp"
#include "problems/nets/net_problem.hpp"
#include "problems/nets/samples/sequences.hpp"
#include "problems/nets/starts.hpp"

namespace ravine::problems {
namespace {

using namespace nets;

std::unique_ptr<Problem> make(const Parameters& parameters, const Instance& instance, DataSets&) {
  const Family family = rnn_family();
  const auto steps = static_cast<Index>(whole(parameters, "steps"));
  const auto hidden = static_cast<Index>(whole(parameters, "hidden"));
  const bool classes = parameters.at("task").text == "temporal_order";
  NetParts parts;
  parts.samples = classes ? temporal_order(counts_of(parameters), steps, instance.seed)
                          : addition(counts_of(parameters), steps, instance.seed);
  const Index outputs = classes ? parts.samples->classes() : parts.samples->targets();
  Layers layers;
  layers.push_back(recurrent(parts.samples->features() / steps, steps, hidden));
  layers.push_back(dense(hidden, outputs, 1, BlockRole::output_layer));
  parts.net = std::make_unique<Network>(std::make_unique<Sequence>(std::move(layers)),
                                        classes ? softmax_loss(outputs) : squared_loss(1));
  parts.start = start_of(*parts.net, parameters, instance.seed);
  return net_problem(family, instance, std::move(parts));
}

}  // namespace

Family rnn_family() {
  Family family;
  family.id = "rnn";
  family.summary = "a recurrent net on tasks in which what matters lies many steps back";
  family.citation =
      "Hochreiter and Schmidhuber, Long short-term memory, Neural Computation 9, 1997, 1735-1780; "
      "Martens and Sutskever, Learning recurrent neural networks with Hessian-free optimization, "
      "ICML 2011";
  family.stochastic = true;
  family.seeded = true;
  using enum ParameterType;
  family.parameters = {
      {"task", choice, "addition", 0, 0, {"addition", "temporal_order"}, "what is to be said"},
      {"steps", integer, "30", 4, 1000, {}, "T, length of the sequences"},
      {"hidden", integer, "32", 1, 1024, {}, "numbers in the state"},
  };
  for (const auto& more : {count_parameters("2000", "1000"), start_parameters()})
    family.parameters.insert(family.parameters.end(), more.begin(), more.end());
  family.make = make;
  return family;
}

}  // namespace ravine::problems
