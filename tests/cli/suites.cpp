#include "tests/cli/suites.hpp"

#include <cstdint>
#include <fstream>
#include <vector>

namespace ravine::test {
namespace {

void write_idx(const std::filesystem::path& file, const std::vector<std::uint32_t>& shape,
               const std::string& values) {
  std::string bytes{0, 0, 8, static_cast<char>(shape.size())};
  for (const std::uint32_t extent : shape)
    for (const unsigned shift : {24U, 16U, 8U, 0U})
      bytes += static_cast<char>(extent >> shift & 0xFFU);
  std::ofstream(file, std::ios::binary) << bytes << values;
}

void write_part(const std::filesystem::path& folder, const std::string& part, std::uint32_t count) {
  constexpr std::uint32_t kSide = 6;
  std::string pixels, labels;
  for (std::uint32_t i = 0; i < count; ++i) {
    labels += static_cast<char>(i % 10);
    for (std::uint32_t pixel = 0; pixel < kSide * kSide; ++pixel)
      pixels += static_cast<char>(pixel % 10 == i % 10 ? 200 + i % 50 : (i * 7 + pixel * 13) % 90);
  }
  write_idx(folder / (part + "-images-idx3-ubyte"), {count, kSide, kSide}, pixels);
  write_idx(folder / (part + "-labels-idx1-ubyte"), {count}, labels);
}

}  // namespace

std::string small_suite() {
  return R"([suite]
name = "small"
memory_mib = 128
[budget]
iterations = 200
oracle = 500
seconds = 1
[targets]
relative = [1e-1, 1e-3]
[[problem]]
family = "quadratic"
label = "bowl"
set = { n = 5, kappa = 10 }
[[problem]]
family = "quadratic"
label = "oval"
set = { n = 4, kappa = 5, rotation = "hadamard" }
[[optimizer]]
id = "gradient_descent"
set = { learning_rate = "1/L" }
[[optimizer]]
id = "adam"
set = { learning_rate = 0.1 }
[[optimizer]]
id = "lbfgs"
)";
}

std::string broad_suite() {
  return R"([suite]
name = "broad"
seeds = 2
[budget]
iterations = 150
[targets]
relative = [1e-1, 1e-3, 1e-6]
gradient = [1e-2]
train_loss = [1.5]
[[problem]]
family = "quadratic"
set = { n = [2, 10], kappa = 30, rotation = "hadamard" }
instances = 2
[[problem]]
family = "rosenbrock"
[[problem]]
family = "rastrigin"
set = { n = 3, stages = 3 }
stage_iterations = 20
[[problem]]
family = "mlp"
set = { hidden = 5, train = 80, test = 40 }
batch = [8, "full"]
budget = { iterations = 40 }
judge = { every = 5, first = 2 }
[[optimizer]]
id = "gradient_descent"
set = { learning_rate = [1e-3, 1e-2] }
[[optimizer]]
id = "adam"
[[optimizer]]
id = "lbfgs"
[[optimizer]]
id = "newton"
[[optimizer]]
id = "adam"
schedule = { name = "cosine", per = "fractional_epoch", warmup = 0.5 }
average = { name = "ema", beta = 0.9 }
[[optimizer]]
id = "gradient_descent"
set = { learning_rate = 1e-2 }
schedule = { name = "reduce_on_plateau", patience = [0, 1], factor = 0.5 }
average = "tail"
)"
#if defined(RAVINE_WITH_NLOPT)
         "[[optimizer]]\nid = \"nlopt_lbfgs\"\n"
#endif
      ;
}

std::string long_suite(int count) {
  return "[suite]\nname = \"long\"\nseeds = " + std::to_string(count) + R"(
[budget]
iterations = 200
[targets]
relative = [1e-12]
[[problem]]
family = "quadratic"
set = { n = 5, kappa = 1000 }
instances = [1]
[[optimizer]]
id = "gradient_descent"
set = { learning_rate = "1/L" }
)";
}

void write_small_data(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  write_part(folder, "train", 90);
  write_part(folder, "t10k", 45);
}

}  // namespace ravine::test
