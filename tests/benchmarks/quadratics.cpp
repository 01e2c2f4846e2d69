// How far a quadratic's value and gradient are from the memory traffic that they need: each beside
// plain loops over the same doubles, as many passes as the rotation needs and nothing else in them.
//
// What is needed, aligned: one pass, x, c and d read, the gradient written. Rotated: y = x - c and
// the product with D are a pass each, and Q and Q' each
//   householder  one pass that reads y and three that read and write it: each reflection must know
//                the whole of v'y before it begins
//   hadamard     two rounds, of a pass for the signs and one for every two levels of butterflies
//                that do not fit into the first-level cache, 4096 doubles, and one for those that
//                do
#include <benchmark/benchmark.h>

#include <Eigen/Core>
#include <bit>
#include <map>
#include <string>
#include <vector>

#include "problems/catalog.hpp"
#include "problems/data/data_sets.hpp"
#include "tests/benchmarks/shortest.hpp"

namespace ravine::problems {
namespace {

using Array = Eigen::ArrayXd;

int passes_of_hadamard(std::size_t n) {
  constexpr int kLeafBits = 12, kRounds = 2;
  const int bits = static_cast<int>(std::bit_width(n)) - 1;
  const int above = bits > kLeafBits ? (bits - kLeafBits + 1) / 2 : 0;
  const int windows = std::has_single_bit(n) ? kRounds : 2 * kRounds;
  return windows * (1 + above + 1);
}

double plain_time(const std::string& rotation, std::size_t n) {
  const auto size = static_cast<Eigen::Index>(n);
  const Array x = Array::Ones(size), c = Array::Ones(size), d = Array::Ones(size);
  Array y(size);
  double sum = 0;
  return shortest([&] {
    if (rotation == "none") {
      y = d * (x - c);
    } else {
      const bool householder = rotation == "householder";
      y = x - c;
      for (int side = 0; side < 2; ++side) {
        if (householder) sum += y.sum();
        for (int k = 0; k < (householder ? 3 : passes_of_hadamard(n)); ++k) {
          y *= 1.0000001;
          benchmark::ClobberMemory();
        }
        if (side == 0) y *= d;
      }
    }
    benchmark::DoNotOptimize(sum);
    benchmark::ClobberMemory();
  });
}

void evaluate(benchmark::State& state, const std::string& rotation, double n) {
  DataSets data;
  const Family& family = *find_family("quadratic");
  double work = 0;
  {
    const auto problem = family.make(
        complete_parameters(family, {{"n", {n, ""}}, {"rotation", {0, rotation}}}), {1, 7}, data);
    const std::vector<double> x = problem->facts().x0;
    std::vector<double> g(x.size());
    work = shortest([&] {
      double f = 0;
      problem->evaluate({}, x, &f, g.data());
      benchmark::DoNotOptimize(f);
      benchmark::ClobberMemory();
    });
  }
  const double plain = plain_time(rotation, static_cast<std::size_t>(n));
  for (auto step : state) state.SetIterationTime(work);
  state.counters["plain_s"] = plain;
  state.counters["ratio"] = work / plain;
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
