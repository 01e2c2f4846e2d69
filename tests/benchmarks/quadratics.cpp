// How far a quadratic's value and gradient are from the memory traffic and the arithmetic that they
// need: each beside plain loops over as many doubles, which any compiler vectorizes, on aligned
// memory, in any order, and nothing else in them.
//
// What is needed, aligned: one pass, x, c and d read, the gradient written and the value summed up.
// Rotated: y = x - c and the product with D are a pass each, and Q and Q' each
//   householder  one pass that reads y and three that read and write it: each reflection must know
//                the whole of v'y before it begins. In them three products v'y and three
//                subtractions of a multiple of v, v a block of doubles that stays in the cache;
//                from memory v is read as the byte an entry that it takes. To make doubles of the
//                bytes is no part of it.
//   hadamard     in each window of m = 2^p coordinates m multiplications by a sign and p levels of
//                m sums and differences, one after the other in a block of the first-level cache;
//                one pass over memory for every 12 levels, the logarithm of such a block's length
#include <benchmark/benchmark.h>

#include <Eigen/Core>
#include <algorithm>
#include <bit>
#include <span>
#include <string>
#include <vector>

#include "problems/catalog.hpp"
#include "problems/data/data_sets.hpp"
#include "problems/linear/reduce.hpp"
#include "tests/benchmarks/shortest.hpp"

namespace ravine::problems {
namespace {

using Array = Eigen::ArrayXd;
using lanes::Pack;

constexpr std::size_t kBlock = 1024;  // of y and two directions: in the first-level cache
constexpr int kLeafBits = 12;         // 32 KiB of doubles

struct Entries {
  Pack y, v, w;

  Entries(const double* from_y, const double* from_v, const double* from_w) {
    lanes::load(y, from_y);
    lanes::load(v, from_v);
    lanes::load(w, from_w);
  }
};

// y := y - along v, then w'y, either or both, sixteen entries at a time: no sum waits for another.
template <bool kSubtract, bool kDot>
double plain_reflection(double along, const Array& v, const Array& w, std::span<double> y) {
  Pack even;
  Pack odd;
  for (std::size_t i = 0; i + 2 * kLanes <= y.size(); i += 2 * kLanes) {
    Entries a(&y[i], v.data() + i, w.data() + i);
    Entries b(&y[i + kLanes], v.data() + i + kLanes, w.data() + i + kLanes);
    if constexpr (kSubtract) {
      a.y -= along * a.v;
      b.y -= along * b.v;
      lanes::store(&y[i], a.y);
      lanes::store(&y[i + kLanes], b.y);
    }
    if constexpr (kDot) {
      even += a.w * a.y;
      odd += b.w * b.y;
    }
  }
  even += odd;
  return even.low[0] + even.high[0];
}

// Q or Q' of three reflections.
class PlainHouseholder {
 public:
  explicit PlainHouseholder(std::size_t n)
      : v_(Array::Zero(kBlock)),
        w_(Array::Zero(kBlock)),
        bytes_(Array::Zero(static_cast<Eigen::Index>(3 * (n / 8)))) {}

  void operator()(Array& y) {
    pass<false, true>(y, 0, 1);
    pass<true, true>(y, 0, 2);
    pass<true, true>(y, 1, 2);
    pass<true, false>(y, 2, 1);
  }

 private:
  // Reads `count` directions from the first on.
  template <bool kSubtract, bool kDot>
  void pass(Array& y, Eigen::Index first, Eigen::Index count) {
    const std::span<double> all(y.data(), static_cast<std::size_t>(y.size()));
    const double along = sum_;
    for (std::size_t i = 0; i < all.size(); i += kBlock) {
      const std::size_t length = std::min(kBlock, all.size() - i);
      sum_ += plain_reflection<kSubtract, kDot>(along, v_, w_, all.subspan(i, length));
      for (Eigen::Index k = first; k < first + count; ++k)
        sum_ += bytes_
                    .segment(k * (bytes_.size() / 3) + static_cast<Eigen::Index>(i / 8),
                             static_cast<Eigen::Index>(length / 8))
                    .sum();
    }
    benchmark::ClobberMemory();
  }

  Array v_, w_, bytes_;  // blocks; three directions, each a byte a coordinate
  double sum_ = 0;
};

void plain_level(std::span<double> x) {
  const std::size_t half = x.size() / 2;
  for (std::size_t i = 0; i < half; i += kLanes) {
    Pack a;
    Pack b;
    lanes::load(a, &x[i]);
    lanes::load(b, &x[half + i]);
    lanes::store(&x[i], a + b);
    lanes::store(&x[half + i], a - b);
  }
  benchmark::ClobberMemory();
}

// Q or Q' of two rounds.
void plain_hadamard(Array& y) {
  const auto n = static_cast<std::size_t>(y.size());
  const std::size_t m = std::bit_floor(n);
  const std::size_t block = std::min(m, std::size_t{1} << kLeafBits);
  const int passes = (std::countr_zero(m) + kLeafBits - 1) / kLeafBits;
  for (int window = 0; window < (n == m ? 2 : 4); ++window) {
    const std::span<double> x(y.data() + (window % 2 == 0 ? 0 : n - m), m);
    int left = std::countr_zero(m);
    for (int pass = 0; pass < passes; ++pass) {
      const int levels = left / (passes - pass);
      for (std::size_t i = 0; i < m; i += block) {
        const std::span<double> part = x.subspan(i, block);
        if (pass == 0) Array::Map(part.data(), static_cast<Eigen::Index>(block)) *= 1.0000001;
        for (int level = 0; level < levels; ++level) plain_level(part);
      }
      left -= levels;
    }
  }
}

// g := d (x - c) and the sum of d (x - c)^2, sixteen entries at a time; with or without c.
template <bool kCentered>
double plain_product(const Array& d, const Array& x, const Array& c, Array& g) {
  const auto product = [&](Pack& y, Eigen::Index i) {
    Pack weight;
    lanes::load(y, x.data() + i);
    lanes::load(weight, d.data() + i);
    if constexpr (kCentered) {
      Pack center;
      lanes::load(center, c.data() + i);
      y -= center;
    }
    const Pack result = weight * y;
    lanes::store(g.data() + i, result);
    y *= result;
  };
  Pack even;
  Pack odd;
  constexpr auto kStep = static_cast<Eigen::Index>(kLanes);
  for (Eigen::Index i = 0; i + 2 * kStep <= g.size(); i += 2 * kStep) {
    Pack one;
    Pack other;
    product(one, i);
    product(other, i + kStep);
    even += one;
    odd += other;
  }
  even += odd;
  return even.low[0] + even.high[0];
}

// Zeros stay zeros, whatever is done to them.
class Plain {
 public:
  Plain(const std::string& rotation, std::size_t n)
      : rotation_(rotation),
        x_(Array::Ones(static_cast<Eigen::Index>(n))),
        c_(x_),
        d_(x_),
        y_(x_),
        householder_(n) {}

  void operator()() {
    if (rotation_ == "none") {
      benchmark::DoNotOptimize(plain_product<true>(d_, x_, c_, y_));
    } else {
      y_ = x_ - c_;
      rotate();
      benchmark::DoNotOptimize(plain_product<false>(d_, y_, c_, y_));
      rotate();
    }
    benchmark::ClobberMemory();
  }

 private:
  void rotate() {
    if (rotation_ == "householder")
      householder_(y_);
    else
      plain_hadamard(y_);
  }

  std::string rotation_;
  Array x_, c_, d_, y_;
  PlainHouseholder householder_;
};

void evaluate(benchmark::State& state, const std::string& rotation, double n) {
  DataSets data;
  const Family& family = *find_family("quadratic");
  const auto problem = family.make(
      complete_parameters(family, {{"n", {n, ""}}, {"rotation", {0, rotation}}}), {1, 7}, data);
  const std::vector<double> x = problem->facts().x0;
  std::vector<double> g(x.size());
  Plain plain(rotation, x.size());
  const Times times = shortest(
      [&] {
        double f = 0;
        problem->evaluate({}, x, &f, g.data());
        benchmark::DoNotOptimize(f);
        benchmark::ClobberMemory();
      },
      [&] { plain(); });
  for ([[maybe_unused]] auto step : state) state.SetIterationTime(times.work);
  state.counters["plain_s"] = times.plain;
  state.counters["ratio"] = times.work / times.plain;
}

const bool registered = [] {
  for (const std::string rotation : {"none", "householder", "hadamard"})
    for (const double n : {1e3, 1e5, 1e6, 1e7})
      benchmark::RegisterBenchmark(
          (rotation + "/" + std::to_string(static_cast<long>(n))).c_str(),
          [rotation, n](benchmark::State& state) { evaluate(state, rotation, n); })
          ->UseManualTime()
          ->Iterations(1)
          ->Unit(benchmark::kMicrosecond);
  return true;
}();

}  // namespace
}  // namespace ravine::problems

BENCHMARK_MAIN();
