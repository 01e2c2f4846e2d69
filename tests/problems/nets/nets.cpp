#include "tests/problems/nets/nets.hpp"

#include <utility>

#include "problems/nets/layers/activation.hpp"
#include "problems/nets/layers/batch_norm.hpp"
#include "problems/nets/layers/convolution.hpp"
#include "problems/nets/layers/dense.hpp"
#include "problems/nets/layers/pooling.hpp"
#include "problems/nets/layers/recurrent.hpp"
#include "problems/nets/layers/residual.hpp"
#include "problems/nets/losses/bernoulli.hpp"
#include "problems/nets/losses/softmax.hpp"
#include "problems/nets/losses/squared.hpp"

namespace ravine::problems::nets {
namespace {

std::unique_ptr<Loss> softmax() { return softmax_loss(kOutputs); }
std::unique_ptr<Loss> squared() { return squared_loss(0.7); }
std::unique_ptr<Loss> bernoulli() { return bernoulli_loss(kOutputs); }

template <class... Parts>
std::unique_ptr<Sequence> stack(std::unique_ptr<Parts>... parts) {
  Layers layers;
  (layers.push_back(std::move(parts)), ...);
  return std::make_unique<Sequence>(std::move(layers));
}

std::unique_ptr<Network> with_softmax(std::unique_ptr<Sequence> layers) {
  return std::make_unique<Network>(std::move(layers), softmax_loss(kOutputs));
}

std::unique_ptr<Network> perceptron(Activation phi, std::unique_ptr<Loss> loss) {
  return std::make_unique<Network>(stack(dense(4, 6, 1), activation(phi, 6), dense(6, 5, 1),
                                         activation(phi, 5), dense(5, kOutputs, 1)),
                                   std::move(loss));
}

std::unique_ptr<Network> with_head() {
  auto tap = std::make_unique<Tap>(6);
  Head head;
  head.tap = tap.get();
  head.layer = 2;
  head.weight = 0.3;
  head.layers = stack(dense(6, 4, 1), activation(Activation::tanh, 4), dense(4, kOutputs, 1));
  head.loss = softmax_loss(kOutputs);
  std::vector<Head> heads;
  heads.push_back(std::move(head));
  return std::make_unique<Network>(
      stack(dense(4, 6, 1), activation(Activation::tanh, 6), std::unique_ptr<Layer>(std::move(tap)),
            dense(6, kOutputs, 1)),
      softmax_loss(kOutputs), std::move(heads));
}

std::unique_ptr<Network> residual_net() {
  const Image image{2, 4, 3};
  const Image wide = Window{3, 2, 1}.over(image, 3);
  auto branch = stack(convolution(image, {3, 1, 1}, 2, 1, false), batch_norm(image),
                      activation(Activation::tanh, image.size()),
                      convolution(image, {3, 2, 1}, 3, 1, false), batch_norm(wide));
  auto shortcut = stack(convolution(image, {1, 2, 0}, 3, 1, false), batch_norm(wide));
  auto plain = stack(convolution(wide, {3, 1, 1}, 3, 1), activation(Activation::tanh, wide.size()));
  return with_softmax(stack(
      residual(std::move(branch), std::move(shortcut)), activation(Activation::tanh, wide.size()),
      residual(std::move(plain), nullptr), global_average(wide), dense(3, kOutputs, 1)));
}

std::unique_ptr<Network> convolution_net() {
  const Image image{2, 5, 4};
  const Window window{3, 1, 1};
  const Image above = window.over(image, 3);
  const Window pool{2, 2, 0};
  const Image pooled = pool.over(above, 3);
  const Window small{2, 1, 1};
  const Image top = small.over(pooled, 2);
  return with_softmax(
      stack(convolution(image, window, 3, 1), activation(Activation::tanh, above.size()),
            max_pooling(above, pool), convolution(pooled, small, 2, 1),
            activation(Activation::gelu, top.size()), dense(top.size(), kOutputs, 1)));
}

std::unique_ptr<Network> normalized_net() {
  return with_softmax(stack(dense(4, 6, 1), batch_norm({6, 1, 1}), activation(Activation::tanh, 6),
                            dense(6, 5, 1), batch_norm({5, 1, 1}), activation(Activation::tanh, 5),
                            dense(5, kOutputs, 1)));
}

std::unique_ptr<Network> recurrent_net() {
  return with_softmax(stack(recurrent(2, 6, 4), dense(4, kOutputs, 1)));
}

}  // namespace

void PrintTo(const Net& net, std::ostream* out) { *out << net.name; }

std::vector<Net> nets() {
  std::vector<Net> all;
  for (const std::string& phi : activation_names())
    all.push_back({phi, softmax, [phi] { return perceptron(activation_named(phi), softmax()); }});
  const auto on_tanh = [](auto loss) {
    return [loss] { return perceptron(Activation::tanh, loss()); };
  };
  all.push_back({"squared", squared, on_tanh(squared)});
  all.push_back({"bernoulli", bernoulli, on_tanh(bernoulli)});
  all.push_back({"head", softmax, with_head});
  all.push_back({"convolution", softmax, convolution_net});
  all.push_back({"batch_norm", softmax, normalized_net});
  all.push_back({"residual", softmax, residual_net});
  all.push_back({"recurrent", softmax, recurrent_net});
  return all;
}

Net noisy_net() {
  return {"batch_noise", softmax, [] {
            return with_softmax(stack(dense(4, 6, 1), batch_norm({6, 1, 1}),
                                      activation(Activation::tanh, 6), batch_noise(6),
                                      dense(6, kOutputs, 1)));
          }};
}

}  // namespace ravine::problems::nets
