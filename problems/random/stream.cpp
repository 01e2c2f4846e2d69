#include "problems/random/stream.hpp"

#include <numeric>
#include <utility>

#include "problems/random/normal.hpp"

namespace ravine::problems {
namespace {

std::uint32_t low(std::uint64_t word) { return static_cast<std::uint32_t>(word); }
std::uint32_t high(std::uint64_t word) { return static_cast<std::uint32_t>(word >> 32); }

PhiloxKey key_of(std::uint64_t key, std::string_view purpose) {
  const std::uint64_t mixed = mix64(mix64(key) ^ fnv1a64(purpose));
  return {low(mixed), high(mixed)};
}

}  // namespace

std::uint64_t mix64(std::uint64_t z) {
  z += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

std::uint64_t fnv1a64(std::string_view text) {
  std::uint64_t hash = 0xCBF29CE484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return hash;
}

Stream::Stream(std::uint64_t key, std::string_view purpose) : key_(key_of(key, purpose)) {}

std::uint64_t Stream::bits(std::uint64_t index, std::uint64_t attempt) const {
  const PhiloxCounter block =
      philox4x32({low(index), high(index), low(attempt), high(attempt)}, key_);
  return std::uint64_t{block[1]} << 32 | block[0];
}

double Stream::uniform(std::uint64_t index) const {
  return static_cast<double>(bits(index) >> 11) * 0x1p-53;
}

double Stream::normal(std::uint64_t index) const {
  // k + 1/2 needs 54 bits, and the largest would round to p = 1. Its distance to the nearer end is
  // an odd number below 2^53, which is exact.
  const std::uint64_t odd = 2 * (bits(index) >> 11) + 1;
  constexpr std::uint64_t kHalf = std::uint64_t{1} << 53;
  if (odd < kHalf) return normal_quantile(static_cast<double>(odd) * 0x1p-54);
  return -normal_quantile(static_cast<double>(2 * kHalf - odd) * 0x1p-54);
}

std::uint64_t Stream::below(std::uint64_t index, std::uint64_t bound) const {
  __extension__ using Wide = unsigned __int128;
  const std::uint64_t threshold = (0 - bound) % bound;  // 2^64 mod bound
  for (std::uint64_t attempt = 0;; ++attempt) {
    const Wide product = static_cast<Wide>(bits(index, attempt)) * bound;
    if (static_cast<std::uint64_t>(product) >= threshold)
      return static_cast<std::uint64_t>(product >> 64);
  }
}

void Stream::permutation(std::span<std::uint64_t> out) const {
  std::iota(out.begin(), out.end(), std::uint64_t{0});
  for (std::uint64_t i = out.size(); i > 1; --i) std::swap(out[i - 1], out[below(i - 1, i)]);
}

}  // namespace ravine::problems
