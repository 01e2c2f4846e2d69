// Times value and gradient of a net on a batch, for nets.py, which does the same with PyTorch.
// Usage: nets_benchmark NET BATCH: a line "ready", then for each line of input the processor
// seconds of the fastest of some evaluations.
#include <Eigen/Core>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <numeric>
#include <span>
#include <string>
#include <vector>

#include "problems/catalog.hpp"
#include "problems/data/data_sets.hpp"
#include "tests/benchmarks/shortest.hpp"

namespace ravine::problems {
namespace {

struct Net {
  const char* family;
  std::map<std::string, ParameterValue> set;
};

const std::map<std::string, Net>& nets() {
  static const std::map<std::string, Net> all = {
      {"mlp_1000-500-100_relu",
       {"mlp", {{"hidden", {0, "1000-500-100"}}, {"activation", {0, "relu"}}}}},
      {"mlp_32_tanh", {"mlp", {{"hidden", {0, "32"}}}}},
      {"cnn_2c2d", {"cnn_2c2d", {}}},
      {"resnet", {"resnet", {}}},
      {"rnn_addition", {"rnn", {}}},
      {"autoencoder", {"autoencoder", {{"train", {1000, ""}}}}}};
  return all;
}

int run(const std::string& name, std::uint64_t size) {
  DataSets data;
  const Net& net = nets().at(name);
  const Family& family = *find_family(net.family);
  const auto problem = family.make(complete_parameters(family, net.set), {0, 1}, data);
  // Aligned as the harness's points are.
  const std::vector<double>& x0 = problem->facts().x0;
  const Eigen::VectorXd start =
      Eigen::Map<const Eigen::VectorXd>(x0.data(), static_cast<Eigen::Index>(x0.size()));
  const std::span<const double> x(start.data(), x0.size());
  Eigen::VectorXd gradient(start.size());
  std::vector<std::uint64_t> samples(size);
  std::iota(samples.begin(), samples.end(), 0);
  const auto evaluate = [&] {
    double value = 0;
    problem->evaluate({0, samples, false}, x, &value, gradient.data());
  };
  evaluate();
  std::cout << "ready " << x.size() << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    double best = 1e300;
    double total = 0;
    for (int k = 0; k < 3 || total < 0.3; ++k) {
      const double began = processor_seconds();
      evaluate();
      const double time = processor_seconds() - began;
      best = std::min(best, time);
      total += time;
    }
    std::printf("%.9g\n", best);
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace
}  // namespace ravine::problems

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: nets_benchmark NET BATCH\n", stderr);
    return 2;
  }
  return ravine::problems::run(argv[1], std::strtoull(argv[2], nullptr, 10));
}
