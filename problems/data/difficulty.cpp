#include "problems/data/difficulty.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace ravine::problems {
namespace {

struct ClassSum {
  std::uint64_t count = 0;
  std::vector<std::uint32_t> pixels;  ///< sum over the class; below 2^32 up to 16 million samples
  std::uint64_t square = 0;           ///< of that sum's norm
  double spread = 0;                  ///< sum over the class of distance()
};

std::uint64_t squared_norm(std::span<const std::uint32_t> values) {
  std::uint64_t sum = 0;
  for (const std::uint64_t value : values) sum += value * value;
  return sum;
}

// With S the sum of n samples: n^2 ||x - S/n||^2 = n^2 x.x - 2 n x.S + S.S, an integer.
double distance(std::span<const std::uint8_t> x, const ClassSum& of) {
  std::uint64_t xx = 0;
  std::uint64_t xs = 0;
  for (std::size_t p = 0; p < x.size(); ++p) {
    xx += std::uint64_t{x[p]} * x[p];
    xs += std::uint64_t{x[p]} * of.pixels[p];
  }
  return static_cast<double>(of.count * of.count * xx + of.square - 2 * of.count * xs);
}

}  // namespace

void rank_by_difficulty(const LabelledImages& images, std::uint64_t classes,
                        std::span<std::uint32_t> rank) {
  const std::size_t size = images.pixels_per_image;
  const auto sample = [&](std::size_t i) { return images.pixels.subspan(i * size, size); };

  std::vector<ClassSum> sums(classes);
  for (ClassSum& of : sums) of.pixels.resize(size);
  for (std::size_t i = 0; i < rank.size(); ++i) {
    ClassSum& of = sums[images.labels[i]];
    ++of.count;
    const auto x = sample(i);
    for (std::size_t p = 0; p < size; ++p) of.pixels[p] += x[p];
  }
  for (ClassSum& of : sums) of.square = squared_norm(of.pixels);

  std::vector<double> difficulty(rank.size());
  for (std::size_t i = 0; i < rank.size(); ++i) {
    ClassSum& of = sums[images.labels[i]];
    difficulty[i] = distance(sample(i), of);
    of.spread += difficulty[i];
  }
  for (std::size_t i = 0; i < rank.size(); ++i) {
    const ClassSum& of = sums[images.labels[i]];
    // A class of equal samples has no spread, and all of them are easy.
    if (of.spread > 0) difficulty[i] *= static_cast<double>(of.count) / of.spread;
  }

  std::vector<std::uint32_t> order(rank.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return difficulty[i]; });
  for (std::uint32_t position = 0; position < order.size(); ++position)
    rank[order[position]] = position;
}

}  // namespace ravine::problems
