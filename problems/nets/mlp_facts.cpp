#include "problems/nets/mlp_facts.hpp"

#include <charconv>
#include <cmath>
#include <numbers>
#include <system_error>

#include "problems/family.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems {
namespace {

constexpr Eigen::Index kWidest = 4096;
constexpr std::size_t kDeepest = 8;

std::uint64_t unsigned_of(Eigen::Index index) { return static_cast<std::uint64_t>(index); }

}  // namespace

std::vector<Eigen::Index> hidden_widths(const std::string& text) {
  std::vector<Eigen::Index> widths;
  if (text == "none") return widths;
  const char* at = text.data();
  const char* end = at + text.size();
  for (;;) {
    Eigen::Index width = 0;
    const auto [next, error] = std::from_chars(at, end, width);
    const bool separated = next == end || *next == '-';
    if (error != std::errc{} || !separated || width < 1 || width > kWidest ||
        widths.size() == kDeepest)
      throw ProblemError(
          "parameter 'hidden' is 'none' or up to 8 widths from 1 to 4096 joined by hyphens "
          "('64-32'), not '" +
          text + "'");
    widths.push_back(width);
    if (next == end) return widths;
    at = next + 1;
  }
}

std::vector<Block> mlp_blocks(const std::vector<Layer>& layers) {
  std::vector<Block> blocks;
  for (const Layer& layer : layers) {
    const std::string number = std::to_string(blocks.size() / 2 + 1);
    const bool top = &layer == &layers.back();
    const std::uint64_t out = unsigned_of(layer.out);
    blocks.push_back({"w" + number,
                      unsigned_of(layer.w),
                      {out, unsigned_of(layer.in)},
                      top ? BlockRole::output_layer : BlockRole::matrix,
                      false});
    blocks.push_back({"b" + number, unsigned_of(layer.b), {out}, BlockRole::bias, true});
  }
  return blocks;
}

std::vector<double> glorot_start(const std::vector<Layer>& layers, Activation activation,
                                 std::uint64_t seed) {
  const Layer& top = layers.back();
  std::vector<double> theta(unsigned_of(top.b + top.out), 0.0);
  const Stream stream(seed, "mlp/start");
  const double hidden_gain = activation == Activation::tanh ? 5.0 / 3.0 : std::numbers::sqrt2;
  for (const Layer& layer : layers) {
    const double gain = &layer == &top ? 1 : hidden_gain;
    const double deviation = gain * std::sqrt(2 / static_cast<double>(layer.in + layer.out));
    for (std::uint64_t i = unsigned_of(layer.w); i < unsigned_of(layer.b); ++i)
      theta[i] = deviation * stream.normal(i);
  }
  return theta;
}

}  // namespace ravine::problems
