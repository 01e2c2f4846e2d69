#include "tests/problems/support/cases.hpp"

namespace ravine::problems::testing {

std::vector<Case> net_cases() {
  const Instance drawn{3, 17};
  const auto sized = [](Given given, double train) {
    given.insert({{"train", number(train)}, {"test", number(20)}, {"validation", number(10)}});
    return given;
  };
  const auto points = [&](const char* data, Given given) {
    given.insert({{"data", word(data)}, {"hidden", word("5-4")}});
    return sized(given, 40);
  };
  // Under relu black pixels and biases of 0 put whole layers onto the kink at the start, where
  // there is no derivative to compare with: the residual nets have smooth activations here, and
  // relu's are compared with PyTorch's.
  return {
      {"mlp_spirals", "mlp", points("two_spirals", {{"activation", word("sigmoid")}}), drawn},
      {"mlp_moons", "mlp",
       points("moons", {{"activation", word("gelu")}, {"label_noise", number(0.3)}}), drawn},
      {"mlp_blobs_normalized", "mlp",
       points("blobs", {{"classes", number(3)}, {"normalization", word("batch")}}), drawn},
      {"mlp_noisy_normalization", "mlp",
       points("blobs", {{"normalization", word("noisy_batch")}, {"l2", number(0.1)}}), drawn},
      {"cnn_2c2d", "cnn_2c2d",
       sized({{"channels_1", number(2)}, {"channels_2", number(3)}, {"units", number(4)}}, 30),
       drawn},
      {"resnet", "resnet", sized({{"channels", word("2-3")}, {"activation", word("tanh")}}, 30),
       drawn},
      {"resnet_plain", "resnet",
       sized({{"channels", word("2-2")},
              {"activation", word("gelu")},
              {"normalization", word("none")}},
             30),
       drawn},
      {"autoencoder", "autoencoder", sized({{"encoder", word("5-2")}}, 10), drawn},
      {"autoencoder_cross_entropy", "autoencoder",
       sized({{"encoder", word("7-3")},
              {"activation", word("tanh")},
              {"data", word("fashion_mnist")},
              {"loss", word("cross_entropy")}},
             20),
       drawn},
      {"rnn_addition", "rnn", sized({{"steps", number(12)}, {"hidden", number(5)}}, 20), drawn},
      {"rnn_order", "rnn",
       sized({{"task", word("temporal_order")}, {"steps", number(10)}, {"hidden", number(4)}}, 20),
       drawn},
  };
}

}  // namespace ravine::problems::testing
