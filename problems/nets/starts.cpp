#include "problems/nets/starts.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "problems/facts.hpp"
#include "problems/random/stream.hpp"

namespace ravine::problems::nets {
namespace {

constexpr std::uint64_t kSparse = 15;  // weights of a unit that are not 0

double deviation(const std::string& start, const Fan& fan) {
  if (start == "xavier") return fan.gain * std::sqrt(2 / (fan.in + fan.out));
  if (start == "he") return fan.gain * std::sqrt(1 / fan.in);
  if (start == "lecun") return std::sqrt(1 / fan.in);
  return start == "sparse" ? 1 : 0;
}

// All but kSparse of each unit's incoming weights := 0; units are rows of the weights.
void thin_out(const Fan& fan, std::uint64_t seed, std::vector<double>& theta) {
  const auto width = static_cast<std::uint64_t>(fan.in);
  std::vector<std::uint64_t> order(width);
  for (std::uint64_t row = fan.offset; row < fan.offset + fan.count; row += width) {
    Stream(mix64(seed ^ mix64(row)), "nets/sparse start").permutation(order);
    for (std::uint64_t i = kSparse; i < width; ++i) theta[row + order[i]] = 0;
  }
}

}  // namespace

std::vector<ParameterSpec> start_parameters() {
  using enum ParameterType;
  return {{"start",
           choice,
           "xavier",
           0,
           0,
           {"xavier", "he", "lecun", "sparse", "zero"},
           "how weights are drawn: Glorot's, He's or LeCun's variance, 15 of each unit, or 0"},
          {"weight_scale", real, "1", 0, 1e6, {}, "factor of the weights at the start"}};
}

std::vector<double> start_of(const Network& net, const Parameters& parameters, std::uint64_t seed) {
  const std::string& start = parameters.at("start").text;
  const double scale = real(parameters, "weight_scale");
  std::vector<double> theta(static_cast<std::size_t>(net.parameter_count()), 0.0);
  for (const Block& block : net.blocks())
    if (block.role == BlockRole::norm_scale)
      std::fill_n(theta.begin() + static_cast<std::ptrdiff_t>(block.offset), block.shape[0], 1.0);
  const Stream stream(seed, "nets/start");
  for (const Fan& fan : net.fans()) {
    const double sigma = scale * deviation(start, fan);
    for (std::uint64_t i = fan.offset; i < fan.offset + fan.count; ++i)
      theta[i] = sigma * stream.normal(i);
    if (start == "sparse" && fan.in > kSparse) thin_out(fan, seed, theta);
  }
  return theta;
}

}  // namespace ravine::problems::nets
